import { readFileSync } from 'node:fs';
import { rankScores } from '../../../../src/core/metrics/rankScores.ts';
import { tallyLabels, type Tally } from '../../../../src/core/metrics/tallyLabels.ts';
import { seededRandom } from '../../../../src/core/seededRandom.ts';

/** The tally of a few items, written down. */
export function tally(scores: readonly number[], labels: readonly number[], counts?: readonly number[]): Tally {
  return tallyLabels(
    rankScores(Float64Array.from(scores)),
    Uint8Array.from(labels),
    counts && Uint32Array.from(counts),
  );
}

/** Items whose forecasts are calibrated but for what `bend` does to their log-odds. */
export function drawnItems(
  seed: number,
  count: number,
  bend: (logit: number) => number = (logit) => logit,
): { readonly scores: readonly number[]; readonly labels: readonly number[] } {
  const { uniform, normal } = seededRandom(seed);
  const logits = Array.from({ length: count }, () => 0.7 + normal());
  const chance = (logit: number): number => 1 / (1 + Math.exp(-logit));
  // Two digits, so that some are tied.
  const scores = logits.map((logit) => Math.round(100 * chance(logit)) / 100);
  return { scores, labels: logits.map((logit) => (uniform() < chance(bend(logit)) ? 1 : 0)) };
}

interface Published {
  readonly auroc: number | null;
  readonly auprcFailures: number | null;
  readonly brier: number;
  readonly logLoss: number;
  readonly corp: { readonly miscalibration: number; readonly discrimination: number; readonly uncertainty: number };
  readonly line: { readonly slope: number; readonly intercept: number } | null;
  readonly aurc: number;
  readonly smoothEce: number;
  readonly relplotSmoothEce: number;
  readonly ece: number;
}

interface PublishedCase {
  readonly name: string;
  readonly scores: readonly number[];
  readonly labels: readonly number[];
  readonly counts: readonly number[];
  readonly plain: Published;
  readonly counted: Published;
}

const file = new URL('../../../fixtures/metrics/metrics.json', import.meta.url);
const { cases } = JSON.parse(readFileSync(file, 'utf8')) as { cases: readonly PublishedCase[] };

/** What scikit-learn, relplot and plain definitions say, of items counted once each and counted otherwise. */
export const publishedCases = cases.flatMap(({ name, scores, labels, counts, plain, counted }) => [
  { name, tally: tally(scores, labels), hasTies: new Set(scores).size < scores.length, expected: plain },
  { name: `${name}, with counts`, tally: tally(scores, labels, counts), hasTies: true, expected: counted },
]);
