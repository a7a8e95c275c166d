import { toAlphabet } from './byteAlphabet.ts';
import { bytePairDigest, jsonDigest, type BytePairs } from './bytePairs.ts';

/** The keys below `tokenizer.ggml` that say how a GGUF file's model cuts text; source: the specification, docs/gguf.md. */
export interface GgufTokenizer {
  /** `gpt2` is byte-level byte-pair encoding, whatever the model's family. */
  readonly model: string;
  readonly pre?: string;
  readonly tokens: readonly string[];
  readonly token_type?: readonly number[];
  readonly scores?: readonly number[];
  readonly merges?: readonly string[];
  readonly add_space_prefix?: boolean;
  readonly remove_extra_whitespaces?: boolean;
}

/** Values of `tokenizer.ggml.token_type`. */
export const GGUF_TOKEN_TYPE = { unknown: 2, control: 3, userDefined: 4, unused: 5, byte: 6 } as const;

/**
 * How a model cuts text, where that is byte-pair encoding and nothing else; null for other kinds. Tokens that a person
 * defined are found in a text before any pair is merged, so a vocabulary with such tokens is of another kind; so is one
 * that lacks a byte or what a merge makes.
 */
export function ggufBytePairs({ model, pre, tokens, token_type, merges }: GgufTokenizer): BytePairs | null {
  if (model !== 'gpt2' || pre === undefined || merges === undefined) return null;
  if (token_type?.includes(GGUF_TOKEN_TYPE.userDefined) === true) return null;
  return isWhole(new Set(tokens), merges) ? { preTokenizer: pre, merges } : null;
}

/** Whether a vocabulary has every byte and what every merge makes, each merge of tokens made before it. */
function isWhole(tokens: ReadonlySet<string>, merges: readonly string[]): boolean {
  const bytes = Array.from({ length: 256 }, (_, byte) => toAlphabet(Uint8Array.of(byte)));
  if (!bytes.every((byte) => tokens.has(byte)) || new Set(merges).size < merges.length) return false;
  const made = new Set(bytes);
  return merges.every((merge) => {
    const [left = '', right = ''] = merge.split(' ', 2);
    const isPossible = made.has(left) && made.has(right) && tokens.has(left + right);
    made.add(left + right);
    return isPossible;
  });
}

/**
 * Names how a model cuts text. Byte-pair encoding has one digest wherever it is written down, so that engines over the same
 * tokens know each other; other kinds have the digest of their lists.
 */
export function ggufTokenizerDigest(gguf: GgufTokenizer): string {
  const pairs = ggufBytePairs(gguf);
  if (pairs !== null) return bytePairDigest(pairs);
  const { model, pre, tokens, token_type, scores, merges, add_space_prefix, remove_extra_whitespaces } = gguf;
  const lists = [tokens, token_type, scores, merges];
  return jsonDigest(['gguf', model, pre, ...lists, add_space_prefix, remove_extra_whitespaces]);
}
