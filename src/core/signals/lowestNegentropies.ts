import { negentropiesOf } from './choicesOf.ts';
import { meanOfLowest } from './meanOf.ts';
import type { Signal } from './signal.ts';

const COUNT = 5;

/**
 * Mean of the five lowest negentropies, of all where there are fewer. With k choices everywhere it orders texts as the
 * five highest entropies over these choices do, so it is what `highestEntropies` is without the whole vocabulary.
 */
export const lowestNegentropies: Signal = {
  name: 'lowestNegentropies',
  version: 1,
  level: 'region',
  inputs: ['logprobsNats', 'alternatives'],
  direction: 'higher-is-safer',
  range: { lowest: 0, highest: 1 },
  source: 'arXiv 2606.09577, on the scale of arXiv 2504.19254',
  compute: (view) => {
    const negentropies = negentropiesOf(view);
    return negentropies && meanOfLowest(negentropies, COUNT);
  },
};
