import { CandorError } from '../../core/candorError.ts';

/**
 * A map from a score in [0, 1] to the calibrated chance of the good event, in [0, 1].
 *
 * Every classic on this bench is a function `fitX(scores, labels): CalibrationMap`. Scores are chances of the good event
 * as somebody uncalibrated states them; a label is 1 where the event came true, else 0. The bench is for comparison: the
 * product judges by its own model of risk.
 *
 * @throws CandorError `bad-call` for a score that is no number from 0 to 1.
 */
export type CalibrationMap = (score: number) => number;

/** `answer`, which refuses what is no score. */
export function ofScore<Answer>(answer: (score: number) => Answer): (score: number) => Answer {
  return (score) => {
    if (!isScore(score)) throw new CandorError('bad-call', 'A score is a number from 0 to 1: rescale it.');
    return answer(score);
  };
}

/** @throws CandorError `bad-call` unless there is at least one score, each from 0 to 1, each with one label of 0 or 1. */
export function checkLabelled(scores: Float64Array, labels: Uint8Array): void {
  if (scores.length === 0) throw new CandorError('bad-call', 'Nothing is known of no items: give at least one.');
  if (scores.length !== labels.length) {
    throw new CandorError('bad-call', 'Each score needs one label: give two arrays of the same length.');
  }
  if (!scores.every(isScore)) throw new CandorError('bad-call', 'A score is a number from 0 to 1: rescale it.');
  if (!labels.every((label) => label <= 1)) {
    throw new CandorError('bad-call', 'A label is 1 for the good event, else 0: recode it.');
  }
}

function isScore(score: number): boolean {
  return score >= 0 && score <= 1;
}
