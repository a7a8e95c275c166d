import { describe, expect, it } from 'vitest';
import { promptTokens } from '../../../../src/engines/llama/writeTokens.ts';

const SIGNS = { prefix: -1, suffix: -2, middle: -3 };
const PREFIX = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const SUFFIX = [21, 22, 23, 24, 25, 26, 27, 28, 29, 30];

describe('a prompt', () => {
  it('is the start and the prefix, or both sides of the middle', () => {
    const model = { contextTokens: 100, startToken: 0 };
    expect(promptTokens({ prefix: [1, 2] }, SIGNS, model, 10)).toEqual([0, 1, 2]);
    expect(promptTokens({ prefix: [1], suffix: [2] }, SIGNS, model, 10)).toEqual([0, -1, 1, -2, 2, -3]);
    expect(promptTokens({ prefix: [1] }, SIGNS, { contextTokens: 100, startToken: null }, 10)).toEqual([1]);
    const begun = { prefix: [1], suffix: [2], middle: [3, 4] };
    expect(promptTokens(begun, SIGNS, model, 10)).toEqual([0, -1, 1, -2, 2, -3, 3, 4]);
    expect(promptTokens({ ...begun, suffix: SUFFIX }, SIGNS, { ...model, contextTokens: 14 }, 2)).toEqual([
      0, -1, 1, -2, 21, 22, 23, 24, 25, -3, 3, 4,
    ]);
  });

  it('keeps what lies next to the place to write at, and room for what is written', () => {
    const model = { contextTokens: 16, startToken: 0 };
    expect(promptTokens({ prefix: PREFIX }, SIGNS, model, 11)).toEqual([0, 7, 8, 9, 10]);
    expect(promptTokens({ prefix: PREFIX, suffix: SUFFIX }, SIGNS, model, 4)).toEqual([
      0, -1, 5, 6, 7, 8, 9, 10, -2, 21, 22, -3,
    ]);
    expect(promptTokens({ prefix: [1], suffix: SUFFIX }, SIGNS, model, 4)).toEqual([
      0, -1, 1, -2, 21, 22, 23, 24, 25, 26, 27, -3,
    ]);
  });
});
