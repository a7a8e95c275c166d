/**
 * What Candor costs the thread that all extensions share, in a real VS Code: its listeners over 500 edits in a file of 5,000
 * lines, all of which it follows as AI-written, function by function, beside an extension that does nothing but read the text; its
 * listeners and providers in a file with 2,000 marks in doubt, opened, scrolled and typed in; the time from the command to the marks; and
 * how long it takes to activate, beside an empty extension.
 *
 *     node .ci/package.ts && node test/bench/editor.ts [typing | doubts | activation]...
 */
import { build, type Plugin } from 'esbuild';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hostTarget } from '../../.ci/packaging/targets.ts';
import { cacheFolder } from '../vscode/cacheFolder.ts';
import { launchBrowser } from '../vscode/launchBrowser.ts';
import { packExtension } from '../vscode/packExtension.ts';
import { startVsCode } from '../vscode/startVsCode.ts';
import { waitFor } from '../vscode/waitFor.ts';
import { openWorkbench, type Workbench } from '../vscode/workbench.ts';
import type { DoubtFigures, EditorFigures } from './editor/benchExtension.ts';
import type { Spent } from './editor/timedVscode.ts';
import { someCode } from './someCode.ts';

const LINES = 5000;
/** One mark in sixteen lines makes 2,000 of them; short ones keep the file below a megabyte. */
const DOUBTFUL_LINES = 32_500;
const ACTIVATIONS = 5;
const RUN_MS = 300_000;

const here = fileURLToPath(new URL('editor/', import.meta.url));
const unpacked = join(cacheFolder, 'package', hostTarget());
const home = mkdtempSync(join(tmpdir(), 'candor-bench-'));
const browser = await launchBrowser();
try {
  const workspace = join(home, 'workspace');
  cpSync(fileURLToPath(new URL('../fixtures/sample/', import.meta.url)), workspace, { recursive: true });
  const file = join(workspace, 'long.js');
  writeFileSync(file, someCode(LINES).split('\n').slice(0, LINES).join('\n'));
  if (isWanted('typing')) printTyping(await typingFigures(workspace, file));
  const doubtful = join(workspace, 'doubtful.py');
  writeFileSync(doubtful, doubtfulCode());
  if (isWanted('doubts')) printDoubts(await doubtFigures(workspace, doubtful));
  if (isWanted('activation')) printActivation(await activationFigures(workspace));
} finally {
  await browser.close();
  rmSync(home, { recursive: true, force: true });
}

async function typingFigures(workspace: string, file: string): Promise<EditorFigures> {
  const folder = join(home, 'bench');
  const command = { command: 'candorBench.run', title: 'Run', category: 'Candor bench' };
  const vsix = await packed(folder, (manifest) => {
    manifest.contributes.commands.push(command);
  });
  const out = join(home, 'typing.json');
  const env = { CANDOR_BENCH_FILE: file, CANDOR_BENCH_OUT: out };
  return withWindow({ workspace, vsix, env }, async (workbench) => {
    await workbench.runCommand('Candor bench: Run');
    const text = await waitFor('the figures', () => readFileSync(out, 'utf8'), RUN_MS);
    return JSON.parse(text) as EditorFigures;
  });
}

/** What is measured: all of it where nothing is named. */
function isWanted(part: string): boolean {
  const named = process.argv.slice(2);
  return named.length === 0 || named.includes(part);
}

/** Short functions of words that have nothing to do with each other. */
function doubtfulCode(): string {
  const words = [...new Set(someCode(LINES).match(/\b[a-z]{4,10}\b/g))];
  const word = (at: number): string => words[(at * 7919) % words.length] ?? '';
  const functions = Array.from({ length: DOUBTFUL_LINES / 3 }, (_, at) => {
    const [one, two, three] = [word(3 * at), word(3 * at + 1), word(3 * at + 2)];
    return `def f${at}(a, b):\n    x = ${one}.${two}(a)\n    return x % ${three}\n`;
  });
  return functions.join('');
}

async function doubtFigures(workspace: string, file: string): Promise<DoubtFigures> {
  const command = { command: 'candorBench.scroll', title: 'Scroll', category: 'Candor bench' };
  const vsix = await packed(join(home, 'doubts'), (manifest) => {
    manifest.contributes.commands.push(command);
  });
  const out = join(home, 'doubts.json');
  const env = { CANDOR_BENCH_FILE: file, CANDOR_BENCH_OUT: out, CANDOR_BENCH_IN_DOUBT: 'yes' };
  return withWindow({ workspace, vsix, env, machineSettings: { 'candor.engine': 'ngram' } }, async (workbench) => {
    await workbench.runCommand('Candor bench: Scroll');
    const text = await waitFor('the figures', () => readFileSync(out, 'utf8'), RUN_MS);
    return JSON.parse(text) as DoubtFigures;
  });
}

/** Milliseconds by extension, once for each window. */
async function activationFigures(workspace: string): Promise<readonly Readonly<Record<string, number>>[]> {
  const candor = await packed(
    join(home, 'candor'),
    (manifest) => {
      manifest.activationEvents = [];
    },
    false,
  );
  const empty = await packedFiles(join(home, 'empty'), 'empty', 'export function activate() {}\n', []);
  const driver = await packedFiles(join(home, 'driver'), 'driver', await bundled('driverExtension.ts'), [
    { command: 'candorDriver.activateAll', title: 'Activate all', category: 'Candor driver' },
  ]);
  const out = join(home, 'activation.jsonl');
  writeFileSync(out, '');
  // The first to be activated pays for what the host loads once; neither of the two that are compared is it.
  const warmUp = await packedFiles(
    join(home, 'warm-up'),
    'warm-up',
    "import 'vscode';\nexport function activate() {}\n",
    [],
  );
  const ids = ['candor-bench.warm-up', 'candor-bench.empty', 'candor.candor'];
  const env = { CANDOR_BENCH_ACTIVATE: ids.join(','), CANDOR_BENCH_OUT: out };
  const vsix = [candor, empty, driver, warmUp];
  const figures = (): readonly Record<string, number>[] =>
    readFileSync(out, 'utf8')
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as Record<string, number>);
  const server = await startVsCode({ workspace, vsix, env });
  try {
    for (let run = 1; run <= ACTIVATIONS; run++) {
      const workbench = await openWorkbench(browser, server.url);
      await workbench.runCommand('Candor driver: Activate all');
      await waitFor('the activations', () => figures().length === run);
      await workbench.close();
    }
    return figures();
  } finally {
    await server.stop();
  }
}

async function withWindow<Result>(
  options: Parameters<typeof startVsCode>[0],
  use: (workbench: Workbench) => Promise<Result>,
): Promise<Result> {
  const server = await startVsCode(options);
  try {
    return await use(await openWorkbench(browser, server.url));
  } finally {
    await server.stop();
  }
}

interface Manifest {
  activationEvents: string[];
  contributes: { commands: object[] };
}

/** Candor's package with another manifest, and with the bench in place of its own bundle. */
async function packed(folder: string, change: (manifest: Manifest) => void, isBench = true): Promise<string> {
  cpSync(unpacked, folder, { recursive: true });
  const path = join(folder, 'package.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Manifest;
  change(manifest);
  writeFileSync(path, JSON.stringify(manifest));
  if (isBench) writeFileSync(join(folder, 'dist/extension.mjs'), await bundled('benchExtension.ts'));
  return packExtension(folder, {});
}

function packedFiles(folder: string, name: string, code: string, commands: readonly object[]): Promise<string> {
  const manifest = {
    name,
    publisher: 'candor-bench',
    version: '1.0.0',
    type: 'module',
    main: './extension.mjs',
    engines: { vscode: '^1.101.0' },
    activationEvents: [],
    contributes: { commands },
  };
  return packExtension(folder, { 'package.json': JSON.stringify(manifest), 'extension.mjs': code });
}

/** The bench's own `vscode`, which times listeners, stands in for the editor's in all of Candor. */
async function bundled(entry: string): Promise<string> {
  const timed: Plugin = {
    name: 'timed-vscode',
    setup(build) {
      build.onResolve({ filter: /^vscode$/ }, ({ importer }) =>
        importer.includes('/src/') ? { path: join(here, 'timedVscode.ts') } : { path: 'vscode', external: true },
      );
    },
  };
  const { outputFiles } = await build({
    entryPoints: [join(here, entry)],
    bundle: true,
    write: false,
    format: 'esm',
    platform: 'node',
    target: 'node22',
    plugins: [timed],
  });
  return outputFiles[0]?.text ?? '';
}

function printTyping({ candor, readerMs, ...figures }: EditorFigures): void {
  const { lines, status, firstAuditMs, nextAuditMs, longestStallMs } = figures;
  const heldMs = candor.map((edit) => edit.heldMs);
  console.log(`${lines} lines, ${candor.length} edits; ${status}`);
  console.log('listeners of, in ms            median     p95     max');
  printSpent('Candor', candor);
  console.log(`an extension that reads      ${row(readerMs)}`);
  console.log(`Candor / reader at p95: ${(quantile(heldMs, 0.95) / quantile(readerMs, 0.95)).toFixed(2)}`);
  console.log(
    `from the command to the marks: ${firstAuditMs.toFixed(0)} ms the first time, ${nextAuditMs.toFixed(0)} ms then`,
  );
  console.log(`longest stall of the thread while the text was judged again: ${longestStallMs.toFixed(0)} ms`);
}

function printDoubts({ lines, status, problems, opening, scrolling, typing }: DoubtFigures): void {
  console.log(`\n${lines} lines in doubt, ${problems} problems; ${status}`);
  console.log('listeners and providers, in ms median     p95     max');
  printSpent(`opening, ${opening.length} times`, opening);
  printSpent(`scrolling, ${scrolling.length} double pages`, scrolling);
  printSpent(`typing, ${typing.length} edits`, typing);
}

function printSpent(what: string, spent: readonly Spent[]): void {
  console.log(what.padEnd(29) + row(spent.map(({ heldMs }) => heldMs)));
  console.log('  of that, on the processor'.padEnd(29) + row(spent.map(({ processorMs }) => processorMs)));
}

function printActivation(runs: readonly Readonly<Record<string, number>>[]): void {
  const of = (id: string): readonly number[] => runs.map((run) => run[id] ?? Number.NaN);
  console.log(`\nactivation in ms, ${runs.length} windows   median     p95     max`);
  for (const id of ['candor-bench.empty', 'candor.candor']) console.log(`${id.padEnd(29)}${row(of(id))}`);
}

function row(values: readonly number[]): string {
  return [0.5, 0.95, 1].map((share) => quantile(values, share).toFixed(2).padStart(8)).join('');
}

function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
}
