import { CandorError } from '../../core/candorError.ts';

/**
 * Split conformal prediction: the level that a new item's nonconformity exceeds with chance at most alpha, when it is
 * exchangeable with these. It is the k-th smallest of the n, k = ceil((n + 1)(1 - alpha)), so coverage on average over
 * data sets lies in [1 - alpha, 1 - alpha + 1 / (n + 1)] where no two are equal. Papadopoulos et al. 2002; Lei et al.,
 * arXiv 1604.04173.
 *
 * @param nonconformities at least one number; the larger, the odder
 * @param missRate alpha, above 0 and below 1
 * @returns Infinity where k exceeds n: so few items bound nothing
 * @throws CandorError `bad-call` on NaN, no items, or an alpha out of range
 */
export function splitConformalLevel(nonconformities: Float64Array, missRate: number): number {
  if (nonconformities.length === 0 || nonconformities.some(Number.isNaN)) {
    throw new CandorError('bad-call', 'A conformal level needs numbers: give at least one, and no NaN.');
  }
  if (!(missRate > 0 && missRate < 1)) {
    throw new CandorError('bad-call', 'The share of misses lies between 0 and 1: choose one like 0.1.');
  }
  const rank = Math.ceil((nonconformities.length + 1) * (1 - missRate) - ROUNDING);
  return nonconformities.toSorted()[rank - 1] ?? Infinity;
}

/** (9 + 1)(1 - .7) is 3, though a double says a hair more. */
const ROUNDING = 1e-9;

/**
 * Split conformal acceptance: accept an item whose score *exceeds* this, and of the bad items at most a share alpha is
 * accepted, on average over data sets. It bounds the share of the bad that pass, not the share of the passed that is bad.
 *
 * @returns Infinity, that is accept nothing, where fewer than 1 / alpha - 1 bad items are known
 */
export function splitConformalAcceptance(scores: Float64Array, labels: Uint8Array, missRate: number): number {
  const bad = scores.filter((_, item) => labels[item] === 0);
  return bad.length === 0 ? Infinity : splitConformalLevel(bad, missRate);
}
