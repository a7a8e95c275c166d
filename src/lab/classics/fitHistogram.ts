import { type CalibrationMap, checkLabelled, ofScore } from './calibrationMap.ts';
import { groupByScore, placeOf } from './scoreGroups.ts';

const BINS = 10;

/**
 * Histogram binning: at most ten bins of as nearly equal mass as ties allow, (good + 1) / (all + 2) in each. An edge lies
 * half-way between two scores that differ, so no bin is empty and equal scores stay together. Zadrozny and Elkan, 2001.
 */
export function fitHistogram(scores: Float64Array, labels: Uint8Array): CalibrationMap {
  checkLabelled(scores, labels);
  const edges = edgesOf(scores.toSorted());
  const bins = Array.from({ length: edges.length + 1 }, () => ({ all: 0, good: 0 }));
  const binOf = (score: number): { all: number; good: number } => bins[placeOf(edges, score)] ?? { all: 0, good: 0 };
  const groups = groupByScore(scores, labels);
  for (const [index, score] of groups.scores.entries()) {
    const bin = binOf(score);
    bin.all += groups.counts[index] ?? 0;
    bin.good += groups.goods[index] ?? 0;
  }
  return ofScore((score) => {
    const { all, good } = binOf(score);
    return (good + 1) / (all + 2);
  });
}

function edgesOf(rising: Float64Array): Float64Array {
  const edges = new Set<number>();
  for (let bin = 1; bin < BINS; bin += 1) {
    const cut = Math.round((bin * rising.length) / BINS);
    const [below, above] = [rising[cut - 1], rising[cut]];
    if (below !== undefined && above !== undefined && below < above) edges.add((below + above) / 2);
  }
  return Float64Array.from(edges);
}
