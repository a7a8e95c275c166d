import { meanOfLowest } from './meanOf.ts';
import type { Signal } from './signal.ts';

const COUNT = 5;

/** Mean of the five highest entropies over the vocabulary, in nats; of all where there are fewer. */
export const highestEntropies: Signal = {
  name: 'highestEntropies',
  version: 1,
  level: 'region',
  inputs: ['entropiesNats'],
  direction: 'higher-is-riskier',
  range: { lowest: 0, highest: Infinity },
  source: 'arXiv 2606.09577',
  compute: ({ entropiesNats }) =>
    entropiesNats &&
    0 -
      meanOfLowest(
        entropiesNats.map((nats) => -nats),
        COUNT,
      ),
};
