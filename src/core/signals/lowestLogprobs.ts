import { LEAST_LOGPROB_NATS } from '../scoredRow.ts';
import { meanOfLowest } from './meanOf.ts';
import type { Signal } from './signal.ts';

const COUNT = 5;

/** Mean of the five lowest log-probabilities, in nats; of all where there are fewer. */
export const lowestLogprobs: Signal = {
  name: 'lowestLogprobs',
  version: 1,
  level: 'region',
  inputs: ['logprobsNats'],
  direction: 'higher-is-safer',
  range: { lowest: LEAST_LOGPROB_NATS, highest: 0 },
  source: 'arXiv 2604.06723',
  compute: ({ logprobsNats }) => meanOfLowest(logprobsNats, COUNT),
};
