import { describe, expect, it } from 'vitest';
import { continuationCount, type ContinuationSettings } from '../../../src/core/opinions/continuationCount.ts';
import { readPublished } from './readPublished.ts';

interface Cntp {
  readonly counts: readonly {
    readonly entropyNats: number;
    readonly settings: ContinuationSettings;
    readonly count: number;
  }[];
}

const { counts } = readPublished('cntp') as Cntp;

describe('Cautious Next Token Prediction, the authors’ code', () => {
  it('samples as often', () => {
    expect(new Set(counts.map(({ count }) => count)).size).toBeGreaterThan(10);
    for (const { entropyNats, settings, count } of counts) expect(continuationCount(entropyNats, settings)).toBe(count);
  });
});
