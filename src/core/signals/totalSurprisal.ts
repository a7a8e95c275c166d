import type { Signal } from './signal.ts';

/**
 * Surprisal of the whole in nats, the sum of -log p: G-NLL where the text is the model's greedy output. It grows with
 * every token, so `tokenCount` always stands beside it.
 */
export const totalSurprisal: Signal = {
  name: 'totalSurprisal',
  version: 1,
  level: 'leaf',
  inputs: ['logprobsNats'],
  direction: 'higher-is-riskier',
  range: { lowest: 0, highest: Infinity },
  source: 'Aichberger et al., arXiv 2412.15176',
  compute: ({ logprobsNats }) => logprobsNats.reduce((sum, logprob) => sum - logprob, 0),
};
