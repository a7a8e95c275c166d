import { forEachGpt2Piece, forEachStarcoderPiece } from './gpt2Pieces.ts';
import { forEachPiece, PRE_TOKENIZER_NAME, type PieceVisitor } from './preTokenize.ts';

/** Cuts a text into the pieces that merges never cross, in order; they tile it. */
export type PreTokenizer = (text: string, visit: PieceVisitor) => void;

/**
 * The pre-tokenizers that we have, by the names that GGUF files give them (`tokenizer.ggml.pre`). Several names are of
 * the same rule in llama.cpp (src/llama-vocab.cpp, commit 0c4093cc).
 */
const PRE_TOKENIZERS: ReadonlyMap<string, PreTokenizer> = new Map([
  [PRE_TOKENIZER_NAME, forEachPiece],
  ...['gpt-2', 'phi-2', 'mellum'].map((name) => [name, forEachGpt2Piece] as const),
  ...['starcoder', 'refact', 'smollm', 'codeshell'].map((name) => [name, forEachStarcoderPiece] as const),
]);

/** The pre-tokenizer of a name; undefined for those that we do not have. */
export function preTokenizerOf(name: string): PreTokenizer | undefined {
  return PRE_TOKENIZERS.get(name);
}
