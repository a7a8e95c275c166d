import { describe, expect, it } from 'vitest';
import { readingOrder } from '../../../src/core/readingOrder.ts';
import type { Assessment } from '../../../src/core/words.ts';
import { someSource } from './someSource.ts';

function assessment(id: string, engine: string, leastNats: number | null): Assessment {
  return {
    id,
    region: { id, origin: 'file', start: 0, end: 1 },
    source: { ...someSource, engine },
    target: null,
    judgement: null,
    band: 'unknown',
    evidence: {
      version: 2,
      features: {},
      levels: {},
      signals: leastNats === null ? {} : { minimumLogprob: leastNats },
    },
    spans: [],
  };
}

describe('readingOrder', () => {
  it('puts what the engine judged before what another did, unlikely before likely, what is kept quiet and what is unscored last', () => {
    const all = [
      assessment('unscored', 'bundled', null),
      { ...assessment('quiet', 'bundled', -40), silence: { reason: 'looked at', start: 0, end: 1 } },
      assessment('other, certain', 'ngram', -0.1),
      assessment('likely', 'bundled', -1),
      assessment('other, unlikely', 'ngram', -30),
      assessment('unlikely', 'bundled', -9),
    ];
    expect(all.sort(readingOrder('bundled')).map(({ id }) => id)).toEqual([
      'unlikely',
      'likely',
      'other, unlikely',
      'other, certain',
      'quiet',
      'unscored',
    ]);
  });
});
