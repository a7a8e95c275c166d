import { CandorError } from '../candorError.ts';

/** When something arrived, and with what. */
export interface Arrival {
  /** What it arrived with. Regions of one commit share their fate in part; commits are taken as independent. */
  readonly commit: string;
  readonly atMs: number;
}

/** How much old and shared outcomes count. */
export interface Discounts {
  /** Age at which an outcome counts half. Infinity: age does not matter. */
  readonly halfLifeMs: number;
  /** Correlation of the outcomes of two regions of one commit, in [0, 1]. */
  readonly intraclass: number;
}

/** Correlation of the outcomes of two regions of one commit, as measured in public repositories of AI-written code. */
export const MEASURED_INTRACLASS = 0.29;

/**
 * What each outcome counts, in (0, 1]: 2^(-age / half-life) / (1 + (m - 1) rho) with m regions in its commit. So m outcomes
 * of one commit count together as their mean would (Kish's design effect): m for rho = 0, one for rho = 1. What lies in
 * the future has no age.
 *
 * @throws CandorError `bad-call` on a half-life that is not above 0, or a correlation outside [0, 1]
 */
export function commitWeights(
  arrivals: readonly Arrival[],
  nowMs: number,
  { halfLifeMs, intraclass }: Discounts,
): Float64Array {
  if (!(halfLifeMs > 0) || !(intraclass >= 0 && intraclass <= 1) || Number.isNaN(nowMs)) {
    throw new CandorError('bad-call', 'A half-life is above 0 and a correlation from 0 to 1. Change them.');
  }
  const regions = new Map<string, number>();
  for (const { commit } of arrivals) regions.set(commit, (regions.get(commit) ?? 0) + 1);
  return Float64Array.from(arrivals, ({ commit, atMs }) => {
    const ageMs = Math.max(0, nowMs - atMs);
    return 2 ** (-ageMs / halfLifeMs) / (1 + ((regions.get(commit) ?? 1) - 1) * intraclass);
  });
}
