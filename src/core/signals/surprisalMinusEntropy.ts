import type { Signal } from './signal.ts';

/**
 * Mean of -log p - H in nats: how much more surprising the tokens were than the model expected there. A text drawn from
 * the model itself has 0 on average, however hard its places are to predict.
 */
export const surprisalMinusEntropy: Signal = {
  name: 'surprisalMinusEntropy',
  version: 1,
  level: 'token',
  inputs: ['logprobsNats', 'entropiesNats'],
  direction: 'higher-is-riskier',
  range: { lowest: -Infinity, highest: Infinity },
  source: 'Meister et al. (local typicality), arXiv 2202.00666',
  compute: ({ logprobsNats, entropiesNats }) => {
    if (entropiesNats === undefined) return undefined;
    let sum = 0;
    for (const [index, logprob] of logprobsNats.entries()) sum -= logprob + (entropiesNats[index] ?? Number.NaN);
    return sum / logprobsNats.length;
  },
};
