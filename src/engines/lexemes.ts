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

/** How a run of tokens goes on: with what is missing of the text before a leaf, and then with one leaf. */
export interface GoingOn {
  /** Of the text before the leaf; empty once there is all of it. */
  readonly missing: string;
  /** Of the leaf, where it has begun. */
  readonly kind: LexemeKind | null;
}

/** Whether a token goes on so. @param piece its text; null where it has none */
export function goesOn({ missing, kind }: GoingOn, piece: string | null): boolean {
  if (piece === null || piece === '') return false;
  if (kind !== null) return lexemeKind(piece) === kind;
  if (missing.startsWith(piece)) return true;
  return piece.startsWith(missing) && lexemeKind(piece.slice(missing.length)) !== null;
}

/** The texts of a vocabulary's tokens, and which of them go on how. */
export interface Lexicon {
  /** Text of each token id; null for specials and for fragments of characters. */
  readonly pieces: readonly (string | null)[];
  /** Ids, rising. They are looked for once. */
  readonly tokensThat: (goingOn: GoingOn) => Uint32Array;
}

/** Texts before leaves are mostly one blank, or none. */
const MOST_KNOWN = 50;

export function lexiconOf(pieces: readonly (string | null)[]): Lexicon {
  const known = new Map<string, Uint32Array>();
  return {
    pieces,
    tokensThat(goingOn) {
      const key = goingOn.kind ?? ` ${goingOn.missing}`;
      const found =
        known.get(key) ?? Uint32Array.from(pieces.keys()).filter((token) => goesOn(goingOn, pieces[token] ?? null));
      if (known.size >= MOST_KNOWN) known.clear();
      known.set(key, found);
      return found;
    },
  };
}
