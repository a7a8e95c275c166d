import { describe, expect, it } from 'vitest';
import { CandorError } from '../../../src/core/candorError.ts';
import { ScoredText } from '../../../src/core/scoredText.ts';
import { someSource } from './someSource.ts';

function scored(text: string, tokenEnds: number[], logprobsNats: number[]): ScoredText {
  return ScoredText.of({
    text,
    source: someSource,
    tokenEnds: Uint32Array.from(tokenEnds),
    measures: { logprobsNats: Float64Array.from(logprobsNats) },
  });
}

function reasonOf(build: () => unknown): unknown {
  try {
    build();
    return 'nothing thrown';
  } catch (error) {
    return error instanceof CandorError ? error.reason : error;
  }
}

describe('ScoredText', () => {
  it('gives tokens with their text, range and log-probability', () => {
    const text = scored('foo(bar)', [3, 4, 8], [-0.5, Number.NaN, 0]);
    expect(text.tokenCount).toBe(3);
    expect([...text.tokens()]).toEqual([
      { text: 'foo', start: 0, end: 3, logprobNats: -0.5 },
      { text: '(', start: 3, end: 4 },
      { text: 'bar)', start: 4, end: 8, logprobNats: 0 },
    ]);
    expect([text.tokenStart(1), text.tokenEnd(1)]).toEqual([3, 4]);
  });

  it('gives the alternatives of a token that has some', () => {
    const alternatives = new Map([[1, [{ text: 'b', logprobNats: -1 }]]]);
    const text = ScoredText.of({
      text: 'xa',
      source: someSource,
      tokenEnds: Uint32Array.of(1, 2),
      measures: { logprobsNats: Float64Array.of(-1, -2) },
      alternatives,
    });
    expect(text.token(0).alternatives).toBeUndefined();
    expect(text.token(1).alternatives).toEqual([{ text: 'b', logprobNats: -1 }]);
  });

  it('holds an empty text without tokens', () => {
    expect([...scored('', [], []).tokens()]).toEqual([]);
  });

  it.each([
    ['ends that stand still', () => scored('ab', [1, 1, 2], [0, 0, 0])],
    ['ends that fall', () => scored('ab', [2, 1], [0, 0])],
    ['a last end before the text ends', () => scored('ab', [1], [0])],
    ['a last end after the text ends', () => scored('ab', [3], [0])],
    ['a text without tokens', () => scored('ab', [], [])],
    ['too few log-probabilities', () => scored('ab', [1, 2], [0])],
    ['a log-probability above 0', () => scored('ab', [1, 2], [0, 0.1])],
    [
      'another column of the wrong length',
      () =>
        ScoredText.of({
          text: 'ab',
          source: someSource,
          tokenEnds: Uint32Array.of(2),
          measures: { logprobsNats: Float64Array.of(0), ranks: Float64Array.of(1, 1) },
        }),
    ],
  ])('refuses %s', (_, build) => {
    expect(reasonOf(build)).toBe('bad-input');
  });
});
