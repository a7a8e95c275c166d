import type { SeededRandom } from '../seededRandom.ts';
import type { Tally } from './tallyLabels.ts';

/** The same forecasts with labels that come true just as often as forecast, independently of each other. */
export function drawCalibrated({ scores, goods, bads }: Tally, { uniform }: SeededRandom): Tally {
  const drawnGoods = new Uint32Array(scores.length);
  const drawnBads = new Uint32Array(scores.length);
  for (let block = 0; block < scores.length; block++) {
    const all = (goods[block] ?? 0) + (bads[block] ?? 0);
    const probability = scores[block] ?? 0;
    let good = 0;
    for (let item = 0; item < all; item++) if (uniform() < probability) good++;
    drawnGoods[block] = good;
    drawnBads[block] = all - good;
  }
  return { scores, goods: drawnGoods, bads: drawnBads };
}
