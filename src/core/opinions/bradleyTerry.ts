import { CandorError } from '../candorError.ts';
import { type Derivatives, newtonMinimum } from '../linearAlgebra/newtonMinimum.ts';
import { logistic } from '../risk/fitLogistic.ts';

/** One answer to "which of the two?". Items are numbered from 0. */
export interface Comparison {
  readonly winner: number;
  readonly loser: number;
  /** How much it counts, at least 0; 1 when left out. A tie is two comparisons of one half, one each way. */
  readonly weight?: number;
}

/**
 * Standard deviation of the strengths that is believed beforehand, in logits. Weak: of two items, one answer parts the
 * strengths by 1.5 (P .81), and twenty that agree by 3.7 (P .98).
 */
const DEFAULT_DEVIATION = 2;

/**
 * Strengths of items from answers to pairs of them (Bradley and Terry 1952), by penalised maximum likelihood:
 *
 *     argmin  -sum w ln P(winner beats loser)  +  sum strength^2 / (2 deviation^2),   P(i beats j) = 1 / (1 + e^(s_j - s_i))
 *
 * The penalty, a normal prior, makes the minimum exist and be one, also where an item never lost or was never asked about;
 * it draws strengths towards 0, the more the fewer answers there are. They sum to 0. Answers that contradict each other are
 * welcome: that is what the model is for. O(items^3) a step, some ten steps.
 *
 * @param itemCount at least 0; an item that no comparison names gets the strength 0
 * @param deviation of the prior, in logits, above 0
 * @returns one strength an item, in logits; differences count, not the numbers
 * @throws CandorError `bad-call` where a comparison names no two of the items, or a weight or the deviation is out of range
 */
export function bradleyTerry(
  itemCount: number,
  comparisons: readonly Comparison[],
  deviation: number = DEFAULT_DEVIATION,
): readonly number[] {
  if (!Number.isSafeInteger(itemCount) || itemCount < 0 || !(deviation > 0 && deviation < Infinity)) {
    throw new CandorError('bad-call', 'Give a whole number of items and a deviation above 0.');
  }
  const isItem = (item: number): boolean => Number.isSafeInteger(item) && item >= 0 && item < itemCount;
  for (const { winner, loser, weight = 1 } of comparisons) {
    if (!isItem(winner) || !isItem(loser) || winner === loser || !(weight >= 0 && weight < Infinity)) {
      throw new CandorError('bad-call', 'A comparison is between two of the items, with a weight of at least 0.');
    }
  }
  const precision = 1 / deviation ** 2;
  const minimum = newtonMinimum(
    (strengths) => comparisonLoss(comparisons, precision, strengths),
    new Float64Array(itemCount),
  );
  if (minimum === null) throw new CandorError('bad-call', 'The weights are too great to be added up: scale them down.');
  return [...minimum.point];
}

/** The chance that an item of one strength beats one of another. In [0, 1]; 1/2 for equal ones. */
export function chanceToBeat(strength: number, otherStrength: number): number {
  return logistic(strength - otherStrength);
}

function comparisonLoss(comparisons: readonly Comparison[], precision: number, strengths: Float64Array): Derivatives {
  const size = strengths.length;
  const gradient = strengths.map((strength) => precision * strength);
  const hessian = new Float64Array(size * size);
  for (let item = 0; item < size; item++) hessian[item * (size + 1)] = precision;
  let value = strengths.reduce((sum, strength) => sum + (precision * strength ** 2) / 2, 0);
  const add = (row: number, column: number, amount: number): void => {
    hessian[row * size + column] = (hessian[row * size + column] ?? 0) + amount;
  };
  for (const { winner, loser, weight = 1 } of comparisons) {
    const lead = (strengths[winner] ?? 0) - (strengths[loser] ?? 0);
    const surprise = logistic(-lead);
    value += weight * (Math.max(0, -lead) + Math.log1p(Math.exp(-Math.abs(lead))));
    gradient[winner] = (gradient[winner] ?? 0) - weight * surprise;
    gradient[loser] = (gradient[loser] ?? 0) + weight * surprise;
    const curvature = weight * surprise * (1 - surprise);
    add(winner, winner, curvature);
    add(loser, loser, curvature);
    add(winner, loser, -curvature);
    add(loser, winner, -curvature);
  }
  return { value, gradient, hessian };
}
