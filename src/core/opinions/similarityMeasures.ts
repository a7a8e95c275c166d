import { CandorError } from '../candorError.ts';
import { symmetricEigen } from '../linearAlgebra/symmetricEigen.ts';

/** How like each other m samples are. W: their similarities; D: its row sums; L = I - D^-1/2 W D^-1/2. */
export interface SimilarityMeasures {
  /** U_Deg = tr(m I - D) / m^2: one minus the mean similarity. In [0, 1 - 1/m]; 0 where all are the same. */
  readonly degreeUncertainty: number;
  /** C_Deg(j) = D_jj / m, a sample's mean similarity to all, itself included. In [1/m, 1]. */
  readonly degreeConfidences: readonly number[];
  /** U_EigV = sum max(0, 1 - eigenvalue of L): about how many different answers there are. In [1, m]. */
  readonly eigenvalueUncertainty: number;
  /** U_Ecc: how far the samples lie apart in the space of the eigenvectors of L with small values. In [0, sqrt(m - 1)]. */
  readonly eccentricityUncertainty: number;
}

/** Eigenvectors of larger values say nothing about clusters (the authors' setting). */
const EIGENVALUE_LIMIT = 0.9;

/** Similarities that differ by less are called the same, so that a matrix summed up in another order still passes. */
const SYMMETRY_TOLERANCE = 1e-9;

/**
 * Uncertainty of a request from how like each other m of its samples are: Lin, Trivedi and Sun, Generating with
 * Confidence, arXiv 2305.19187; public code zlin7/UQ-NLG. U_Ecc is the Frobenius norm of the eigenvectors with a value
 * below 0.9, one a column, each column less its mean. The code's shift of L by 1e-4 of the identity is left out: it only
 * guards a solver.
 *
 * @param similarities m x m, row by row: symmetric, in [0, 1], and 1 on the diagonal. What likeness is (equal trees,
 *   equal results of tests), the caller says; for words' meaning the paper asks a model, which fails on code.
 * @returns null where there are fewer than two samples
 * @throws CandorError `bad-call` where the numbers are no such matrix
 */
export function similarityMeasures(similarities: Float64Array, sampleCount: number): SimilarityMeasures | null {
  checkSimilarities(similarities, sampleCount);
  if (sampleCount < 2) return null;
  const degrees = Float64Array.from({ length: sampleCount }, (_, row) =>
    similarities.subarray(row * sampleCount, (row + 1) * sampleCount).reduce((sum, value) => sum + value, 0),
  );
  const { values, vectors } = symmetricEigen(laplacian(similarities, degrees), sampleCount);
  const meanDegree = degrees.reduce((sum, degree) => sum + degree, 0) / sampleCount;
  return {
    degreeUncertainty: Math.max(0, 1 - meanDegree / sampleCount),
    degreeConfidences: Array.from(degrees, (degree) => degree / sampleCount),
    eigenvalueUncertainty: values.reduce((sum, value) => sum + Math.max(0, 1 - value), 0),
    eccentricityUncertainty: Math.sqrt(
      vectors.reduce((sum, vector, index) => sum + ((values[index] ?? 0) < EIGENVALUE_LIMIT ? spread(vector) : 0), 0),
    ),
  };
}

/** I - D^-1/2 W D^-1/2. No degree is 0, for each sample is like itself. */
function laplacian(similarities: Float64Array, degrees: Float64Array): Float64Array {
  const size = degrees.length;
  return similarities.map((value, at) => {
    const [row, column] = [Math.floor(at / size), at % size];
    return (row === column ? 1 : 0) - value / Math.sqrt((degrees[row] ?? 1) * (degrees[column] ?? 1));
  });
}

/** Sum of squared distances from the mean. */
function spread(vector: Float64Array): number {
  const mean = vector.reduce((sum, value) => sum + value, 0) / vector.length;
  return vector.reduce((sum, value) => sum + (value - mean) ** 2, 0);
}

function checkSimilarities(similarities: Float64Array, size: number): void {
  if (!Number.isSafeInteger(size) || size < 0 || similarities.length !== size * size) {
    throw new CandorError('bad-call', 'Each sample needs a similarity to each: give m times m of them.');
  }
  for (const [at, value] of similarities.entries()) {
    const [row, column] = [Math.floor(at / size), at % size];
    const isWanted = row === column ? value === 1 : value >= 0 && value <= 1;
    const mirrored = similarities[column * size + row] ?? 0;
    if (!isWanted || Math.abs(value - mirrored) > SYMMETRY_TOLERANCE) {
      throw new CandorError(
        'bad-call',
        'Similarities lie in [0, 1], are the same both ways, and 1 of each sample to itself: take means of both ways.',
      );
    }
  }
}
