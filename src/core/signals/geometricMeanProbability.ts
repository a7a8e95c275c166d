import { meanOf } from './meanOf.ts';
import type { Signal } from './signal.ts';

/** Geometric mean of the tokens' probabilities: the probability of the whole, made independent of its length. */
export const geometricMeanProbability: Signal = {
  name: 'geometricMeanProbability',
  version: 1,
  level: 'leaf',
  inputs: ['logprobsNats'],
  direction: 'higher-is-safer',
  range: { lowest: 0, highest: 1 },
  source: 'arXiv 2510.22614',
  compute: ({ logprobsNats }) => Math.exp(meanOf(logprobsNats, (logprob) => logprob)),
};
