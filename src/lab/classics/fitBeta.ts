import { type CalibrationMap, checkLabelled, ofScore } from './calibrationMap.ts';
import { fitLogistic, levelTerm, type LogisticTerm } from './fitLogistic.ts';
import { clipped, sigmoid } from './logit.ts';

/**
 * Beta calibration: sigma(a ln s - b ln(1 - s) + c) with a, b >= 0, by maximum likelihood; it contains the identity
 * (1, 1, 0). Kull, Silva Filho and Flach, AISTATS 2017.
 *
 * The loss is convex, so the best fit with a, b >= 0 is the best of the free fits with neither, one or both of them at
 * zero that keep the rest at or above it. Labels that the score separates are held finite by a very weak ridge.
 */
export function fitBeta(scores: Float64Array, labels: Uint8Array): CalibrationMap {
  checkLabelled(scores, labels);
  const rising: LogisticTerm = { values: scores.map((score) => Math.log(clipped(score))) };
  const falling: LogisticTerm = { values: scores.map((score) => -Math.log(1 - clipped(score))) };
  const level = levelTerm(scores.length);
  const targets = Float64Array.from(labels);
  const fits = [[rising, falling], [rising], [falling], []].map((shape) => {
    const { coefficients, lossNats } = fitLogistic([...shape, level], targets);
    const of = (term: LogisticTerm): number => (shape.includes(term) ? (coefficients[shape.indexOf(term)] ?? 0) : 0);
    return { a: of(rising), b: of(falling), c: coefficients.at(-1) ?? 0, lossNats };
  });
  const { a, b, c } = fits
    .filter((fit) => fit.a >= 0 && fit.b >= 0)
    .reduce((best, fit) => (fit.lossNats < best.lossNats ? fit : best));
  return ofScore((score) => sigmoid(a * Math.log(clipped(score)) - b * Math.log(1 - clipped(score)) + c));
}
