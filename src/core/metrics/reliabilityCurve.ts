import { seededRandom } from '../seededRandom.ts';
import { checkProbabilities } from './checkProbabilities.ts';
import { drawCalibrated } from './drawCalibrated.ts';
import { quantile } from './quantile.ts';
import { recalibrate } from './recalibrate.ts';
import type { Tally } from './tallyLabels.ts';

/** A run of forecasts that the items give one and the same chance. */
export interface ReliabilityStep {
  /** The lowest and the highest forecast of the run. */
  readonly from: number;
  readonly to: number;
  /** The share of its items that are good. */
  readonly observed: number;
  readonly items: number;
}

/** Where the curve of a calibrated forecaster would lie, at one forecast. */
export interface BandPoint {
  readonly forecast: number;
  readonly low: number;
  readonly high: number;
}

export interface ReliabilityCurve {
  /** From the lowest forecasts to the highest; `observed` rises. */
  readonly steps: readonly ReliabilityStep[];
  /** Rising forecasts, at most 101 of them. */
  readonly band: readonly BandPoint[];
}

const MOST_BAND_POINTS = 101;
const BAND = 0.9;

/**
 * What came of each forecast: the CORP reliability curve (Dimitriadis, Gneiting and Jordan, PNAS 2021), and the 90 %
 * consistency band, in which at each single forecast the curve of a calibrated forecaster lies nine times in ten. Inside the band there is
 * no evidence of miscalibration, which is not evidence of calibration. The band takes labels for independent: where they
 * come in clusters, calibrated forecasts leave it more often.
 *
 * @param draws how many sets of labels the band is drawn from
 * @returns null where there is no item
 * @throws CandorError `bad-call` where a score is no probability
 */
export function reliabilityCurve(tally: Tally, seed: number, draws = 200): ReliabilityCurve | null {
  checkProbabilities(tally);
  const curve = recalibrate(tally);
  return curve && { steps: stepsOf(tally, curve), band: consistencyBand(tally, seed, draws) };
}

function stepsOf({ scores, goods, bads }: Tally, curve: Float64Array): readonly ReliabilityStep[] {
  const steps: ReliabilityStep[] = [];
  for (const [block, forecast] of scores.entries()) {
    const observed = curve[block] ?? Number.NaN;
    const items = (goods[block] ?? 0) + (bads[block] ?? 0);
    if (items === 0) continue;
    const last = steps.at(-1);
    if (last?.observed === observed) steps[steps.length - 1] = { ...last, to: forecast, items: last.items + items };
    else steps.push({ from: forecast, to: forecast, observed, items });
  }
  return steps;
}

function consistencyBand(tally: Tally, seed: number, draws: number): readonly BandPoint[] {
  const { scores, goods, bads } = tally;
  const taken = Array.from(scores.keys()).filter((block) => (goods[block] ?? 0) + (bads[block] ?? 0) > 0);
  const blocks = spread(taken, MOST_BAND_POINTS);
  const random = seededRandom(seed);
  const curves = Array.from({ length: draws }, () => {
    const drawn = recalibrate(drawCalibrated(tally, random));
    return blocks.map((block) => drawn?.[block] ?? 0);
  });
  return blocks.map((block, point) => {
    const values = curves.map((curve) => curve[point] ?? 0);
    const [low, high] = [quantile(values, (1 - BAND) / 2) ?? 0, quantile(values, (1 + BAND) / 2) ?? 1];
    return { forecast: scores[block] ?? 0, low, high };
  });
}

/** At most so many of the items, evenly over them, the first and the last included. */
function spread(items: readonly number[], most: number): readonly number[] {
  if (items.length <= most) return items;
  return Array.from({ length: most }, (_, index) => items[Math.round((index * (items.length - 1)) / (most - 1))] ?? 0);
}
