import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeUtf8, encodeUtf8, INSIDE_CHARACTER, utf8TextOf } from '../../../src/core/utf8.ts';

const anyText = fc.string({
  unit: fc.constantFrom('a', '\r\n', 'é', '漢', '😀', '\ud83d', '\ude00', '\ufeff', '\u{10ffff}'),
});

const anyUnits = fc.array(fc.nat(0xffff)).map((units) => String.fromCharCode(...units));

describe('encodeUtf8', () => {
  it('agrees with the platform for every text, lone surrogates included', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, anyUnits), (text) => {
        expect(encodeUtf8(text).join()).toBe(new TextEncoder().encode(text).join());
      }),
    );
  });

  it.each([
    ['', []],
    ['a', [0x61]],
    ['é', [0xc3, 0xa9]],
    ['漢', [0xe6, 0xbc, 0xa2]],
    ['😀', [0xf0, 0x9f, 0x98, 0x80]],
    ['\ud83d', [0xef, 0xbf, 0xbd]],
    ['\ude00\ud83d', [0xef, 0xbf, 0xbd, 0xef, 0xbf, 0xbd]],
  ])('writes %j', (text, bytes) => {
    expect([...encodeUtf8(text)]).toEqual(bytes);
  });
});

describe('decodeUtf8', () => {
  it('agrees with the platform for every byte sequence', () => {
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    const edgeBytes = fc.constantFrom(
      ...[0x61, 0x80, 0x8f, 0x90, 0x9f, 0xa0, 0xbf, 0xc0, 0xc1, 0xc2, 0xdf, 0xe0, 0xed, 0xef, 0xf0, 0xf4, 0xf5, 0xff],
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(edgeBytes, fc.nat(255)), { maxLength: 12 }), (bytes) => {
        expect(decodeUtf8(Uint8Array.from(bytes))).toBe(decoder.decode(Uint8Array.from(bytes)));
      }),
      { numRuns: 2000 },
    );
  });
});

describe('utf8TextOf', () => {
  it('maps byte offsets to UTF-16 offsets and knows which lie inside a character', () => {
    const inside = INSIDE_CHARACTER;
    expect([...utf8TextOf('aé😀').utf16Offsets]).toEqual([0, 1, inside, 2, inside, inside, inside, 4]);
    expect([...utf8TextOf('').utf16Offsets]).toEqual([0]);
  });

  it('gives each place between two characters its byte offset', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const { utf16Offsets } = utf8TextOf(text);
        let units = 0;
        let bytes = 0;
        for (const character of text) {
          expect(utf16Offsets[bytes]).toBe(units);
          units += character.length;
          bytes += encodeUtf8(character).length;
        }
        expect(utf16Offsets[bytes]).toBe(text.length);
        expect(utf16Offsets.filter((offset) => offset !== INSIDE_CHARACTER).length).toBe(Array.from(text).length + 1);
      }),
    );
  });
});
