import { type Derivatives, newtonMinimum } from '../linearAlgebra/newtonMinimum.ts';
import { checkProbabilities } from './checkProbabilities.ts';
import { clipProbability } from './clipProbability.ts';
import type { Tally } from './tallyLabels.ts';

export interface CalibrationLine {
  /** 1 when calibrated, below 1 when overconfident. */
  readonly slope: number;
  /** In logits, of the same line: 0 when calibrated. It is not the calibration in the large, whose slope is held at 1. */
  readonly intercept: number;
}

/**
 * The logistic regression of the label on the log-odds of the probability (Cox 1958), of greatest likelihood, without a
 * penalty. Probabilities are clipped to [1e-6, 1 - 1e-6].
 *
 * @returns to about 1e-6; null where the likelihood has no finite greatest point: a threshold parts good from bad, apart from ties at it,
 *   or all probabilities are the same
 * @throws CandorError `bad-call` where a score is no probability
 */
export function calibrationLine(tally: Tally): CalibrationLine | null {
  checkProbabilities(tally);
  const logits = tally.scores.map((score) => {
    const probability = clipProbability(score);
    return Math.log(probability / (1 - probability));
  });
  if (!overlaps(logits, tally)) return null;
  const minimum = newtonMinimum((line) => meanLoss(logits, tally, line), Float64Array.of(0, 1));
  if (minimum === null) return null;
  const [intercept = Number.NaN, slope = Number.NaN] = minimum.point;
  return Number.isFinite(intercept) && Number.isFinite(slope) ? { slope, intercept } : null;
}

/** Whether some good item lies below a bad one and some bad one below a good one: just then the line is finite. */
function overlaps(logits: Float64Array, { goods, bads }: Tally): boolean {
  const [good, bad] = [extent(logits, goods), extent(logits, bads)];
  return good.low < bad.high && bad.low < good.high;
}

/** The lowest and the highest of the rising `logits` that have items. */
function extent(logits: Float64Array, counts: Uint32Array): { readonly low: number; readonly high: number } {
  const isTaken = (count: number): boolean => count > 0;
  return {
    low: logits[counts.findIndex(isTaken)] ?? Number.NaN,
    high: logits[counts.findLastIndex(isTaken)] ?? Number.NaN,
  };
}

function meanLoss(logits: Float64Array, { goods, bads }: Tally, line: Float64Array): Derivatives {
  const [intercept = 0, slope = 0] = line;
  let [items, value, gradient0, gradient1, hessian00, hessian01, hessian11] = [0, 0, 0, 0, 0, 0, 0];
  for (let block = 0; block < logits.length; block++) {
    const [good, bad] = [goods[block] ?? 0, bads[block] ?? 0];
    const all = good + bad;
    if (all === 0) continue;
    const x = logits[block] ?? 0;
    const logit = intercept + slope * x;
    // Of two numbers that add up to 1 the smaller, without overflow; ln(1 + e^logit) follows from it.
    const odds = Math.exp(-Math.abs(logit));
    const less = odds / (1 + odds);
    const chance = logit > 0 ? 1 - less : less;
    const curvature = all * (less * (1 - less));
    const difference = all * chance - good;
    items += all;
    value += all * (Math.max(0, logit) + Math.log1p(odds)) - good * logit;
    gradient0 += difference;
    gradient1 += difference * x;
    hessian00 += curvature;
    hessian01 += curvature * x;
    hessian11 += curvature * x * x;
  }
  const mean = (sum: number): number => sum / items;
  return {
    value: mean(value),
    gradient: Float64Array.of(gradient0, gradient1).map(mean),
    hessian: Float64Array.of(hessian00, hessian01, hessian01, hessian11).map(mean),
  };
}
