import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytePairDigest } from '../../../../src/engines/tokenizer/bytePairs.ts';
import { loadTokenizer } from '../../../../src/engines/tokenizer/loadTokenizer.ts';
import { createTokenizer, SPECIAL_NAMES } from '../../../../src/engines/tokenizer/tokenizer.ts';
import { anyText } from './anyText.ts';

const SHIPPED = new URL('../../../../model/tokenizer/merges.txt', import.meta.url);
const shipped = loadTokenizer(SHIPPED);
/** Tokens: 256 `he`, 257 `ll`, 258 `hell`, 259 ` w`, 260 the first two bytes of most emoji. */
const smallPairs = { preTokenizer: 'deepseek-coder', merges: ['h e', 'l l', 'he ll', 'Ġ w', 'ð Ł'] };
const small = createTokenizer(smallPairs);

function tokens(text: string): [string | Uint8Array, number][] {
  const { ids, ends } = small.encode(text);
  return Array.from(ids, (id, index) => [small.piece(id), ends[index]!]);
}

describe('createTokenizer', () => {
  it.each<[string, [string | Uint8Array, number][]]>([
    ['', []],
    [
      'hello',
      [
        ['hell', 4],
        ['o', 5],
      ],
    ],
    [
      'he w',
      [
        ['he', 2],
        [' w', 4],
      ],
    ],
    // Merges do not cross pieces: the space goes with `(`, and `l` and `l` are apart.
    [
      'l l (',
      [
        ['l', 1],
        [' ', 2],
        ['l', 3],
        [' ', 4],
        ['(', 5],
      ],
    ],
    [
      '\r\n',
      [
        ['\r', 1],
        ['\n', 2],
      ],
    ],
    // A token that completes no character has no width.
    [
      'é!',
      [
        [Uint8Array.of(0xc3), 0],
        [Uint8Array.of(0xa9), 1],
        ['!', 2],
      ],
    ],
    [
      'h😀',
      [
        ['h', 1],
        [Uint8Array.of(0xf0, 0x9f), 1],
        [Uint8Array.of(0x98), 1],
        [Uint8Array.of(0x80), 3],
      ],
    ],
    [
      '\ud83d',
      [
        [Uint8Array.of(0xef), 0],
        [Uint8Array.of(0xbf), 0],
        [Uint8Array.of(0xbd), 1],
      ],
    ],
  ])('encodes %j', (text, expected) => {
    expect(tokens(text)).toEqual(expected);
  });

  it('numbers the bytes, the merges, then the specials', () => {
    expect(small.vocabularySize).toBe(256 + 5 + 16);
    expect(small.special('<|endoftext|>')).toBe(261);
    expect(small.piece(small.special('<|fim_middle|>'))).toBe('<|fim_middle|>');
    expect(small.digest).toBe(bytePairDigest(smallPairs));
  });

  it('makes no special of text that looks like one', () => {
    const { ids } = shipped.encode(SPECIAL_NAMES.join(''));
    expect(Math.max(...ids)).toBeLessThan(shipped.special('<|endoftext|>'));
  });

  it('refuses unknown ids', () => {
    expect(() => small.piece(small.vocabularySize)).toThrow(RangeError);
    expect(() => small.decode([-1])).toThrow(RangeError);
  });

  it.each([
    ['unknown tokens', ['a bc']],
    ['a merge that is there twice', ['a b', 'a b']],
    ['a character outside the alphabet', ['a 漢']],
    ['no pair', ['ab']],
  ])('refuses %s', (_, merges) => {
    expect(() => createTokenizer({ preTokenizer: 'gpt-2', merges })).toThrow(RangeError);
  });

  it('gives a token that is made in two ways one id', () => {
    const tokenizer = createTokenizer({
      preTokenizer: 'gpt-2',
      merges: ['a b', 'b c', 'a bc', 'ab c', 'abc d'],
    });
    expect(tokenizer.vocabularySize).toBe(256 + 4 + 16);
    expect(tokenizer.encode('abcd').ids).toHaveLength(1);
    expect(tokenizer.encode('bc').ids).toHaveLength(1);
  });

  it('refuses what it cannot number, and ways of cutting that it does not know', () => {
    const merges = Array.from({ length: 2 ** 16 }, () => 'a b');
    expect(() => createTokenizer({ preTokenizer: 'gpt-2', merges })).toThrow(
      expect.objectContaining({ reason: 'unsupported' }),
    );
    expect(() => createTokenizer({ preTokenizer: 'unheard-of', merges: [] })).toThrow(
      expect.objectContaining({ reason: 'unsupported' }),
    );
  });
});

describe('the shipped tokenizer', () => {
  it('has 16,384 tokens, none of them twice', () => {
    expect(shipped.vocabularySize).toBe(16_384);
    const pieces = Array.from({ length: shipped.vocabularySize }, (_, id) => String(shipped.piece(id)));
    expect(new Set(pieces).size).toBe(16_384);
  });

  it('tiles any text and gives it back', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { ids, ends } = shipped.encode(text);
        expect(ids.length).toBe(ends.length);
        expect(ends.at(-1) ?? 0).toBe(text.length);
        expect(shipped.decode(ids)).toBe(text.toWellFormed());
        let start = 0;
        for (const [index, end] of ends.entries()) {
          expect(end).toBeGreaterThanOrEqual(start);
          const piece = shipped.piece(ids[index]!);
          // A token that is text by itself covers exactly that text.
          if (typeof piece === 'string') expect(text.slice(start, end).toWellFormed()).toBe(piece);
          start = end;
        }
      }),
      { numRuns: 2_000 },
    );
  });

  it('gives the same tokens whatever it encoded before', () => {
    fc.assert(
      fc.property(fc.array(anyText, { maxLength: 6 }), anyText, (before, text) => {
        const fresh = loadTokenizer(SHIPPED).encode(text);
        for (const other of before) shipped.encode(other);
        expect(shipped.encode(text)).toEqual(fresh);
      }),
      { numRuns: 20 },
    );
  });

  it('remembers no wrong tokens when its memory is full', () => {
    const letters = (index: number): string =>
      index.toString(16).replace(/\d/g, (digit) => 'ABCDEFGHIJ'.charAt(Number(digit)));
    const text = Array.from({ length: 70_000 }, (_, index) => letters(index)).join(' ');
    expect(shipped.decode(shipped.encode(text).ids)).toBe(text);
    expect(shipped.encode(text)).toEqual(shipped.encode(text));
  });

  it.each([
    ['    return self._name\n', ['   ', ' return', ' self', '.', '_', 'name', '\n']],
    ['if (a === b) {', ['if', ' (', 'a', ' ===', ' b', ')', ' {']],
    ['foo("x", y);', ['foo', '(', '"', 'x', '"', ',', ' y', ')', ';']],
    ['x => [x];', ['x', ' =>', ' [', 'x', ']', ';']],
  ])('keeps leaves apart in %j', (text, expected) => {
    expect(Array.from(shipped.encode(text).ids, (id) => shipped.piece(id))).toEqual(expected);
  });

  describe('endsIn', () => {
    it('says where the tokens of a text end, as encode does, where each is whole characters', () => {
      fc.assert(
        fc.property(anyText, (text) => {
          const { ids, ends } = shipped.encode(text);
          const areWhole = Array.from(ids, (id) => shipped.piece(id)).every((piece) => typeof piece === 'string');
          const isWellFormed = text === shipped.decode(ids);
          expect(shipped.endsIn(text, ids)).toEqual(areWhole && isWellFormed ? ends : null);
        }),
      );
    });

    it('is null for any other text', () => {
      const { ids } = small.encode('hello');
      expect(small.endsIn('hello', ids)).toEqual(Uint32Array.of(4, 5));
      for (const other of ['hell', 'hello!', 'hallo', '']) expect(small.endsIn(other, ids)).toBeNull();
      expect(small.endsIn('', new Uint16Array())).toEqual(new Uint32Array());
    });
  });
});
