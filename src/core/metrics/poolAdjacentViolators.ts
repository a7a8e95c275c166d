import { CandorError } from '../candorError.ts';

/**
 * The non-decreasing sequence nearest to `values` in weighted least squares (isotonic regression of values in the given
 * order), by pooling neighbours that run downhill. O(n). Ayer et al. 1955; Barlow et al. 1972.
 *
 * @param values finite numbers, in the order of what they are to rise with. Equal places must be grouped by the caller.
 * @param weights one finite number of at least 0 a value; 1 each when left out. A value without weight has no say and
 *   takes the fit of its neighbour before it (after it, where none before has weight), so that counts of a resample work.
 * @returns one number a value, within the range of the values that have weight. A sequence that rises comes back as it is.
 * @throws CandorError `bad-call` on lengths that differ, numbers out of range, or values none of which has weight.
 */
export function poolAdjacentViolators(values: Float64Array, weights?: Float64Array): Float64Array {
  checkInput(values, weights);
  const count = values.length;
  // A stack of blocks: what each sums to, what it weighs, where it ends.
  const sums = new Float64Array(count);
  const masses = new Float64Array(count);
  const ends = new Uint32Array(count);
  let top = -1;
  for (let index = 0; index < count; index += 1) {
    let mass = weights?.[index] ?? 1;
    let sum = mass * (values[index] ?? 0);
    // A block without weight has no mean (0 / 0), compares as false, and so is pooled as well.
    while (top >= 0 && !(at(sums, top) / at(masses, top) <= sum / mass)) {
      sum += at(sums, top);
      mass += at(masses, top);
      top -= 1;
    }
    top += 1;
    sums[top] = sum;
    masses[top] = mass;
    ends[top] = index + 1;
  }
  const fit = new Float64Array(count);
  let start = 0;
  for (let block = 0; block <= top; block += 1) {
    const end = ends[block] ?? count;
    fit.fill(at(sums, block) / at(masses, block), start, end);
    start = end;
  }
  return fit;
}

function at(column: Float64Array, index: number): number {
  return column[index] ?? 0;
}

function checkInput(values: Float64Array, weights: Float64Array | undefined): void {
  if (!values.every(Number.isFinite)) {
    throw new CandorError('bad-call', 'Only finite numbers can be pooled: leave the others out.');
  }
  if (weights === undefined) return;
  if (weights.length !== values.length) {
    throw new CandorError('bad-call', 'Each value needs one weight: give two arrays of the same length.');
  }
  if (!weights.every((weight) => Number.isFinite(weight) && weight >= 0)) {
    throw new CandorError('bad-call', 'Weights are finite and at least 0: leave the others out.');
  }
  if (values.length > 0 && !weights.some((weight) => weight > 0)) {
    throw new CandorError('bad-call', 'No value has weight: give at least one of them some.');
  }
}
