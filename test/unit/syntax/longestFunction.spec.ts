import { describe, expect, it } from 'vitest';
import { longestFunction } from '../../../src/syntax/longestFunction.ts';

const HEADER = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];
const TYPES = [1, 4, 1, 0x60, 0, 0];
const FUNCTIONS = [3, 4, 3, 0, 0, 0];
const END = 0x0b;
const NOP = 0x01;

/** A body: no locals, some instructions that do nothing, the end. */
function body(nops: number): readonly number[] {
  return [0, ...Array.from({ length: nops }, () => NOP), END];
}

describe('longestFunction', () => {
  it('finds the longest body in the code section', () => {
    // 3 bodies of 2, 202 (two bytes of LEB128: 202 = 74 + 1 x 128) and 5 bytes; with their sizes and the count 214 = 86 + 1 x 128.
    const code = [10, 214, 1, 3, 2, ...body(0), 202, 1, ...body(200), 5, ...body(3)];
    const module = Uint8Array.from([...HEADER, ...TYPES, ...FUNCTIONS, ...code]);
    expect(WebAssembly.validate(module)).toBe(true);
    expect(longestFunction(module)).toBe(202);
  });

  it('is 0 where there is no code', () => {
    expect(longestFunction(Uint8Array.from(HEADER))).toBe(0);
    expect(longestFunction(Uint8Array.from([...HEADER, ...TYPES]))).toBe(0);
  });

  it('refuses a module that ends too early', () => {
    const cut = Uint8Array.from([...HEADER, ...TYPES, ...FUNCTIONS, 10, 214, 1, 3, 2]);
    expect(() => longestFunction(cut)).toThrow(RangeError);
  });
});
