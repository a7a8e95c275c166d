import type { Source } from '../../core/words.ts';

/**
 * Whose numbers may be averaged: equal for Sources that differ in nothing but in what an engine had learned, which differs each time.
 * Distributions never mix.
 */
export function modelKey(source: Source): string {
  const { engine, model, tokenizer, distribution, vocabulary, mode, contextPolicy } = source;
  return JSON.stringify([engine, model, tokenizer, distribution, vocabulary, mode, contextPolicy]);
}
