import { baseRate } from './baseRate.ts';
import { brierScore, meanSquare } from './brierScore.ts';
import { recalibrate } from './recalibrate.ts';
import type { Tally } from './tallyLabels.ts';

/** The Brier score taken apart: it is miscalibration - discrimination + uncertainty. */
export interface CorpParts {
  /** What recalibrating would save: 0 when calibrated, at least 0. */
  readonly miscalibration: number;
  /** What the recalibrated probabilities save against saying the base rate every time: at least 0, at most `uncertainty`. */
  readonly discrimination: number;
  /** The Brier score of the base rate: in [0, 0.25]. */
  readonly uncertainty: number;
}

/**
 * The CORP decomposition of the Brier score (Dimitriadis, Gneiting and Jordan, PNAS 2021): recalibrated by isotonic
 * regression, so without bins. With few items miscalibration and discrimination both come out too high, for the regression
 * follows chance.
 *
 * @returns null where there is no item
 * @throws CandorError `bad-call` where a score is no probability
 */
export function corpParts(tally: Tally): CorpParts | null {
  const [score, rate, recalibrated] = [brierScore(tally), baseRate(tally), recalibrate(tally)];
  const best = recalibrated && meanSquare(tally, recalibrated);
  if (score === null || rate === null || best === null) return null;
  const uncertainty = rate * (1 - rate);
  // Below 0 only by rounding.
  return {
    miscalibration: Math.max(0, score - best),
    discrimination: Math.max(0, uncertainty - best),
    uncertainty,
  };
}
