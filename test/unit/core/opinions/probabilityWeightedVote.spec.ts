import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CandorError } from '../../../../src/core/candorError.ts';
import { probabilityWeightedVote, type Vote } from '../../../../src/core/opinions/probabilityWeightedVote.ts';

const vote = (path: string, cluster: string, probability: number): Vote => ({
  path,
  cluster,
  meanLogprobNats: Math.log(probability),
});

const share = (cluster: string, of: number): unknown => ({ cluster, share: expect.closeTo(of, 12) as number });

describe('probabilityWeightedVote', () => {
  it('is known by hand', () => {
    // a: .5 + .1, b: .2; of .8 in all.
    const votes = [vote('1', 'a', 0.5), vote('2', 'b', 0.2), vote('3', 'a', 0.1)];
    expect(probabilityWeightedVote(votes)).toEqual([share('a', 0.75), share('b', 0.25)]);
  });

  it('lets one likely path outweigh two unlikely ones', () => {
    const votes = [vote('1', 'a', 0.1), vote('2', 'a', 0.1), vote('3', 'b', 0.6)];
    expect(probabilityWeightedVote(votes)).toEqual([share('b', 0.75), share('a', 0.25)]);
  });

  it('is a majority vote of equally likely paths', () => {
    const votes = ['a', 'b', 'a', 'c', 'a', 'b'].map((cluster, index) => vote(`${index}`, cluster, 0.3));
    expect(probabilityWeightedVote(votes)).toEqual([share('a', 3 / 6), share('b', 2 / 6), share('c', 1 / 6)]);
  });

  it('counts a text once that was drawn again, by the greatest of its numbers', () => {
    const votes = [vote('1', 'a', 0.2), vote('1', 'a', 0.3), vote('1', 'a', 0.1), vote('2', 'b', 0.1)];
    expect(probabilityWeightedVote(votes)).toEqual([share('a', 0.75), share('b', 0.25)]);
  });

  it('weighs paths that are all hopeless', () => {
    const votes = [
      { path: '1', cluster: 'a', meanLogprobNats: -2000 },
      { path: '2', cluster: 'b', meanLogprobNats: -2000 + Math.log(3) },
    ];
    expect(probabilityWeightedVote(votes)).toEqual([share('b', 0.75), share('a', 0.25)]);
  });

  it('is empty without votes', () => {
    expect(probabilityWeightedVote([])).toEqual([]);
  });

  const elections = fc
    .array(fc.record({ cluster: fc.constantFrom('a', 'b', 'c'), nats: fc.double({ min: -9, max: 0, noNaN: true }) }), {
      minLength: 1,
      maxLength: 10,
    })
    .map((votes) => votes.map(({ cluster, nats }, index) => ({ path: `${index}`, cluster, meanLogprobNats: nats })));

  it('sums to 1, whatever the order, the names and the scale', () => {
    fc.assert(
      fc.property(elections, (votes) => {
        const shares = probabilityWeightedVote(votes);
        expect(shares.reduce((sum, { share: part }) => sum + part, 0)).toBeCloseTo(1, 12);
        expect(probabilityWeightedVote([...votes].reverse())).toEqual(shares);
        const twice = [...votes, ...votes];
        expect(probabilityWeightedVote(twice)).toEqual(shares);
        const moved = votes.map((one) => ({
          ...one,
          cluster: `cluster ${one.cluster}`,
          meanLogprobNats: one.meanLogprobNats - 3,
        }));
        expect(probabilityWeightedVote(moved)).toEqual(
          shares.map(({ cluster, share: part }) => share(`cluster ${cluster}`, part)),
        );
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it.each([
    ['a log-probability above 0', [{ path: '1', cluster: 'a', meanLogprobNats: 0.1 }]],
    ['one that is none', [{ path: '1', cluster: 'a', meanLogprobNats: Number.NaN }]],
    ['one without end', [{ path: '1', cluster: 'a', meanLogprobNats: -Infinity }]],
    ['one text in two clusters', [vote('1', 'a', 0.5), vote('1', 'b', 0.5)]],
  ])('refuses %s', (_, votes) => {
    expect(() => probabilityWeightedVote(votes)).toThrow(CandorError);
  });
});
