import { describe, expect, it } from 'vitest';
import { commitWeights } from '../../../../src/core/risk/commitWeights.ts';

const at = (commit: string, atMs: number): { commit: string; atMs: number } => ({ commit, atMs });

describe('what outcomes count', () => {
  it('halves with each half-life, and is whole in the future', () => {
    const weights = commitWeights([at('a', 100), at('b', 90), at('c', 70), at('d', 200)], 100, {
      halfLifeMs: 10,
      intraclass: 0.3,
    });
    expect([...weights]).toEqual([1, 0.5, 0.125, 1]);
  });

  it('is shared within a commit', () => {
    const crowd = [at('a', 0), at('a', 0), at('a', 0), at('b', 0)];
    const weightsAt = (intraclass: number): number[] => [
      ...commitWeights(crowd, 9e15, { halfLifeMs: Infinity, intraclass }),
    ];
    expect(weightsAt(0)).toEqual([1, 1, 1, 1]);
    expect(weightsAt(0.5)).toEqual([0.5, 0.5, 0.5, 1]);
    expect(weightsAt(1)).toEqual([1 / 3, 1 / 3, 1 / 3, 1]);
  });

  it('refuses what is no half-life or correlation', () => {
    const badCall: unknown = expect.objectContaining({ reason: 'bad-call' });
    expect(() => commitWeights([], 0, { halfLifeMs: 0, intraclass: 0 })).toThrow(badCall);
    expect(() => commitWeights([], 0, { halfLifeMs: 1, intraclass: 1.1 })).toThrow(badCall);
    expect(() => commitWeights([], Number.NaN, { halfLifeMs: 1, intraclass: 0 })).toThrow(badCall);
  });
});
