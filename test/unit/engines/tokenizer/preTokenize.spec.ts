import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { forEachPiece, pieceEndsByDefinition } from '../../../../src/engines/tokenizer/preTokenize.ts';
import { anyText } from './anyText.ts';

function pieces(text: string): string[] {
  const found: string[] = [];
  forEachPiece(text, (start, end) => found.push(text.slice(start, end)));
  return found;
}

function pieceEnds(text: string): number[] {
  const ends: number[] = [];
  forEachPiece(text, (_start, end) => ends.push(end));
  return ends;
}

describe('forEachPiece', () => {
  it.each<[string, string[]]>([
    ['', []],
    ['return x;', ['return', ' x', ';']],
    ['    return 10', ['   ', ' return', ' ', '1', '0']],
    ['\t\tif (a', ['\t', '\tif', ' (', 'a']],
    ['a\r\n\nb', ['a', '\r', '\n', '\n', 'b']],
    // `_` is punctuation; `=`, `<`, `>`, `+`, `$`, `|` are symbols and stay with the white space around them.
    ['self._x', ['self', '._', 'x']],
    ['x = 1', ['x', ' = ', '1']],
    ['x += y', ['x', ' +=', ' y']],
    ['a != b->c', ['a', ' !', '=', ' b', '-', '>', 'c']],
    ['f($x) | g', ['f', '(', '$', 'x', ')', ' |', ' g']],
    ['"a",  "b"', ['"', 'a', '",', ' ', ' "', 'b', '"']],
    ['\v\f x', ['\v\f', ' x']],
    // Ideographs are cut out of the letters, and from the space before them.
    ['var 漢字x = é', ['var', ' ', '漢字', 'x', ' =', ' é']],
    ['naïve — “so”', ['naïve', ' ', '—', ' ', '“', 'so', '”']],
    ['½ 😀a', ['½', ' 😀', 'a']],
    // U+3000 is white space although in the ideographs' range; U+0085 is white space, no line end; U+FEFF neither.
    ['漢\u3000字 \u0085a\ufeffb', ['漢', '\u3000', '字', ' ', '\u0085a', '\ufeff', 'b']],
    ['a\ud800b', ['a', '\ud800', 'b']],
  ])('splits %j', (text, expected) => {
    expect(pieces(text)).toEqual(expected);
  });

  it('gives the pieces of the definition for any text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(pieceEnds(text)).toEqual(pieceEndsByDefinition(text));
      }),
      { numRuns: 3_000 },
    );
  });

  it('gives the pieces of the definition for every short ASCII text of one character of each kind', () => {
    const kinds = ['a', '(', ' ', '\t', '7', '=', '\n'];
    let texts = [''];
    for (let length = 1; length <= 5; length++) {
      texts = texts.flatMap((text) => kinds.map((kind) => text + kind));
      for (const text of texts) expect(pieceEnds(text)).toEqual(pieceEndsByDefinition(text));
    }
  });

  it('gives the pieces of the definition for this repository', () => {
    const root = join(import.meta.dirname, '../../../../src');
    for (const path of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
      if (!path.endsWith('.ts')) continue;
      const text = readFileSync(join(root, path), 'utf8');
      expect(pieceEnds(text)).toEqual(pieceEndsByDefinition(text));
    }
  });
});
