import { CandorError } from '../candorError.ts';
import { checkProbabilities } from './checkProbabilities.ts';
import { tallyTotals, type Tally } from './tallyLabels.ts';

/** The bin, from 0, of each score of a tally. */
export type CalibrationBins = Uint8Array;

const MOST_BINS = 255;

/**
 * Bins of equal width: [0, 0.1), [0.1, 0.2), ..., [0.9, 1] for ten.
 *
 * @param bins from 1 to 255
 * @throws CandorError `bad-call` on another number of bins, or where a score is no probability
 */
export function equalWidthBins(tally: Tally, bins = 10): CalibrationBins {
  checkBins(bins);
  checkProbabilities(tally);
  return Uint8Array.from(tally.scores, (score) => Math.min(bins - 1, Math.floor(bins * score)));
}

/**
 * Bins that hold about as many items each, from the lowest scores to the highest. Tied items share the bin where their middle
 * lies, so with many ties bins are uneven and some may be empty.
 *
 * @param bins from 1 to 255
 * @throws CandorError `bad-call` on another number of bins
 */
export function equalMassBins(tally: Tally, bins = 10): CalibrationBins {
  checkBins(bins);
  const { good, bad } = tallyTotals(tally);
  let below = 0;
  return Uint8Array.from(tally.scores, (_, block) => {
    const items = (tally.goods[block] ?? 0) + (tally.bads[block] ?? 0);
    const middle = below + items / 2;
    below += items;
    return Math.min(bins - 1, Math.floor((bins * middle) / Math.max(1, good + bad)));
  });
}

function checkBins(bins: number): void {
  if (Number.isInteger(bins) && bins >= 1 && bins <= MOST_BINS) return;
  throw new CandorError('bad-call', `There can be 1 to ${MOST_BINS} bins: ask for so many.`);
}
