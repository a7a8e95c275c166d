import { describe, expect, it } from 'vitest';
import { byteStringOf, REPLACEMENT_BYTES, utf8StringOf } from '../../../src/core/byteString.ts';

describe('byte strings', () => {
  it('have one unit for each byte', () => {
    expect(byteStringOf([0, 0x61, 0xff])).toBe('\0a\xff');
    expect(byteStringOf(new Uint8Array(10_000).fill(0x61))).toBe('a'.repeat(10_000));
    expect(utf8StringOf('aé')).toBe('a\xc3\xa9');
    expect(utf8StringOf('\ufffd')).toBe(REPLACEMENT_BYTES);
  });

  it('take the lowest eight bits of what is no byte', () => {
    expect(byteStringOf([-1, 300, Number.NaN])).toBe('\xff\x2c\0');
  });
});
