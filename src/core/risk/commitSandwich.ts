import { cholesky, inverseCholesky, solveCholesky } from '../linearAlgebra/cholesky.ts';
import { addOuterProduct, sandwich, sum } from '../linearAlgebra/squareMatrix.ts';

/** What one commit's observations add to the loss: its derivatives at the coefficients that all of them gave. */
export interface CommitDerivatives {
  readonly gradient: Float64Array;
  readonly hessian: Float64Array;
}

/**
 * The covariance of penalised coefficients when observations come in commits that share their fate: between the sandwich
 * over commits and the inverse of the hessian H, the prior's precision P included,
 *
 *     V = a (H^-1 P H^-1 + (C-1)/C sum_c d_c d_c') + (1 - a) H^-1,      a = (C - 1) / (C - 1 + p)
 *
 * for C commits and p coefficients. d_c = (H - H_c)^-1 s_c, from the commit's gradient s_c and hessian H_c, is how far the
 * coefficients move when the commit is left out. So this is the usual H^-1 (P + sum s s') H^-1 (Liang & Zeger 1986) made
 * larger for what each commit has pulled to itself (Mancl & DeRouen 2001), which without it is too narrow while commits are
 * few. Where the weights are right both ends say the same, for then P and the gradients' squares make H. The sandwich is right
 * where they are not, but knows no more directions than there are commits: with few of them it counts less.
 *
 * Without outcomes H = P, and V = P^-1: exactly the prior's covariance.
 *
 * @returns null where the hessian is not positive definite
 */
export function commitSandwich(
  hessian: Float64Array,
  precision: Float64Array,
  commits: readonly CommitDerivatives[],
): Float64Array | null {
  const size = Math.sqrt(hessian.length);
  const factor = cholesky(hessian, size);
  if (factor === null) return null;
  const inverse = inverseCholesky(factor, size);
  const count = commits.length;
  if (count < 2) return inverse;
  const robust = sandwich(inverse, precision, size);
  for (const commit of commits) {
    // Where the loss is not convex without the commit, the first order must do.
    const others = cholesky(sum(hessian, commit.hessian, -1), size) ?? factor;
    addOuterProduct(robust, solveCholesky(others, commit.gradient), (count - 1) / count);
  }
  const share = (count - 1) / (count - 1 + size);
  return sum(
    robust.map((value) => share * value),
    inverse,
    1 - share,
  );
}
