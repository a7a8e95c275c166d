import { choicesOf } from './choicesOf.ts';
import type { Signal } from './signal.ts';

/** Mean distance between the probabilities of the two likeliest choices, whichever of them was written. */
export const topTwoMargin: Signal = {
  name: 'topTwoMargin',
  version: 1,
  level: 'token',
  inputs: ['logprobsNats', 'alternatives'],
  direction: 'higher-is-safer',
  range: { lowest: 0, highest: 1 },
  source: 'Bouchard and Chauhan (UQLM), arXiv 2504.19254',
  compute: (view) => {
    const choices = choicesOf(view);
    if (choices === undefined) return undefined;
    let sum = 0;
    for (const [first = 0, second = 0] of choices) sum += first - second;
    return sum / choices.length;
  },
};
