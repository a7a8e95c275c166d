import { type CalibrationMap, checkLabelled, ofScore } from './calibrationMap.ts';
import { fitLogistic, levelTerm } from './fitLogistic.ts';
import { logit, sigmoid } from './logit.ts';

/** How strongly the ridge holds the slope of the log-odds at 1: the penalty is RIDGE (a - 1)^2 over all items. */
const RIDGE = 2;

/**
 * Platt scaling: sigma(a logit(s) + b), by maximum likelihood with Platt's smoothed targets, (N1 + 1) / (N1 + 2) and
 * 1 / (N0 + 2), which keep it finite when all labels agree or a threshold separates them. J. Platt, 1999.
 */
export function fitPlatt(scores: Float64Array, labels: Uint8Array): CalibrationMap {
  return lineOfLogits(scores, labels, {});
}

/**
 * Platt scaling whose slope is pulled to 1, that is to "the score only has a wrong level": the mean loss plus
 * 2 (a - 1)^2 / n, with b free. For few labels.
 */
export function fitRidgePlatt(scores: Float64Array, labels: Uint8Array): CalibrationMap {
  return lineOfLogits(scores, labels, { ridge: 2 * RIDGE, centre: 1 });
}

function lineOfLogits(
  scores: Float64Array,
  labels: Uint8Array,
  slope: { readonly ridge?: number; readonly centre?: number },
): CalibrationMap {
  checkLabelled(scores, labels);
  const { coefficients } = fitLogistic(
    [{ values: scores.map(logit), ...slope }, levelTerm(scores.length)],
    plattTargets(labels),
  );
  const [a = 0, b = 0] = coefficients;
  return ofScore((score) => sigmoid(a * logit(score) + b));
}

/** Labels drawn in a little from 0 and 1: what a uniform prior on either class's noise makes of them. */
function plattTargets(labels: Uint8Array): Float64Array {
  const goods = labels.reduce((sum, label) => sum + label, 0);
  const good = (goods + 1) / (goods + 2);
  const bad = 1 / (labels.length - goods + 2);
  return Float64Array.from(labels, (label) => (label === 1 ? good : bad));
}
