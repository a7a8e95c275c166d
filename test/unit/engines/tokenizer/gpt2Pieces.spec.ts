import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forEachGpt2Piece, forEachStarcoderPiece } from '../../../../src/engines/tokenizer/gpt2Pieces.ts';
import type { PreTokenizer } from '../../../../src/engines/tokenizer/preTokenizers.ts';
import { anyText } from './anyText.ts';

function pieces(text: string, forEachPiece: PreTokenizer): string[] {
  const found: string[] = [];
  forEachPiece(text, (start, end) => found.push(text.slice(start, end)));
  return found;
}

describe('forEachGpt2Piece', () => {
  it.each<[string, string[]]>([
    ['', []],
    ['return x;', ['return', ' x', ';']],
    // The last character of white space is left to what follows it, and goes with it if it is a space.
    ['a\n    return 10', ['a', '\n   ', ' return', ' 10']],
    ['a\n\tb \n', ['a', '\n', '\t', 'b', ' \n']],
    ['self._x += 1', ['self', '._', 'x', ' +=', ' 1']],
    ["it's we'll 'tis 'x", ['it', "'s", ' we', "'ll", " '", 'tis', " '", 'x']],
    ["IT'S", ['IT', "'", 'S']],
    ['漢\u3000字\u00a0é½', ['漢', '\u3000', '字', '\u00a0', 'é', '½']],
    ['a\ud800b 😀', ['a', '\ud800', 'b', ' 😀']],
  ])('splits %j', (text, expected) => {
    expect(pieces(text, forEachGpt2Piece)).toEqual(expected);
  });
});

describe('forEachStarcoderPiece', () => {
  it.each<[string, string[]]>([
    ['x1 = 10', ['x', '1', ' =', ' ', '1', '0']],
    // A stretch before a digit ends there: nothing is left to the digit.
    ['a   7  b', ['a', '   ', '7', ' ', ' b']],
    ['½ ①', ['½', ' ', '①']],
  ])('splits %j', (text, expected) => {
    expect(pieces(text, forEachStarcoderPiece)).toEqual(expected);
  });
});

describe('the pieces', () => {
  it.each([
    ['gpt-2', forEachGpt2Piece],
    ['starcoder', forEachStarcoderPiece],
  ])('of %s tile any text', (_, forEachPiece) => {
    fc.assert(
      fc.property(anyText, (text) => {
        let last = 0;
        forEachPiece(text, (start, end) => {
          expect(start).toBe(last);
          expect(end).toBeGreaterThan(start);
          last = end;
        });
        expect(last).toBe(text.length);
      }),
    );
  });
});
