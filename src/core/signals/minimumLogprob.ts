import { LEAST_LOGPROB_NATS } from '../scoredRow.ts';
import { meanOfLowest } from './meanOf.ts';
import type { Signal } from './signal.ts';

/** Log-probability of the least likely token, in nats. */
export const minimumLogprob: Signal = {
  name: 'minimumLogprob',
  version: 1,
  level: 'leaf',
  inputs: ['logprobsNats'],
  direction: 'higher-is-safer',
  range: { lowest: LEAST_LOGPROB_NATS, highest: 0 },
  source: 'arXiv 2604.06723',
  compute: ({ logprobsNats }) => meanOfLowest(logprobsNats, 1),
};
