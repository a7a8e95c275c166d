import { CandorError } from '../candorError.ts';
import type { PrequentialPrediction } from './prequentialPrediction.ts';

/**
 * Evidence, gathered commit by commit, that the model of risk is out of date: an e-process on the log loss (Ville 1939;
 * Shafer, JRSS A 2021; Arnold, Henzi & Ziegel, Biometrika 2023). Plain data; starts again with every refit.
 */
export interface DriftEvidence {
  /** For each rival forecaster ln of the capital that is bet on it by now. All capital together began as 1. */
  readonly lnCapitals: readonly number[];
  /** The largest ln of all capital so far, money held back included; at least 0. */
  readonly highestLn: number;
  readonly commits: number;
}

/**
 * The rivals: what the truth would be after a drift, logit p' = slope logit p + shift. Half a logit is about the least
 * that matters to a reader, two is more than repositories differ; slopes say that confidence has become too high or low.
 */
const RIVALS: readonly { readonly slope: number; readonly shift: number }[] = [0.5, 1, 1.5]
  .flatMap((slope) => [-2, -1, -0.5, -0.25, 0, 0.25, 0.5, 1, 2].map((shift) => ({ slope, shift })))
  .filter(({ slope, shift }) => slope !== 1 || shift !== 0);

/** Forecasts nearer to 0 or 1 are taken as this near. A false bet on one gains at most this much a commit. */
const CLIP = 1e-12;

/**
 * What is held back for rivals who are right only later: half of all at first, half of that after so many commits, and so
 * on as 1 / time. A drift costs the rivals little to wait for, whenever it comes.
 */
const HALF_HELD_COMMITS = 100;
const heldBack = (commits: number): number => 0.5 / (1 + commits / HALF_HELD_COMMITS);

/** No evidence yet. */
export const noDriftEvidence: DriftEvidence = {
  lnCapitals: RIVALS.map(() => Math.log(0.5 / RIVALS.length)),
  highestLn: 0,
  commits: 0,
};

/**
 * The evidence after one more commit. Each rival's capital is multiplied by the mean, over the commit's regions, of the
 * chance that the rival gave to what happened divided by the chance that the model gave. While the model is calibrated
 * that mean is expected to be 1 whatever the regions of the commit share, since it is a sum; a product over them would not
 * be. (The mean of the logarithms would be safe too, and never gain as much.)
 *
 * Commits must come in an order that does not depend on how they ended, each when its horizon is over: see
 * `PrequentialPrediction`.
 *
 * @param regions the commit's predictions; a commit without any changes nothing
 * @throws CandorError `bad-call` on a chance outside [0, 1], or on evidence gathered for other rivals
 */
export function observeCommit(
  evidence: DriftEvidence,
  regions: readonly Pick<PrequentialPrediction, 'p' | 'good'>[],
): DriftEvidence {
  if (!isForTheseRivals(evidence)) {
    throw new CandorError('bad-call', 'This evidence was gathered by another version: begin with none.');
  }
  if (!regions.every(({ p }) => p >= 0 && p <= 1)) {
    throw new CandorError('bad-call', 'A predicted chance lies from 0 to 1: leave out what was not predicted.');
  }
  if (regions.length === 0) return evidence;
  const outcomes = regions.map(({ p, good }) => {
    const clipped = Math.min(Math.max(p, CLIP), 1 - CLIP);
    const sign = good ? 1 : -1;
    const logit = Math.log(clipped) - Math.log1p(-clipped);
    return { sign, logit, lnModel: lnSigmoid(sign * logit) };
  });
  const held = heldBack(evidence.commits + 1);
  const lnPaidOut = Math.log((heldBack(evidence.commits) - held) / RIVALS.length);
  const lnCapitals = RIVALS.map(({ slope, shift }, index) => {
    const lnBet = lnSumExp([evidence.lnCapitals[index] ?? 0, lnPaidOut]);
    const lnRatios = outcomes.map(({ sign, logit, lnModel }) => lnSigmoid(sign * (slope * logit + shift)) - lnModel);
    return lnBet + lnSumExp(lnRatios) - Math.log(outcomes.length);
  });
  const highestLn = Math.max(evidence.highestLn, lnSumExp([...lnCapitals, Math.log(held)]));
  return { lnCapitals, highestLn, commits: evidence.commits + 1 };
}

/** Whether evidence was gathered for the rivals that there are now. */
export function isForTheseRivals({ lnCapitals }: DriftEvidence): boolean {
  return lnCapitals.length === RIVALS.length;
}

/**
 * Whether the model's calibration is out of date: the evidence has at some time been 1 / level or more. While the model is
 * calibrated this happens with a chance of at most `level`, however long and often one looks (Ville's inequality).
 *
 * @param level in (0, 1)
 * @throws CandorError `bad-call` on a level out of range
 */
export function isOutOfDate(evidence: DriftEvidence, level: number): boolean {
  if (!(level > 0 && level < 1)) throw new CandorError('bad-call', 'A level lies between 0 and 1: give such a one.');
  return evidence.highestLn >= -Math.log(level);
}

/** ln of the logistic function, without overflow. */
function lnSigmoid(logit: number): number {
  return logit < 0 ? logit - Math.log1p(Math.exp(logit)) : -Math.log1p(Math.exp(-logit));
}

function lnSumExp(lnValues: readonly number[]): number {
  const highest = lnValues.reduce((most, value) => Math.max(most, value), -Infinity);
  return highest + Math.log(lnValues.reduce((sum, value) => sum + Math.exp(value - highest), 0));
}
