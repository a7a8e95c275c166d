import type { Tokenizer } from '../../src/engines/tokenizer/tokenizer.ts';
import type { Hole } from './statementHoles.ts';

/** Tokens of an excerpt that are not text: its boundary and what begins each of its three parts. */
const FRAME_TOKENS = 4;

/**
 * A text with one stretch taken out, as a model learns to fill it in: prefix, suffix, then what was between (PSM order,
 * Bavarian et al. 2022), each begun by its special token.
 *
 *     <|endoftext|> <|fim_prefix|> ... <|fim_suffix|> ... <|fim_middle|> ...
 *
 * Where the text is longer than the context, what stands nearest to the hole is kept, on both sides alike as far as there is so
 * much on both.
 * @returns token ids, at most `contextTokens` of them; null where the hole alone would take more than half of the context
 */
export function fillInExcerpt(
  tokenizer: Tokenizer,
  text: string,
  hole: Hole,
  contextTokens: number,
): Uint16Array | null {
  const middle = tokenizer.encode(text.slice(hole.start, hole.end)).ids;
  const room = contextTokens - FRAME_TOKENS - middle.length;
  if (middle.length === 0 || room < contextTokens / 2) return null;
  const before = tokenizer.encode(text.slice(0, hole.start)).ids;
  const after = tokenizer.encode(text.slice(hole.end)).ids;
  const suffixLength = Math.min(after.length, Math.max(Math.floor(room / 2), room - before.length));
  const prefix = before.subarray(Math.max(0, before.length - (room - suffixLength)));
  return Uint16Array.of(
    tokenizer.special('<|endoftext|>'),
    tokenizer.special('<|fim_prefix|>'),
    ...prefix,
    tokenizer.special('<|fim_suffix|>'),
    ...after.subarray(0, suffixLength),
    tokenizer.special('<|fim_middle|>'),
    ...middle,
  );
}
