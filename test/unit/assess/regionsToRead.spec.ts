import { describe, expect, it } from 'vitest';
import { regionsToRead } from '../../../src/assess/regionsToRead.ts';
import { regionRank } from '../../../src/core/regionRank.ts';
import type { Assessment } from '../../../src/core/words.ts';
import { scriptedEngine } from '../../support/scriptedEngine.ts';
import { someSource } from '../core/someSource.ts';

const engine = scriptedEngine({ logprobNats: () => -1 });

function region(id: string, tokenCount: number, leastNats: number): Assessment {
  return {
    id,
    region: { id, origin: 'file', start: 0, end: 1 },
    source: { ...someSource, engine: engine.name },
    target: null,
    judgement: null,
    band: 'unknown',
    evidence: { version: 2, features: {}, levels: {}, signals: { tokenCount, minimumLogprob: leastNats } },
    spans: [],
  };
}

// 1,000 tokens in ten regions; the later, the riskier.
const TEN = Array.from({ length: 10 }, (_, index) => region(String(index), 100, -index));

describe('regionsToRead', () => {
  it.each([
    // share, least tokens: how many regions of 100 tokens are read
    [0.1, 0, 1],
    [0.15, 0, 2],
    [0.5, 0, 5],
    [1, 0, 10],
    [0, 0, 0],
    [0.1, 250, 3],
    [0.1, 1000, 10],
    [0.1, 99_999, 10],
  ])('takes the riskiest until they make up %d of all tokens, or %d of them', (share, leastTokens, count) => {
    const chosen = regionsToRead(TEN, regionRank, { engine, share }, leastTokens);
    expect([...chosen].map(({ id }) => id)).toEqual(['9', '8', '7', '6', '5', '4', '3', '2', '1', '0'].slice(0, count));
  });

  it('takes none of none', () => {
    expect(regionsToRead([], regionRank, { engine, share: 0.1 }).size).toBe(0);
  });
});
