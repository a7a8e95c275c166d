import { negentropiesOf } from './choicesOf.ts';
import { meanOf } from './meanOf.ts';
import type { Signal } from './signal.ts';

/** Mean of 1 - H / ln k over the k known choices: 0 where all are equally likely, 1 where one has everything. */
export const meanNegentropy: Signal = {
  name: 'meanNegentropy',
  version: 1,
  level: 'token',
  inputs: ['logprobsNats', 'alternatives'],
  direction: 'higher-is-safer',
  range: { lowest: 0, highest: 1 },
  source: 'Bouchard and Chauhan (UQLM), arXiv 2504.19254',
  compute: (view) => {
    const negentropies = negentropiesOf(view);
    return negentropies && meanOf(negentropies, (negentropy) => negentropy);
  },
};
