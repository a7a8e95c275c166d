import type { Engine } from '../../../src/engines/engine.ts';
import type { Tokenizer } from '../../../src/engines/tokenizer/tokenizer.ts';
import type { Cloze } from './cloze.ts';

/** A model may write so much more than the truth, which shows whether it ends there. */
const SPARE_TOKENS = 8;

/**
 * Whether an engine writes, always its likeliest token, what was there: without a suffix up to the end of the line, with one
 * until it says that it is done. White space at the end is no part of it.
 */
export async function isMatched(engine: Engine, tokenizer: Tokenizer, cloze: Cloze): Promise<boolean> {
  const { path, prefix, suffix, truth } = cloze;
  const maxTokens = tokenizer.encode(truth).ids.length + SPARE_TOKENS;
  const place = suffix === undefined ? { path, prefix } : { path, prefix, suffix };
  const { text } = await engine.generate({ ...place, maxTokens, topK: 0 });
  const written = suffix === undefined ? text.replace(/[\r\n].*/s, '') : text;
  return written.trimEnd() === truth.trimEnd();
}
