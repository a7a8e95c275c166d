import { cholesky, solveCholesky } from './cholesky.ts';
import { dot } from './squareMatrix.ts';

/** A function's value at a point, and its exact derivatives there. */
export interface Derivatives {
  readonly value: number;
  readonly gradient: Float64Array;
  /** Second derivatives, row by row. */
  readonly hessian: Float64Array;
}

export interface Minimum extends Derivatives {
  readonly point: Float64Array;
}

const MOST_ROUNDS = 100;

/** Newton's decrement below which no step is worth taking, in units of the value. */
const LEAST_DECREMENT = 1e-14;

/** Relative error of the value that is put down to rounding. */
const ROUNDING = 1e-13;

/** Half as many steps, each time: 2^-40 of a step is none. */
const MOST_HALVINGS = 40;

/** How often damping may grow fourfold before a hessian counts as hopeless. */
const MOST_DAMPINGS = 20;

/**
 * A minimum by Newton's method. A step that overshoots is halved until the value falls (Armijo); where the function is not
 * convex, the hessian is damped until it is positive definite (Levenberg). The minimum of a strictly convex function is
 * found from anywhere; of others the one downhill from the start.
 *
 * @param derivativesAt finite at the start; elsewhere it may overflow, and steps that lead there are not taken
 * @returns null where no damping makes the hessian positive definite: it holds numbers that are none
 */
export function newtonMinimum(
  derivativesAt: (point: Float64Array) => Derivatives,
  start: Float64Array,
): Minimum | null {
  let point = start;
  let here = derivativesAt(point);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const factor = dampedFactor(here.hessian, point.length);
    if (factor === null) return null;
    const step = solveCholesky(factor, here.gradient);
    const decrement = dot(step, here.gradient);
    if (!(decrement > LEAST_DECREMENT)) break;
    const next = firstThatFalls(derivativesAt, point, here, step, decrement);
    // Rounding hides what is left to gain.
    if (next === null) break;
    ({ point } = next);
    here = next;
  }
  return { point, ...here };
}

function firstThatFalls(
  derivativesAt: (point: Float64Array) => Derivatives,
  from: Float64Array,
  here: Derivatives,
  step: Float64Array,
  decrement: number,
): Minimum | null {
  for (let halving = 0, length = 1; halving < MOST_HALVINGS; halving++, length /= 2) {
    const point = from.map((value, index) => value - length * (step[index] ?? 0));
    const there = derivativesAt(point);
    const slack = ROUNDING * Math.abs(here.value);
    if (there.value <= here.value - (length * decrement) / 4 + slack) return { point, ...there };
  }
  return null;
}

function dampedFactor(hessian: Float64Array, size: number): Float64Array | null {
  let largest = 0;
  for (let at = 0; at < size; at++) largest = Math.max(largest, Math.abs(hessian[at * size + at] ?? 0));
  let damping = 0;
  for (let attempt = 0; attempt < MOST_DAMPINGS; attempt++) {
    const damped = hessian.map((value, at) => (at % (size + 1) === 0 ? value + damping : value));
    const factor = cholesky(damped, size);
    if (factor !== null) return factor;
    damping = damping === 0 ? 1e-3 * largest : 4 * damping;
  }
  return null;
}
