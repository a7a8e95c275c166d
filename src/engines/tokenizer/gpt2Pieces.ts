import type { PieceVisitor } from './preTokenize.ts';

/**
 * Pre-tokenisation as in GPT-2, and with each digit a piece of its own: the pieces of llama.cpp's pre-tokenizer types
 * `gpt-2` and `starcoder`.
 *
 * The expression is that of Radford et al., "Language Models are Unsupervised Multitask Learners", 2019. It leaves no
 * character out, so its matches tile the text. llama.cpp applies the same by hand (src/unicode.cpp,
 * unicode_regex_split_custom_gpt2; commit 0c4093cc): `\s` is Unicode's White_Space, which ECMAScript's `\s` is not; only a
 * space, U+0020, goes with what follows; of white space before something else the last character is left to it. Bytes that are
 * no UTF-8 become U+FFFD, which is of the kind that a lone surrogate is for us: neither letter, number nor white space.
 */
const GPT2 =
  /'(?:[stmd]|re|ve|ll)| ?\p{L}+| ?\p{N}+| ?[^\p{White_Space}\p{L}\p{N}]+|\p{White_Space}+(?!\P{White_Space})|\p{White_Space}+/gu;

/** Visits the pieces of `gpt-2` in order; they tile the text. */
export function forEachGpt2Piece(text: string, visit: PieceVisitor): void {
  GPT2.lastIndex = 0;
  for (let start = 0; GPT2.test(text); start = GPT2.lastIndex) visit(start, GPT2.lastIndex);
}

/** Visits the pieces of `starcoder` in order: of each number character, and of the stretches between them as if alone. */
export function forEachStarcoderPiece(text: string, visit: PieceVisitor): void {
  let start = 0;
  for (const { 0: digit, index } of text.matchAll(/\p{N}/gu)) {
    visitStretch(text, start, index, visit);
    start = index + digit.length;
    visit(index, start);
  }
  visitStretch(text, start, text.length, visit);
}

function visitStretch(text: string, start: number, end: number, visit: PieceVisitor): void {
  forEachGpt2Piece(text.slice(start, end), (from, to) => {
    visit(start + from, start + to);
  });
}
