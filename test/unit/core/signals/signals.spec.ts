import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allSignals } from '../../../../src/core/signals/allSignals.ts';
import { evaluateSignals } from '../../../../src/core/signals/evaluateSignals.ts';
import type { TokenView } from '../../../../src/core/signals/tokenView.ts';
import type { Alternative } from '../../../../src/core/words.ts';

const { log } = Math;

function alternatives(...probabilities: number[]): Alternative[] {
  return probabilities.map((probability, index) => ({ text: `choice${index}`, logprobNats: log(probability) }));
}

/** Seven tokens; their probabilities, largest number of fives in it, are easy to sum by hand. */
const view: TokenView = {
  logprobsNats: Float64Array.from([0.5, 0.25, 1, 0.5, 0.25, 0.125, 1], log),
  entropiesNats: Float64Array.of(1, 2, 0, 3, 0.5, 4, 0.25),
  ranks: Float64Array.of(1, 2, 1, 1, 4, 8, 1),
  seenContexts: Float64Array.of(0, 2, 3, 7, Number.NaN, 3, 1),
  alternatives: [
    alternatives(0.5, 0.25), // the token is the first choice
    alternatives(0.5, 0.25), // the second
    [
      { text: 'a', logprobNats: 0 },
      { text: 'b', logprobNats: -Infinity },
    ],
    alternatives(0.5, 0.5),
    alternatives(0.5), // the token is not among them: .5, .25
    alternatives(0.5, 0.25), // neither: .5, .25, .125
    alternatives(1, 0),
  ],
};

const ln2 = Math.LN2;
/** Entropy of shares 2/3 and 1/3, and of 4/7, 2/7 and 1/7. */
const entropyOfThirds = log(3) - (2 / 3) * ln2;
const entropyOfSevenths = log(7) - (8 / 7) * ln2 - (2 / 7) * ln2;
const negentropyOfThirds = 1 - entropyOfThirds / ln2;
const negentropyOfSevenths = 1 - entropyOfSevenths / log(3);

const expected: Record<string, number> = {
  meanProbability: 3.625 / 7,
  geometricMeanProbability: 2 ** (-9 / 7),
  totalSurprisal: 9 * ln2,
  minimumLogprob: -3 * ln2,
  lowestLogprobs: (-9 * ln2) / 5,
  highestEntropies: 10.5 / 5,
  // .25, .25, 1, 0, .25, .25, 1
  topTwoMargin: 3 / 7,
  meanNegentropy: (3 * negentropyOfThirds + 2 + 0 + negentropyOfSevenths) / 7,
  lowestNegentropies: (3 * negentropyOfThirds + 0 + negentropyOfSevenths) / 5,
  surprisalMinusEntropy: (9 * ln2 - 10.75) / 7,
  meanLogRank: (6 * ln2) / 7,
  seenBefore: 3 / 7,
  tokenCount: 7,
};

describe('signals of a view that can be reckoned by hand', () => {
  const values = evaluateSignals(view);

  it('are all there', () => {
    expect(Object.keys(values)).toEqual(allSignals.map((signal) => signal.name));
    expect(Object.keys(expected)).toEqual(Object.keys(values));
  });

  it.each(Object.entries(expected))('%s', (name, value) => {
    expect(values[name]).toBeCloseTo(value, 12);
  });
});

describe('negentropy', () => {
  const negentropies = (...probabilities: number[]): number | undefined =>
    evaluateSignals({
      logprobsNats: Float64Array.of(log(probabilities[0] ?? 1)),
      alternatives: [alternatives(...probabilities)],
    }).meanNegentropy;

  it('is 0 where all are equally likely, whatever share of everything they have', () => {
    for (let k = 2; k <= 20; k++) {
      expect(negentropies(...Array<number>(k).fill(1 / k))).toBeCloseTo(0, 12);
      expect(negentropies(...Array<number>(k).fill(0.5 / k))).toBeCloseTo(0, 12);
    }
  });

  it('is 1 where one has everything', () => {
    expect(negentropies(1, 0)).toBe(1);
    expect(negentropies(1, 0, 0, 0, 0)).toBe(1);
    expect(negentropies(1, Math.exp(-100))).toBeCloseTo(1, 12);
  });
});

describe('evaluateSignals', () => {
  it('says nothing of no tokens', () => {
    expect(evaluateSignals({ logprobsNats: new Float64Array(0) })).toEqual({});
  });

  it('needs no more than log-probabilities for the signals of these', () => {
    expect(Object.keys(evaluateSignals({ logprobsNats: Float64Array.of(-1) }))).toEqual([
      'meanProbability',
      'geometricMeanProbability',
      'totalSurprisal',
      'minimumLogprob',
      'lowestLogprobs',
      'tokenCount',
    ]);
  });

  it.each([
    [
      'an entropy',
      { entropiesNats: view.entropiesNats?.with(3, Number.NaN) },
      ['highestEntropies', 'surprisalMinusEntropy'],
    ],
    ['a rank', { ranks: view.ranks?.with(3, Number.NaN) }, ['meanLogRank']],
    [
      'a list of alternatives',
      { alternatives: view.alternatives?.with(3, undefined) },
      ['topTwoMargin', 'meanNegentropy', 'lowestNegentropies'],
    ],
    [
      'a second choice',
      { alternatives: view.alternatives?.with(3, alternatives(0.5)) },
      ['topTwoMargin', 'meanNegentropy', 'lowestNegentropies'],
    ],
  ])('leaves out what needs it where %s is missing for one token', (_, change, missing) => {
    const names = Object.keys(evaluateSignals({ ...view, ...change } as TokenView));
    expect(allSignals.map((signal) => signal.name).filter((name) => !names.includes(name))).toEqual(missing);
  });

  it('takes NaN in seen contexts for never seen', () => {
    const seenContexts = Float64Array.of(Number.NaN, Number.NaN);
    expect(evaluateSignals({ logprobsNats: Float64Array.of(-1, -1), seenContexts }).seenBefore).toBe(0);
  });

  it('leaves out a value that is not finite', () => {
    expect(
      evaluateSignals({ logprobsNats: Float64Array.of(-1), entropiesNats: Float64Array.of(Infinity) }),
    ).not.toHaveProperty('highestEntropies');
  });
});

const anyToken = fc.record({
  logprob: fc.double({ min: -100, max: 0, noNaN: true }),
  entropy: fc.double({ min: 0, max: 12, noNaN: true }),
  rank: fc.integer({ min: 1, max: 200_000 }),
  seen: fc.oneof(fc.nat(40), fc.constant(Number.NaN)),
  alternatives: fc.array(
    fc.record({ text: fc.constant('x'), logprobNats: fc.double({ min: -100, max: -1e-3, noNaN: true }) }),
    { minLength: 2, maxLength: 5 },
  ),
});
type AnyToken = typeof anyToken extends fc.Arbitrary<infer T> ? T : never;

const shuffledTokens = fc
  .array(anyToken, { minLength: 1, maxLength: 12 })
  .chain((tokens) => fc.tuple(fc.constant(tokens), fc.shuffledSubarray(tokens, { minLength: tokens.length })));

function viewFrom(tokens: readonly AnyToken[]): TokenView {
  return {
    logprobsNats: Float64Array.from(tokens, (token) => token.logprob),
    entropiesNats: Float64Array.from(tokens, (token) => token.entropy),
    ranks: Float64Array.from(tokens, (token) => token.rank),
    seenContexts: Float64Array.from(tokens, (token) => token.seen),
    alternatives: tokens.map((token) => token.alternatives),
  };
}

describe.each(allSignals)('$name', (signal) => {
  const value = (tokens: readonly AnyToken[]): number => signal.compute(viewFrom(tokens)) ?? Number.NaN;

  it('stays in its range', () => {
    fc.assert(
      fc.property(fc.array(anyToken, { minLength: 1, maxLength: 12 }), (tokens) => {
        expect(value(tokens)).toBeGreaterThanOrEqual(signal.range.lowest);
        expect(value(tokens)).toBeLessThanOrEqual(signal.range.highest);
      }),
    );
  });

  it('does not depend on the order of the tokens', () => {
    fc.assert(
      fc.property(shuffledTokens, ([tokens, shuffled]) => {
        expect(value(shuffled)).toBeCloseTo(value(tokens), 9);
      }),
    );
  });

  it('of a token is that of the same token many times, unless it counts', () => {
    if (['totalSurprisal', 'tokenCount'].includes(signal.name)) return;
    fc.assert(
      fc.property(anyToken, fc.integer({ min: 1, max: 9 }), (token, times) => {
        expect(value(Array<AnyToken>(times).fill(token))).toBeCloseTo(value([token]), 9);
      }),
    );
  });
});

describe('allSignals', () => {
  it('have names of their own', () => {
    expect(new Set(allSignals.map((signal) => signal.name)).size).toBe(allSignals.length);
  });
});
