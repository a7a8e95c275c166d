/**
 * How a piece of text can go on a leaf. A word goes on with letters, digits, `_` and `$`, an operator with operator
 * signs; any other sign is a leaf by itself.
 */
export type LexemeKind = 'word' | 'operator' | 'sign';

const WORD = /^[\p{L}\p{N}_$]+$/u;
const OPERATOR = /^[-=<>!&|+*/%^?:~.]{1,4}$/;
const SIGN = /^[^\s\p{L}\p{N}]$/u;

/** The kind of leaf that a text is or begins; null for layout, for several leaves, and for the inside of a string. */
export function lexemeKind(text: string): LexemeKind | null {
  if (WORD.test(text)) return 'word';
  if (OPERATOR.test(text)) return 'operator';
  return SIGN.test(text) ? 'sign' : null;
}

/** A vocabulary and, worked out once, the kind of each of its pieces. */
export interface Lexicon {
  /** Text of each token id; null for specials and for fragments of characters. */
  readonly pieces: readonly (string | null)[];
  readonly kinds: readonly (LexemeKind | null)[];
}

export function lexiconOf(pieces: readonly (string | null)[]): Lexicon {
  return { pieces, kinds: pieces.map((piece) => (piece === null ? null : lexemeKind(piece))) };
}
