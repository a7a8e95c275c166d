import { describe, expect, it } from 'vitest';
import { BYTE_OF_ID, ID_OF_BYTE, toAlphabet } from '../../../../src/engines/tokenizer/byteAlphabet.ts';

describe('the byte alphabet', () => {
  it.each([
    [' ', 'Ġ'],
    ['\n', 'Ċ'],
    ['\t', 'ĉ'],
    ['\r', 'č'],
    ['!', '!'],
    ['~', '~'],
    ['\x7f', 'ġ'],
    ['é', 'Ã©'],
    ['漢', 'æ¼¢'],
  ])('writes %j as %s', (text, written) => {
    expect(toAlphabet(new TextEncoder().encode(text))).toBe(written);
  });

  it('numbers the printing bytes first', () => {
    expect([...BYTE_OF_ID.slice(0, 2)]).toEqual([0x21, 0x22]);
    expect(ID_OF_BYTE[0x7e]).toBe(93);
    expect(ID_OF_BYTE[0xa1]).toBe(94);
    expect(ID_OF_BYTE[0xff]).toBe(187);
    expect(ID_OF_BYTE[0]).toBe(188);
    expect(ID_OF_BYTE[0x20]).toBe(220);
    expect(ID_OF_BYTE[0xad]).toBe(255);
  });

  it('has a character for each byte', () => {
    const written = toAlphabet(BYTE_OF_ID);
    expect(new Set(written).size).toBe(256);
    expect(Array.from(written).toSorted().join('')).toBe(written);
    expect(written).not.toMatch(/\s/);
  });
});
