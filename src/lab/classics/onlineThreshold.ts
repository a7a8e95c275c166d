import { CandorError } from '../../core/candorError.ts';

/**
 * A threshold that follows a stream of scores so that about `missRate` of them exceed it, whatever the stream does:
 * conformal prediction without exchangeability. Say the threshold, then learn the score, one after the other.
 */
export interface OnlineThreshold {
  /** The threshold for the next score; at least 0. */
  threshold(): number;
  /** @throws CandorError `bad-call` for a score that is no finite number of at least 0 */
  observe(score: number): void;
}

/** What an online threshold aims at. */
export interface OnlineAim {
  /** alpha, above 0 and below 1: the share of scores that may exceed the threshold. */
  readonly missRate: number;
  /** The largest score to expect, above 0; sets the scale of the steps. */
  readonly maxScore: number;
}

/** @throws CandorError `bad-call` for an aim out of range. */
export function checkAim({ missRate, maxScore }: OnlineAim): void {
  if (missRate > 0 && missRate < 1 && maxScore > 0 && Number.isFinite(maxScore)) return;
  throw new CandorError(
    'bad-call',
    'A threshold aims at a share between 0 and 1 of scores above 0: choose such an aim.',
  );
}

/** @throws CandorError `bad-call` for what is no score. */
export function checkScore(score: number): void {
  if (score >= 0 && Number.isFinite(score)) return;
  throw new CandorError('bad-call', 'A score of a stream is a finite number of at least 0: leave others out.');
}

/** What a threshold cost at a score: least, on average, at the quantile 1 - missRate. */
export function pinballLoss(threshold: number, score: number, missRate: number): number {
  return Math.max((1 - missRate) * (score - threshold), missRate * (threshold - score));
}

/** The slope of that loss in the threshold: missRate where the score was covered, missRate - 1 where it was missed. */
export function pinballSlope(threshold: number, score: number, missRate: number): number {
  return score > threshold ? missRate - 1 : missRate;
}
