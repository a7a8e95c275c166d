/**
 * The comparison that docs/evaluation.md decided beforehand, on the data that `survey.ts` made:
 *
 *     node model/risk/compare.ts --work DIR [--days 60] [--event sound|survives] [--engine NAME]
 *
 * Prints, for each event and engine, how much lower the log loss of the model of risk is than that of the baseline, the model's
 * calibration slope, the discrimination of both, and which features won in how many of the fits. The engines decided on beforehand
 * come first; `model` is the bundled model without the n-gram, `none` is no engine. The same data give the same table.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { calibrationLine } from '../../src/core/metrics/calibrationLine.ts';
import { clusterBootstrap, type Interval, type Resample } from '../../src/core/metrics/clusterBootstrap.ts';
import { corpParts } from '../../src/core/metrics/corpParts.ts';
import { numberNames } from '../../src/core/metrics/numberNames.ts';
import { rankScores } from '../../src/core/metrics/rankScores.ts';
import { tallyLabels, type Tally } from '../../src/core/metrics/tallyLabels.ts';
import { compareOnPast, type ComparedBlock, type ComparedRegion } from '../../src/lab/survival/compareOnPast.ts';
import type { HistoryEvent } from '../../src/lab/survival/labelledRegions.ts';
import { macroDifference } from '../../src/lab/survival/macroDifference.ts';
import { readSurvivalRecords } from '../../src/lab/survival/readSurvivalRecords.ts';

const SEED = 1;

const EVENTS: readonly HistoryEvent[] = ['sound', 'survives'];
const ENGINES: readonly string[] = ['ngram', 'bundled', 'model', 'none'];

const { values } = parseArgs({
  options: {
    work: { type: 'string' },
    days: { type: 'string', default: '60' },
    event: { type: 'string' },
    engine: { type: 'string' },
  },
});
if (values.work === undefined) throw new Error('needs --work DIR');
const folder = values.work;
const horizonDays = Number(values.days);
const records = readdirSync(folder)
  .filter((name) => name.endsWith('.jsonl'))
  .sort()
  .flatMap((name) => readSurvivalRecords(readFileSync(join(folder, name), 'utf8'), name));
const repositories = new Set(records.map(({ repository }) => repository));
console.log(`${records.length} regions of ${repositories.size} repositories\n`);
const HEADS = [
  'event',
  'engine',
  'churn',
  'repositories',
  'regions',
  'gain in log loss, nats',
  '95 %',
  'slope of the model',
  '95 %',
  'discrimination, model',
  'and baseline',
  'features (share of fits)',
];
console.log(rowOf(HEADS));
console.log(rowOf(HEADS.map(() => '---')));
for (const event of EVENTS.filter((name) => values.event === undefined || name === values.event)) {
  for (const engine of ENGINES.filter((name) => values.engine === undefined || name === values.engine)) {
    for (const withChurn of [true, false]) compare(event, engine, withChurn);
  }
}

/** Prints one row of the table. */
function compare(event: HistoryEvent, engine: string, withChurn: boolean): void {
  const blocks = [...compareOnPast(records, { event, horizonDays, engine, withChurn })];
  const regions = blocks.flatMap((block) => block.regions);
  const difference = macroDifference(regions, SEED);
  if (difference === null) return;
  const { mean, low, high } = difference;
  const [model, baseline] = [tallyOf(regions, 'model'), tallyOf(regions, 'baseline')];
  const slopes = slopeInterval(regions);
  console.log(
    rowOf([
      event,
      engine,
      withChurn ? 'with' : 'without',
      String(difference.repositories),
      String(difference.regions),
      mean.toFixed(4),
      `${low.toFixed(4)} to ${high.toFixed(4)}`,
      calibrationLine(model)?.slope.toFixed(2) ?? 'none',
      slopes === null ? 'none' : `${slopes.low.toFixed(2)} to ${slopes.high.toFixed(2)}`,
      corpParts(model)?.discrimination.toFixed(4) ?? 'none',
      corpParts(baseline)?.discrimination.toFixed(4) ?? 'none',
      winners(blocks),
    ]),
  );
}

function rowOf(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}

function tallyOf(regions: readonly ComparedRegion[], by: 'model' | 'baseline', counts?: Uint32Array): Tally {
  const labels = Uint8Array.from(regions, ({ label }) => label);
  return tallyLabels(rankScores(Float64Array.from(regions, (region) => region[by])), labels, counts);
}

function slopeInterval(regions: readonly ComparedRegion[]): Interval | null {
  const groups = numberNames(regions.map(({ repository }) => repository));
  const subgroups = numberNames(regions.map(({ landing }) => landing));
  const statistic = ({ counts }: Resample): readonly (number | null)[] => [
    calibrationLine(tallyOf(regions, 'model', counts))?.slope ?? null,
  ];
  return clusterBootstrap({ groups, subgroups }, statistic, { seed: SEED, replicates: 1000 })[0] ?? null;
}

/** The features that won most often. */
function winners(blocks: readonly ComparedBlock[]): string {
  const counts = new Map<string, number>();
  for (const { features } of blocks) for (const name of features) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .sort(([, one], [, other]) => other - one)
    .slice(0, 6)
    .map(([name, count]) => `${name} ${(count / blocks.length).toFixed(2)}`)
    .join(', ');
}
