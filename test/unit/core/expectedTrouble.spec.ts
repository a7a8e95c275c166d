import { describe, expect, it } from 'vitest';
import { expectedTroublePerToken } from '../../../src/core/expectedTrouble.ts';
import type { Assessment, Judgement } from '../../../src/core/words.ts';

const basis: Judgement['basis'] = {
  target: { event: 'survives', unit: 'region', definition: 1 },
  authors: 'any',
  riskModel: 'test',
  prior: 'none',
  outcomeCount: 0,
  commitCount: 0,
};

function judged(p: number | null, tokenCount?: number): Pick<Assessment, 'judgement' | 'evidence'> {
  const signals = tokenCount === undefined ? {} : { tokenCount };
  return {
    judgement: p === null ? null : { p, low: p, high: p, basis },
    evidence: { version: 2, signals, features: {}, levels: {} },
  };
}

describe('expectedTroublePerToken', () => {
  it('is the chance of trouble over what is read, the way there included', () => {
    expect(expectedTroublePerToken(judged(0.4, 250))).toBeCloseTo(0.6 / 300, 12);
    expect(expectedTroublePerToken(judged(0.9, 0))).toBeCloseTo(0.1 / 50, 12);
    expect(expectedTroublePerToken(judged(1, 10))).toBe(0);
  });

  it('puts a short doubtful region before a long one of the same chance, and no trifle before a great doubt', () => {
    const trouble = (p: number, tokens: number): number => expectedTroublePerToken(judged(p, tokens)) ?? NaN;
    expect(trouble(0.5, 40)).toBeGreaterThan(trouble(0.5, 400));
    expect(trouble(0.2, 200)).toBeGreaterThan(trouble(0.95, 3));
  });

  it('is nothing for what was not judged', () => {
    expect(expectedTroublePerToken(judged(null, 10))).toBeNull();
    expect(expectedTroublePerToken(judged(0.5))).toBeNull();
  });
});
