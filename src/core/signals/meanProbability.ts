import { meanOf } from './meanOf.ts';
import type { Signal } from './signal.ts';

/** Arithmetic mean of the tokens' probabilities. */
export const meanProbability: Signal = {
  name: 'meanProbability',
  version: 1,
  level: 'token',
  inputs: ['logprobsNats'],
  direction: 'higher-is-safer',
  range: { lowest: 0, highest: 1 },
  source: 'Spiess et al., arXiv 2402.02047',
  compute: ({ logprobsNats }) => meanOf(logprobsNats, Math.exp),
};
