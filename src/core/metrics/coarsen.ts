import type { Ranking } from './rankScores.ts';

/**
 * The same ranking with neighbouring scores tied, so that at most about so many are left, each with about as many items. For
 * resampling: what many thousand levels hide is far less than what a resample moves.
 *
 * @param levels at least 1
 * @returns the ranking itself where it has no more levels already; scores are the means of those tied
 */
export function coarsen({ scores, places }: Ranking, levels: number): Ranking {
  if (scores.length <= levels) return { scores, places };
  const items = new Uint32Array(scores.length);
  for (const place of places) items[place] = (items[place] ?? 0) + 1;
  const perLevel = places.length / levels;
  const levelOf = new Uint32Array(scores.length);
  const sums: number[] = [];
  const counts: number[] = [];
  let taken = 0;
  for (const [place, score] of scores.entries()) {
    const count = items[place] ?? 0;
    if (sums.length === 0 || taken >= sums.length * perLevel) {
      sums.push(0);
      counts.push(0);
    }
    const level = sums.length - 1;
    sums[level] = (sums[level] ?? 0) + count * score;
    counts[level] = (counts[level] ?? 0) + count;
    levelOf[place] = level;
    taken += count;
  }
  return {
    scores: Float64Array.from(sums, (sum, level) => sum / (counts[level] ?? 1)),
    places: places.map((place) => levelOf[place] ?? 0),
  };
}
