/**
 * Measures whether the risky lines come first: on real bug fixes, where the line before is the fault, and on planted slips. For each
 * surveyed repository it writes a file of JSON lines, one text as one engine read it a line, without a word of the code, and in the
 * end it prints tables over all that is there.
 *
 *     node model/risk/localise.ts --mirrors MIRRORS --work DIR [--only OWNER/NAME,...] [--fixes 40] [--faults 40] [--seed 1]
 *                                 [--survival DIR] [--no-model]
 *
 * `MIRRORS` holds a git directory of each repository as `OWNER+NAME/repo`. A repository whose file is there is not measured anew;
 * to make one anew delete its file. `--survival` names what `survey.ts` made: with it there is an order `risk`, by hazards fitted
 * to all repositories but the one that is measured. Each text is read by engines that know the tree before the fix, or today's
 * for a slip, without the file that it is in.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { fitLeafHazards } from '../../src/core/risk/fitLeafHazards.ts';
import { hazardsOf } from '../../src/core/risk/leafHazards.ts';
import { PART_SCHEMA, partObservations } from '../../src/core/risk/partObservations.ts';
import { openLlamaEngine } from '../../src/engines/llama/llamaEngine.ts';
import type { Engine } from '../../src/engines/engine.ts';
import { MixtureEngine } from '../../src/engines/mixture/mixtureEngine.ts';
import { NgramEngine } from '../../src/engines/ngram/ngramEngine.ts';
import { loadTokenizer } from '../../src/engines/tokenizer/loadTokenizer.ts';
import { isProductCode } from '../../src/history/isProductCode.ts';
import { openObjectReader, type ObjectReader } from '../../src/history/objectReader.ts';
import { openRepository, type Repository } from '../../src/history/openRepository.ts';
import type { FaultyFile } from '../../src/lab/faults/plantFaults.ts';
import { findFixes } from '../../src/lab/fixes/findFixes.ts';
import { faultItems } from '../../src/lab/localisation/faultItems.ts';
import type { HazardsOf } from '../../src/lab/localisation/lineScores.ts';
import type { LocalisationItem } from '../../src/lab/localisation/localisationItem.ts';
import { PLAIN_ORDERS, reportLocalisation } from '../../src/lab/localisation/reportLocalisation.ts';
import { measureItem, type MeasuredItem } from '../../src/lab/localisation/measureItem.ts';
import { LOCALISATION_METRICS, type Bounds } from '../../src/core/metrics/localisation.ts';
import { MOST_FILE_BYTES } from '../../src/lab/survival/historyTexts.ts';
import { touchedRegionsOf } from '../../src/lab/survival/outcomesOfRecords.ts';
import { readSurvivalRecords } from '../../src/lab/survival/readSurvivalRecords.ts';
import type { SurvivalRecord } from '../../src/lab/survival/survivalRecord.ts';
import { createTimeMachine } from '../../src/lab/survival/timeMachine.ts';
import { detectLanguage } from '../../src/syntax/detectLanguage.ts';
import { createParserPool, type ParserPool } from '../../src/syntax/parserPool.ts';
import { isRecord, parseJson } from '../../src/wire/jsonReaders.ts';
import { SURVEYED_REPOSITORIES } from './repositories.ts';

const HORIZON_DAYS = 60;
const SETS = ['fixes', 'insertions', 'faults'] as const;

/** Told against the plain orders. */
const COMPARED = ['aucec20', 'aucec5', 'effort', 'mrr'] as const;

/** A text as one engine read it. */
interface Measured extends MeasuredItem {
  readonly repository: string;
  /** `insertions`: fixes that only inserted whole lines, with the line before which they came as the fault. */
  readonly set: (typeof SETS)[number];
  readonly kind: string;
  readonly engine: string;
}

/** A text to measure, where it stood. */
interface Task extends Pick<Measured, 'set' | 'kind'> {
  readonly item: LocalisationItem;
  readonly path: string;
  /** What the engines may know: the tree of this commit without the path. */
  readonly commit: string;
}

interface Settings {
  readonly fixes: number;
  readonly faults: number;
  readonly seed: number;
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      mirrors: { type: 'string' },
      work: { type: 'string' },
      only: { type: 'string' },
      fixes: { type: 'string', default: '40' },
      faults: { type: 'string', default: '40' },
      seed: { type: 'string', default: '1' },
      survival: { type: 'string' },
      'no-model': { type: 'boolean', default: false },
    },
  });
  const { mirrors, work } = values;
  if (mirrors === undefined || work === undefined) throw new Error('needs --mirrors MIRRORS and --work DIR');
  const settings = { fixes: Number(values.fixes), faults: Number(values.faults), seed: Number(values.seed) };
  mkdirSync(work, { recursive: true });
  const names = values.only?.split(',') ?? SURVEYED_REPOSITORIES;
  const stranger = names.find((name) => !SURVEYED_REPOSITORIES.includes(name));
  if (stranger !== undefined) throw new Error(`${stranger} is not surveyed: see repositories.ts`);
  const records = values.survival === undefined ? [] : recordsIn(values.survival);
  const parser = createParserPool({
    workerUrl: new URL('../../src/syntax/parseWorker.ts', import.meta.url),
    grammarsUrl: new URL('../../dist/grammars/', import.meta.url),
    threads: 1,
  });
  const neural = values['no-model'] ? null : await openNeural();
  try {
    for (const name of names) {
      const path = fileOf(work, name);
      const folder = join(mirrors, name.replace('/', '+'), 'repo');
      if (existsSync(path)) continue;
      if (!existsSync(folder)) {
        console.log(`${name}: no mirror`);
        continue;
      }
      const startedMs = performance.now();
      const others = records.filter(({ repository }) => repository !== name);
      const measured = await measureRepository(name, await openRepository(folder), parser, neural, others, settings);
      // Under its own name only when it is whole.
      writeFileSync(`${path}.part`, measured.map((one) => `${JSON.stringify(one)}\n`).join(''));
      renameSync(`${path}.part`, path);
      const counts = SETS.map(
        (set) => `${new Set(measured.filter((one) => one.set === set).map(({ id }) => id)).size} ${set}`,
      );
      console.log(`${name}: ${counts.join(', ')}, ${Math.round((performance.now() - startedMs) / 1000)} s`);
    }
  } finally {
    await Promise.all([parser.close(), neural?.close()]);
  }
  printTables(names.flatMap((name) => readMeasured(fileOf(work, name))));
}

function fileOf(work: string, name: string): string {
  return join(work, `${name.replace('/', '+')}.jsonl`);
}

async function measureRepository(
  name: string,
  repository: Repository,
  parser: ParserPool,
  neural: Engine | null,
  others: readonly SurvivalRecord[],
  settings: Settings,
): Promise<readonly Measured[]> {
  const onProgress = (activity: string, done: number, total: number): void => {
    if (process.stderr.isTTY) process.stderr.write(`\r${name}: ${activity} ${done} of ${total}  `);
  };
  // Each repository has an n-gram engine of its own: what one taught is nothing to the next.
  const ngram = new NgramEngine(loadTokenizer(new URL('../tokenizer/merges.txt', import.meta.url)));
  const engines: readonly Engine[] = [ngram, ...(neural === null ? [] : [new MixtureEngine(neural, ngram, 'bundled')])];
  const readers = engines.map((engine) => ({ engine, hazards: hazardsFrom(others, engine.name) }));
  const objects = openObjectReader(repository);
  try {
    const machine = createTimeMachine(repository, objects, ngram);
    const tasks = await tasksOf(name, repository, objects, parser, settings, onProgress);
    const measured: Measured[] = [];
    for (const [done, { item, path, commit, set, kind }] of tasks.entries()) {
      onProgress('measuring', done, tasks.length);
      await machine.goTo(commit);
      // What is scored must not have been read, in any version: a slip's file is otherwise the very text.
      ngram.forget(path);
      for (const { engine, hazards } of readers) {
        const one = await measureItem({ parser, engine, ...(hazards && { hazardsOf: hazards }) }, item);
        if (one !== null) measured.push({ repository: name, set, kind, engine: engine.name, ...one });
      }
      // As the time machine left it, which does not learn twice what it takes to be there.
      const whole = await textAt(repository, objects, commit, path);
      if (whole !== null) ngram.learn(path, whole);
    }
    return measured;
  } finally {
    await objects.close();
  }
}

/** Fixes in order of time, then slips in today's tree. */
async function tasksOf(
  name: string,
  repository: Repository,
  objects: ObjectReader,
  parser: ParserPool,
  { fixes: mostFixes, faults: mostFaults, seed }: Settings,
  onProgress: (activity: string, done: number, total: number) => void,
): Promise<readonly Task[]> {
  const head = await repository.commit('HEAD');
  const most = { changed: mostFixes, inserted: mostFixes };
  const fixes = await findFixes({ repository, parser }, { name, ref: head, seed, most, onProgress });
  const faults = await faultItems(productFiles(repository, objects, head), {
    seed,
    most: mostFaults,
    parser,
    repository: name,
  });
  return [
    ...fixes.map(({ item, kind, parent, path }): Task => {
      return { item, kind, path, commit: parent, set: kind === 'changed' ? 'fixes' : 'insertions' };
    }),
    ...faults
      .toSorted((one, other) => (one.path < other.path ? -1 : 1))
      .map(({ item, kind, path }): Task => ({ item, kind, path, commit: head, set: 'faults' })),
  ];
}

async function* productFiles(
  repository: Repository,
  objects: ObjectReader,
  commit: string,
): AsyncGenerator<FaultyFile> {
  const listing = await repository.run(['ls-tree', '-r', '-z', '--full-tree', commit]);
  for (const entry of listing.toString().split('\0')) {
    const [, blob, path] = /^100\d{3} blob ([0-9a-f]+)\t(.*)$/s.exec(entry) ?? [];
    const language = path === undefined || !isProductCode(path) ? null : detectLanguage(path);
    if (blob === undefined || path === undefined || language === null) continue;
    const bytes = await objects.read(blob, MOST_FILE_BYTES);
    if (bytes !== null) yield { path, language, text: bytes.toString() };
  }
}

async function textAt(
  repository: Repository,
  objects: ObjectReader,
  commit: string,
  path: string,
): Promise<string | null> {
  const listing = await repository.run(['--literal-pathspecs', 'ls-tree', '-z', '--full-tree', commit, '--', path]);
  const [, blob] = /^100\d{3} blob ([0-9a-f]+)\t/.exec(listing.toString()) ?? [];
  return blob === undefined ? null : ((await objects.read(blob, MOST_FILE_BYTES))?.toString() ?? null);
}

/** Where code was changed by fixes in other repositories, as the engine saw it; null where nothing is known of that. */
function hazardsFrom(records: readonly SurvivalRecord[], engine: string): HazardsOf | null {
  const parts = fitLeafHazards(PART_SCHEMA, touchedRegionsOf(records, engine, 'sound', HORIZON_DAYS));
  return parts === null ? null : (leaves) => hazardsOf(parts, partObservations({ leaves }));
}

function recordsIn(folder: string): readonly SurvivalRecord[] {
  return SURVEYED_REPOSITORIES.map((name) => `${name.replace('/', '+')}.jsonl`)
    .filter((name) => existsSync(join(folder, name)))
    .flatMap((name) => readSurvivalRecords(readFileSync(join(folder, name), 'utf8'), name));
}

function openNeural(): ReturnType<typeof openLlamaEngine> {
  const modelPath = fileURLToPath(new URL('../bundled.gguf', import.meta.url));
  const childUrl = new URL('../../src/engines/llama/llamaChild.ts', import.meta.url);
  return openLlamaEngine({ childUrl, load: { modelPath, threads: 1, contextTokens: 4096 } });
}

function readMeasured(path: string): readonly Measured[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, 'utf8').split('\n');
  return lines.flatMap((line): Measured[] => {
    if (line === '') return [];
    const value = parseJson(line);
    if (isMeasured(value)) return [value];
    throw new Error(`${path} holds a line that is no measurement: delete the file to make it anew`);
  });
}

/** Only what tells a measurement from anything else: the same program wrote it. */
function isMeasured(value: unknown): value is Measured {
  return isRecord(value) && typeof value.repository === 'string' && isRecord(value.orders);
}

/** A table for each set of texts and each engine: the orders with the largest area up to 20 % first. */
function printTables(all: readonly Measured[]): void {
  for (const set of SETS) {
    const ofSet = all.filter((one) => one.set === set);
    for (const [engine, items] of Map.groupBy(ofSet, (one) => one.engine)) {
      const report = reportLocalisation(items);
      const orders = Object.entries(report.orders).sort(([, one], [, other]) => other.aucec20 - one.aucec20);
      const repositories = Map.groupBy(items, ({ repository }) => repository);
      const lines = items.reduce((sum, one) => sum + one.lines, 0) / items.length;
      const faulty = items.reduce((sum, one) => sum + one.faultyLines, 0) / items.length;
      console.log(`\n### ${set}, ${engine}: ${report.n} functions of ${repositories.size} repositories`);
      console.log(
        `${lines.toFixed(1)} lines of code on average, ${faulty.toFixed(2)} at fault; ${report.groups} groups\n`,
      );
      console.log(row(['order', ...LOCALISATION_METRICS.map((metric) => metric)]));
      console.log(row(['---', ...LOCALISATION_METRICS.map(() => '---')]));
      for (const [name, order] of orders) {
        console.log(
          row([name, ...LOCALISATION_METRICS.map((metric) => number(order[metric], order.interval[metric]))]),
        );
      }
      const heads = COMPARED.flatMap((metric) => PLAIN_ORDERS.map((plain) => `${metric} over ${plain}`));
      console.log(`\n${row(['order', ...heads, 'repositories'])}`);
      console.log(row(['---', ...heads.map(() => '---'), '---']));
      for (const [name, { differences }] of orders) {
        const cells = COMPARED.flatMap((metric) =>
          PLAIN_ORDERS.map((plain) => {
            const difference = differences[plain]?.[metric];
            return difference === undefined ? '' : number(difference.mean, difference.interval);
          }),
        );
        console.log(row([name, ...cells, `${countBetter(name, repositories)} of ${repositories.size}`]));
      }
    }
  }
}

/** In how many repositories an order has a larger area up to 20 % than either of the plain ones. */
function countBetter(name: string, repositories: ReadonlyMap<string, readonly Measured[]>): number {
  const areaOf = (items: readonly Measured[], order: string): number =>
    items.reduce((sum, { orders }) => sum + (orders[order]?.aucec20 ?? 0), 0);
  return Array.from(repositories.values()).filter((items) =>
    PLAIN_ORDERS.every((plain) => areaOf(items, name) > areaOf(items, plain)),
  ).length;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function number(value: number, interval?: Bounds): string {
  const bounds = interval === undefined ? '' : ` (${interval[0].toFixed(3)} to ${interval[1].toFixed(3)})`;
  return `${value.toFixed(3)}${bounds}`;
}
