import { checkProbabilities } from './checkProbabilities.ts';
import type { Tally } from './tallyLabels.ts';

/** Residuals are gathered at the multiples of 1 / GRID; the smoothed ones are read at those of STRIDE / GRID. */
const GRID = 4096;
const STRIDE = 4;

/** A smoothing width below half a step of the reading grid could not be told from none: there series of cosines end. */
const MOST_TERMS = 2048;

/** Terms beyond this many standard deviations of the damping Gaussian are below 1e-10. */
const DAMPING_REACH = 7;

/** Each halves the interval: 2^-16 is exact enough for any use. */
const HALVINGS = 16;

/** cos(pi j / GRID): one whole turn. */
const COSINES = Float64Array.from({ length: 2 * GRID }, (_, step) => Math.cos((Math.PI * step) / GRID));
const TURN = 2 * GRID - 1;

/**
 * The smooth expected calibration error (Blasiok and Nakkiran, arXiv 2309.12836): the residuals label - probability are
 * smoothed over [0, 1] by a Gaussian that is reflected at both ends, with the one width sigma at which the integral of their
 * absolute value is sigma itself. No bins, and continuous in the forecasts. A calibrated forecaster does not reach 0.
 *
 * The reflected Gaussian is the heat kernel of [0, 1] with insulated ends, so in the cosine series of the residuals it just
 * damps the k-th term by exp(-(pi k sigma)^2 / 2).
 *
 * @returns in [0, 1], to about 1e-4; null where there is no item
 * @throws CandorError `bad-call` where a score is no probability
 */
export function smoothEce(tally: Tally): number | null {
  checkProbabilities(tally);
  const residuals = residualsOnGrid(tally);
  if (residuals === null) return null;
  if (residuals.every((residual) => residual === 0)) return 0;
  const coefficients: number[] = [];
  const coefficient = (term: number): number => (coefficients[term] ??= cosineCoefficient(residuals, term));
  let [low, high] = [0, 1];
  for (let halving = 0; halving < HALVINGS; halving++) {
    const middle = (low + high) / 2;
    // Smoothing only lowers the integral, so there is one crossing.
    if (smoothedError(coefficient, middle) > middle) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

/** The sum of residuals near each point of the grid, by the number of items; each is shared between its two neighbours. */
function residualsOnGrid({ scores, goods, bads }: Tally): Float64Array | null {
  const residuals = new Float64Array(GRID + 1);
  let items = 0;
  for (let block = 0; block < scores.length; block++) {
    const [good, bad] = [goods[block] ?? 0, bads[block] ?? 0];
    const probability = scores[block] ?? 0;
    const residual = good * (1 - probability) - bad * probability;
    const below = Math.min(GRID - 1, Math.floor(probability * GRID));
    const share = probability * GRID - below;
    residuals[below] = (residuals[below] ?? 0) + (1 - share) * residual;
    residuals[below + 1] = (residuals[below + 1] ?? 0) + share * residual;
    items += good + bad;
  }
  return items === 0 ? null : residuals.map((residual) => residual / items);
}

function cosineCoefficient(residuals: Float64Array, term: number): number {
  let sum = 0;
  for (let point = 0; point < residuals.length; point++) {
    sum += (residuals[point] ?? 0) * (COSINES[(term * point) & TURN] ?? 0);
  }
  return term === 0 ? sum : 2 * sum;
}

/** The integral over [0, 1] of the absolute value of the smoothed residuals, by the trapezium rule. */
function smoothedError(coefficient: (term: number) => number, sigma: number): number {
  const terms = Math.min(MOST_TERMS, Math.ceil(DAMPING_REACH / (Math.PI * sigma)));
  const damped = Float64Array.from(
    { length: terms },
    (_, term) => coefficient(term) * Math.exp(-((Math.PI * term * sigma) ** 2) / 2),
  );
  let total = 0;
  for (let point = 0; point <= GRID; point += STRIDE) {
    let smoothed = 0;
    for (let term = 0; term < terms; term++) smoothed += (damped[term] ?? 0) * (COSINES[(term * point) & TURN] ?? 0);
    total += Math.abs(smoothed) * (point === 0 || point === GRID ? 0.5 : 1);
  }
  return (total * STRIDE) / GRID;
}
