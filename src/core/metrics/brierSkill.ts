import { baseRate } from './baseRate.ts';
import { brierScore } from './brierScore.ts';
import type { Tally } from './tallyLabels.ts';

/**
 * By which share the Brier score beats that of a forecaster who says the base rate of these very items every time: 1 for
 * one who is never wrong, 0 for one who is no better, below 0 for one who is worse.
 *
 * @returns at most 1; null where the items are all good or all bad
 * @throws CandorError `bad-call` where a score is no probability
 */
export function brierSkill(tally: Tally): number | null {
  const [score, rate] = [brierScore(tally), baseRate(tally)];
  if (score === null || rate === null || rate === 0 || rate === 1) return null;
  return 1 - score / (rate * (1 - rate));
}
