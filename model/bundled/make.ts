/**
 * Makes the bundled model: every step of the recipe, one after the other. Started again with the same `--work` folder it goes on
 * where it was cut; what is to be made anew is deleted there first.
 *
 *     node model/bundled/make.ts --mirrors MIRRORS --work DIR --shape small|large [--minutes 90] [--processes 2] [--python PATH]
 *     node model/bundled/make.ts --smoke [--work DIR]
 *
 * `--smoke` needs neither mirrors nor a network: it takes the code under `node_modules/`, trains the smallest shape for two
 * minutes, and shows that every step works.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { duration, goingOn, making, runSteps, type Step } from './steps.ts';

/** What each shape of `decoder.py` is trained with, where nothing else is asked for. */
const SHAPES = {
  // Two minutes are too short for the trainer's own checkpoints, which are to be tried as well.
  smoke: { context: 128, millionTokens: 2, minutes: 2, processes: 2, trainer: ['--checkpoint-minutes=0.5'] },
  small: {
    context: 256,
    millionTokens: 12,
    minutes: 90,
    processes: 2,
    trainer: ['--batch-tokens=4096', '--at-once=4'],
  },
  large: { context: 2_048, millionTokens: 60, minutes: 30, processes: 1, trainer: [] },
} as const;
type ShapeName = keyof typeof SHAPES;

/** Without these, most of the time of training on a CPU goes into page faults: memory that was used once is kept. */
const KEEP_MEMORY = { MALLOC_MMAP_MAX_: '0', MALLOC_TRIM_THRESHOLD_: '100000000000' };
const PYTHON_MODULES = ['torch', 'numpy', 'yaml', 'tqdm'];
const LLAMA_SOURCE = 'node_modules/node-llama-cpp/llama/gitRelease.bundle';
/** What PyTorch and llama.cpp are compared on: code of several thousand tokens, all of them ASCII. */
const COMPARED_FILE = 'model/tokenizer/collectCorpus.ts';
/** The smoke run's evaluation: just enough of the held-out text to see that it works. */
const SMOKE_EVALUATION = ['--kilobytes=4', '--completions=20'];

interface Recipe {
  readonly shape: ShapeName;
  readonly work: string;
  /** Bare git mirrors of the corpus, or null for the corpus of the smoke run. */
  readonly mirrors: string | null;
  readonly minutes: number;
  readonly processes: number;
  readonly python: string;
}

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
try {
  main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

function main(): void {
  const { values } = parseArgs({
    options: {
      mirrors: { type: 'string' },
      work: { type: 'string' },
      shape: { type: 'string' },
      minutes: { type: 'string' },
      processes: { type: 'string' },
      python: { type: 'string', default: 'python3' },
      smoke: { type: 'boolean', default: false },
    },
  });
  const { smoke, mirrors } = values;
  if (!smoke && (mirrors === undefined || values.work === undefined)) {
    throw new Error('needs --mirrors DIR, --work DIR and --shape small|large, or --smoke');
  }
  if (smoke && (mirrors !== undefined || values.shape !== undefined)) {
    throw new Error('--smoke has its own corpus and shape: leave out --mirrors and --shape.');
  }
  const shape = smoke ? 'smoke' : shapeNamed(values.shape);
  const minutes = positive('--minutes', values.minutes ?? SHAPES[shape].minutes);
  const processes = positive('--processes', values.processes ?? SHAPES[shape].processes);
  // A bare name is looked for along PATH.
  const python = basename(values.python) === values.python ? values.python : resolve(values.python);
  checkPython(python);

  const started = performance.now();
  const work = resolve(values.work ?? mkdtempSync(join(tmpdir(), 'candor-model-')));
  console.log(`Working in ${work}`);
  const corpusMirrors = mirrors === undefined ? null : resolve(mirrors);
  runSteps(stepsOf({ shape, work, mirrors: corpusMirrors, minutes, processes, python }), (line) => {
    console.log(line);
  });
  console.log(`All steps: ${duration(performance.now() - started)}`);
  if (smoke) console.log('Every step works. The smoke model itself is worth nothing: it proves that and no more.');
  // Only what nobody named; after a failure it stays, to be looked into.
  if (values.work === undefined) rmSync(work, { recursive: true });
}

function shapeNamed(name: string | undefined): ShapeName {
  if (name === 'small' || name === 'large') return name;
  throw new Error('--shape is small or large.');
}

function positive(option: string, value: string | number): number {
  const number = Number(value);
  if (number > 0 && Number.isFinite(number)) return number;
  throw new Error(`${option} is a number above 0, not ${value}.`);
}

function stepsOf({ shape, work, mirrors, minutes, processes, python }: Recipe): readonly Step[] {
  const { context, millionTokens, trainer } = SHAPES[shape];
  const folder = join(work, shape);
  // The corpora differ, the source of llama.cpp does not.
  const corpus = mirrors === null ? join(folder, 'corpus') : join(work, 'corpus');
  const llama = join(work, 'llama.cpp');
  const data = join(folder, 'data');
  const training = join(folder, 'training');
  const checkpoint = join(training, 'checkpoint.pt');
  const exact = join(folder, `candor-${shape}-f32.gguf`);
  const model = join(folder, `candor-${shape}-q8_0.gguf`);
  const agreement = join(folder, 'agreement.json');
  const scores = join(folder, 'scores.json');
  const card = join(folder, `candor-${shape}.md`);
  mkdirSync(folder, { recursive: true });

  const node = (script: string, ...args: readonly string[]): void => {
    run(process.execPath, [join(root, script), ...args]);
  };
  const py = (script: string, ...args: readonly string[]): void => {
    run(python, [join(root, 'model/bundled', script), ...args], KEEP_MEMORY);
  };
  const exporting = (type: string, file: string): Step =>
    making(file, `Export as ${type}`, (out) => {
      py('export.py', '--checkpoint', checkpoint, '--gguf', join(llama, 'gguf-py'), '--type', type, '--out', out);
    });

  return [
    making(corpus, 'Collect the corpus', (out) => {
      if (mirrors === null) node('model/bundled/smokeCorpus.ts', '--out', out);
      else node('model/tokenizer/collectCorpus.ts', '--mirrors', mirrors, '--out', out);
    }),
    {
      name: 'Build the grammars and the command line',
      isDone: () => ['dist/grammars', 'dist/cli.mjs'].every((path) => existsSync(join(root, path))),
      run: () => {
        node('esbuild.config.mjs');
      },
    },
    making(data, 'Prepare the data', (out) => {
      const size = [`--context=${context}`, `--million-tokens=${millionTokens}`];
      node('model/bundled/prepare.ts', '--corpus', corpus, '--out', out, ...size);
    }),
    goingOn(training, `Train the shape ${shape} for ${minutes} minutes`, (out) => {
      const limits = [`--minutes=${minutes}`, `--processes=${processes}`, ...trainer];
      py('train.py', '--data', data, '--out', out, '--shape', shape, ...limits);
    }),
    making(llama, 'Unpack the source of the llama.cpp that Candor runs', (out) => {
      run('git', ['-c', 'advice.detachedHead=false', 'clone', '--quiet', join(root, LLAMA_SOURCE), out]);
    }),
    exporting('f32', exact),
    exporting('q8_0', model),
    making(agreement, 'Compare PyTorch with llama.cpp', (out) => {
      const scoring = ['--engine=llama', `--model=${exact}`, '--format=json', `--out=${scores}`];
      node('dist/cli.mjs', 'score', join(root, COMPARED_FILE), ...scoring);
      py('agreement.py', '--checkpoint', checkpoint, '--out', out, scores);
    }),
    making(card, 'Evaluate on the held-out projects', (out) => {
      const sample = shape === 'smoke' ? SMOKE_EVALUATION : [];
      const subject = ['--model', model, '--heldout', join(corpus, 'heldout'), `--card=${out}`];
      node('model/bundled/evaluate.ts', ...subject, ...sample);
    }),
  ];
}

/** @throws Error when Python, or a module that the steps import, is not there */
function checkPython(python: string): void {
  const { status } = spawnSync(python, ['-c', `import ${PYTHON_MODULES.join(', ')}`]);
  if (status === 0) return;
  throw new Error(
    `${python} does not import ${PYTHON_MODULES.join(', ')}: on Debian install python3-torch, libopenblas0, python3-yaml ` +
      'and python3-tqdm, or choose another Python with --python=PATH.',
  );
}

/** Runs a command and shows what it prints. @throws Error when it fails or is cut */
function run(program: string, args: readonly string[], environment: Readonly<Record<string, string>> = {}): void {
  const { status, error } = spawnSync(program, args, {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: 'inherit',
  });
  if (error !== undefined) throw new Error(`${program}: ${error.message}`);
  if (status !== 0) throw new Error(`Failed: ${[program, ...args].join(' ')}`);
}
