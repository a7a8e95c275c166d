import { meanOf } from './meanOf.ts';
import type { Signal } from './signal.ts';

/**
 * Mean of ln(rank): 0 where every token was the model's first choice. The logarithm, because ranks run to the size of
 * the vocabulary, and in a plain mean a single rare name would be all that counts.
 */
export const meanLogRank: Signal = {
  name: 'meanLogRank',
  version: 1,
  level: 'token',
  inputs: ['ranks'],
  direction: 'higher-is-riskier',
  range: { lowest: 0, highest: Infinity },
  source: 'Gehrmann et al., arXiv 1906.04043; Mitchell et al., arXiv 2301.11305',
  compute: ({ ranks }) => ranks && meanOf(ranks, Math.log),
};
