import { CandorError } from '../candorError.ts';

/** Beyond it the distribution hardly changes: that of more is taken for that of so many, which is wider by .07 % at most. */
const MOST_FREEDOM = 1000;

/** Halvings of a quarter turn, after which no bit is left to gain. */
const HALVINGS = 60;

/**
 * How far from 0 a number of Student's t distribution lies with a chance of `level` at most: the factor of a standard error
 * in a two-sided interval. By halving, on the finite series of Abramowitz and Stegun (26.7.3 and 26.7.4), exact to rounding.
 *
 * @param freedom degrees of freedom, a whole number of at least 1
 * @param level in (0, 1)
 * @throws CandorError `bad-call` on numbers out of range
 */
export function studentReach(freedom: number, level: number): number {
  if (!(Number.isInteger(freedom) && freedom >= 1 && level > 0 && level < 1)) {
    throw new CandorError(
      'bad-call',
      "Student's t needs a whole number of degrees of freedom and a level between 0 and 1.",
    );
  }
  const degrees = Math.min(freedom, MOST_FREEDOM);
  let [low, high] = [0, Math.PI / 2];
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    if (shareWithin(middle, degrees) < level) low = middle;
    else high = middle;
  }
  return Math.sqrt(degrees) * Math.tan(low);
}

/** P(|T| <= sqrt(degrees) tan(angle)). */
function shareWithin(angle: number, degrees: number): number {
  const isOdd = degrees % 2 === 1;
  const cosine = Math.cos(angle);
  let term = isOdd ? cosine : 1;
  let series = degrees === 1 ? 0 : term;
  for (let power = isOdd ? 3 : 2; power <= degrees - 2; power += 2) {
    term *= (cosine * cosine * (power - 1)) / power;
    series += term;
  }
  return isOdd ? (2 / Math.PI) * (angle + Math.sin(angle) * series) : Math.sin(angle) * series;
}
