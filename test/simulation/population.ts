import type { SeededRandom } from '../../src/core/seededRandom.ts';
import { sigmoid } from '../../src/lab/classics/logit.ts';

/** Items whose scores are sigma(l), l normal with mean 2.4 and standard deviation 1.1, good with the chance given at l. */
export interface Population {
  readonly name: string;
  readonly chanceAt: (logOdds: number) => number;
}

const MEAN = 2.4;
const DEVIATION = 1.1;

/** Overconfident by a straight line of log-odds: what Platt's map can undo. Base rate .53. */
export const LINE: Population = { name: 'A', chanceAt: (l) => sigmoid(0.9 * l - 2) };

/** Two plateaus with a step between: what no line can undo. Base rate .40. */
export const PLATEAU: Population = { name: 'B', chanceAt: (l) => 0.15 + 0.6 * sigmoid(6 * (l - 2.6)) };

/** Scores that tell good from bad rather well; error rate .31. */
export const SELECTIVE: Population = { name: 'selective', chanceAt: (l) => sigmoid(1.6 * l - 2.6) };

/** Draws scores and labels. */
export function drawItems(
  population: Population,
  count: number,
  random: SeededRandom,
): { readonly scores: Float64Array; readonly labels: Uint8Array } {
  const logOdds = Float64Array.from({ length: count }, () => MEAN + DEVIATION * random.normal());
  return {
    scores: logOdds.map(sigmoid),
    labels: Uint8Array.from(logOdds, (l) => (random.uniform() < population.chanceAt(l) ? 1 : 0)),
  };
}

/** So many log-odds from 4.5 standard deviations below the mean to as many above, with their shares of the population. */
export function logOddsGrid(points: number): readonly { readonly logOdds: number; readonly weight: number }[] {
  const places = Array.from({ length: points }, (_, index) => ((index + 0.5) / points - 0.5) * 9);
  const densities = places.map((z) => Math.exp(-(z ** 2) / 2));
  const total = densities.reduce((sum, density) => sum + density, 0);
  return places.map((z, index) => ({ logOdds: MEAN + DEVIATION * z, weight: densities[index]! / total }));
}
