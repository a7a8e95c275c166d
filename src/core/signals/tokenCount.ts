import type { Signal } from './signal.ts';

/** Number of scored tokens: the baseline that every other signal has to beat. */
export const tokenCount: Signal = {
  name: 'tokenCount',
  version: 1,
  level: 'leaf',
  inputs: ['logprobsNats'],
  direction: 'higher-is-riskier',
  range: { lowest: 1, highest: Infinity },
  source: 'Spiess et al., arXiv 2402.02047 (length as a control)',
  compute: ({ logprobsNats }) => logprobsNats.length,
};
