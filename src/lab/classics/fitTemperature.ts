import { type CalibrationMap, checkLabelled, ofScore } from './calibrationMap.ts';
import { logit, sigmoid } from './logit.ts';

/** The coldest temperature is 1 / MAX_SLOPE: labels on the right side of 1/2 throughout would ask for 0. */
const MAX_SLOPE = 100;

/** Halvings of the interval [0, MAX_SLOPE], to below the precision of a double near 1. */
const HALVINGS = 60;

/**
 * Temperature scaling: sigma(logit(s) / tau), tau from 0.01 to infinity, by maximum likelihood (Guo et al.,
 * arXiv 1706.04599). It leaves a score of 1/2 where it is and so cannot move a base rate that is wrong; where the scores
 * run against the labels the best it can say is 1/2.
 */
export function fitTemperature(scores: Float64Array, labels: Uint8Array): CalibrationMap {
  checkLabelled(scores, labels);
  const logits = scores.map(logit);
  // The loss is convex in the slope 1 / tau: its derivative crosses zero once, from below.
  let [low, high] = [0, MAX_SLOPE];
  for (let halving = 0; halving < HALVINGS; halving += 1) {
    const middle = (low + high) / 2;
    if (lossSlope(logits, labels, middle) < 0) low = middle;
    else high = middle;
  }
  const slope = (low + high) / 2;
  return ofScore((score) => sigmoid(slope * logit(score)));
}

function lossSlope(logits: Float64Array, labels: Uint8Array, slope: number): number {
  return logits.reduce((sum, value, item) => sum + (sigmoid(slope * value) - (labels[item] ?? 0)) * value, 0);
}
