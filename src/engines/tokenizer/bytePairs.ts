import { createHash } from 'node:crypto';

/** All that says how a byte-level byte-pair encoding cuts a text. */
export interface BytePairs {
  /** The pre-tokenizer's name in GGUF files, such as `deepseek-coder`. */
  readonly preTokenizer: string;
  /** `left right` in the byte alphabet, in the order they were learned. */
  readonly merges: readonly string[];
}

/**
 * Names a byte-pair encoding: SHA-256, in hex, of what cuts a text. Two tokenizers of one digest cut every text at the
 * same places, whatever numbers they give the tokens and whatever specials they have: no text yields those.
 */
export function bytePairDigest({ preTokenizer, merges }: BytePairs): string {
  return jsonDigest(['bpe', preTokenizer, merges]);
}

/** SHA-256, in hex, of a value's JSON. */
export function jsonDigest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
