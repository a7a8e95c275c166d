import { meanOf } from './meanOf.ts';
import type { Signal } from './signal.ts';

/** Where n-gram models of code stop gaining: cross-entropy levels off at orders 3 to 4 (Hindle et al.). */
const CONTEXT_TOKENS = 3;

/**
 * Share of the tokens that had been seen before after the same three tokens, or more. A share and no mean length, for one
 * long copy would outweigh everything new; three tokens, for shorter contexts are met by punctuation alone.
 */
export const seenBefore: Signal = {
  name: 'seenBefore',
  version: 1,
  level: 'token',
  inputs: ['seenContexts'],
  direction: 'higher-is-safer',
  range: { lowest: 0, highest: 1 },
  source: 'Hindle et al., On the Naturalness of Software, ICSE 2012',
  // NaN, never seen, is not at least anything.
  compute: ({ seenContexts }) => seenContexts && meanOf(seenContexts, (length) => (length >= CONTEXT_TOKENS ? 1 : 0)),
};
