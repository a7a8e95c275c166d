/**
 * The comparison that docs/evaluation.md decided beforehand, on the data that `survey.ts` made:
 *
 *     node model/risk/compare.ts --work DIR [--days 60]
 *
 * Prints, for each event and engine, how much lower the log loss of the model of risk is than that of the baseline, and which features
 * won in how many of the fits. The same data give the same tables.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { compareOnPast, type ComparedBlock } from '../../src/lab/survival/compareOnPast.ts';
import { macroDifference } from '../../src/lab/survival/macroDifference.ts';
import { readSurvivalRecords } from '../../src/lab/survival/readSurvivalRecords.ts';

const SEED = 1;

const { values } = parseArgs({
  options: { work: { type: 'string' }, days: { type: 'string', default: '60' } },
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
console.log(
  '| event | engine | churn | repositories | regions | gain in log loss, nats | 95 % | features (share of fits) |',
);
console.log('| --- | --- | --- | ---: | ---: | ---: | --- | --- |');
for (const event of ['sound', 'survives'] as const) {
  for (const engine of ['none', 'ngram', 'bundled', 'model']) {
    for (const withChurn of [true, false]) {
      const blocks = [...compareOnPast(records, { event, horizonDays, engine, withChurn })];
      const gains = blocks.flatMap(({ regions }) => regions);
      const difference = macroDifference(gains, SEED);
      if (difference === null) continue;
      const { mean, low, high } = difference;
      const interval = `${low.toFixed(4)} to ${high.toFixed(4)}`;
      const counts = [difference.repositories, difference.regions, mean.toFixed(4), interval].join(' | ');
      console.log(`| ${event} | ${engine} | ${withChurn ? 'with' : 'without'} | ${counts} | ${winners(blocks)} |`);
    }
  }
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
