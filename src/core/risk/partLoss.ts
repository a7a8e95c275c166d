import type { Derivatives } from '../linearAlgebra/newtonMinimum.ts';
import { addDerivatives, addOuterProduct, dot, mirrorLowerHalf } from '../linearAlgebra/squareMatrix.ts';
import type { Design } from './fitLogistic.ts';

/** The leaves and inner gaps of a touched region, in numbers, and which of them changed: at least one. */
export interface ChangedParts {
  readonly design: Design;
  /** 1: changed. */
  readonly changed: Uint8Array;
  /** What the region counts, above 0. */
  readonly weight: number;
}

/**
 * The penalised loss of hazards lambda_i = exp(z_i . gamma), in nats, with exact derivatives: of each touched region, the
 * weighted negative logarithm of the chance that just these parts changed, given that one did,
 *
 *     prod over changed (1 - e^-lambda_i)  prod over unchanged e^-lambda_i  /  (1 - e^-Lambda),     Lambda = sum lambda_i
 *
 * and gamma' diag(precisions) gamma / 2. A hazard that overflows makes the value infinite or none, never a wrong number.
 *
 * @param precisions of the coefficients, around 0
 */
export function partLoss(
  regions: readonly ChangedParts[],
  precisions: Float64Array,
  coefficients: Float64Array,
): Derivatives {
  const size = coefficients.length;
  const gradient = coefficients.map((coefficient, column) => (precisions[column] ?? 0) * coefficient);
  let value = dot(gradient, coefficients) / 2;
  const hessian = new Float64Array(size * size);
  for (let column = 0; column < size; column++) hessian[column * (size + 1)] = precisions[column] ?? 0;
  for (const region of regions) value += addRegion(region, coefficients, gradient, hessian);
  mirrorLowerHalf(hessian, size);
  return { value, gradient, hessian };
}

/** Adds the derivatives of one region's loss, to the lower half of the hessian, and returns the loss. */
function addRegion(
  { design, changed, weight }: ChangedParts,
  coefficients: Float64Array,
  gradient: Float64Array,
  hessian: Float64Array,
): number {
  const { values, columns } = design;
  const rows = Array.from(changed, (_, part) => values.subarray(part * columns, (part + 1) * columns));
  const hazards = rows.map((row) => Math.exp(dot(row, coefficients)));
  const total = hazards.reduce((all, hazard) => all + hazard, 0);
  // d/dLambda of ln(1 - e^-Lambda), and minus its second derivative.
  const slope = 1 / Math.expm1(total);
  const curvature = slope * (1 + slope);
  const totalGradient = new Float64Array(columns);
  let loss = lnChanceOfAny(total);
  for (const [part, row] of rows.entries()) {
    const hazard = hazards[part] ?? 0;
    // Both with respect to ln lambda, of this part's own term. For a changed part -ln(1 - e^-lambda), with slope -q.
    let [own, ownCurvature] = [hazard, hazard];
    if (changed[part] === 1) {
      const q = changedSlope(hazard);
      loss -= lnChanceOfAny(hazard);
      own = -q;
      ownCurvature = q * Math.max(0, hazard + q - 1);
    } else loss += hazard;
    const shared = slope * hazard;
    addDerivatives(gradient, hessian, row, weight * (own + shared), weight * (ownCurvature + shared));
    for (let column = 0; column < columns; column++) {
      totalGradient[column] = (totalGradient[column] ?? 0) + hazard * (row[column] ?? 0);
    }
  }
  addOuterProduct(hessian, totalGradient, -weight * curvature);
  return weight * loss;
}

/** ln(1 - e^-hazard), good for the smallest hazards and the largest. */
function lnChanceOfAny(hazard: number): number {
  return hazard > 1 ? Math.log1p(-Math.exp(-hazard)) : Math.log(-Math.expm1(-hazard));
}

/** lambda / (e^lambda - 1): the derivative of ln(1 - e^-lambda) by ln lambda. */
function changedSlope(hazard: number): number {
  return hazard === 0 ? 1 : hazard / Math.expm1(hazard);
}
