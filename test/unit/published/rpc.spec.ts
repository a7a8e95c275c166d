import { describe, expect, it } from 'vitest';
import { probabilityWeightedVote, type Vote } from '../../../src/core/opinions/probabilityWeightedVote.ts';
import { readPublished } from './readPublished.ts';

interface Rpc {
  readonly elections: readonly {
    readonly votes: readonly Vote[];
    readonly shares: Readonly<Record<string, number>>;
  }[];
}

const { elections } = readPublished('rpc') as Rpc;

describe('RPC, the authors’ code', () => {
  it('has the same shares, where it prunes no path', () => {
    expect(elections.length).toBeGreaterThan(30);
    for (const { votes, shares } of elections) {
      const ours = probabilityWeightedVote(votes);
      expect(ours.map(({ cluster }) => cluster).sort()).toEqual(Object.keys(shares).sort());
      for (const { cluster, share } of ours) expect(share).toBeCloseTo(shares[cluster]!, 12);
    }
  });
});
