import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interpolate } from '../../../../src/engines/ngram/interpolate.ts';
import { nextTokenDistribution } from '../../../../src/engines/ngram/nextTokenDistribution.ts';
import { Scope } from '../../../../src/engines/ngram/scope.ts';
import { scoreTokens } from '../../../../src/engines/ngram/scoreTokens.ts';
import { TokenIndex, type NgramShape } from '../../../../src/engines/ngram/tokenIndex.ts';

const shape: NgramShape = { order: 5, vocabularySize: 8, endOfText: 7 };
const document = fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 40 });

function indexOf(texts: readonly (readonly number[])[]): TokenIndex {
  const arrays = texts.map((text) => Uint16Array.from(text));
  return TokenIndex.of(arrays, shape);
}

describe('interpolate', () => {
  it('follows Witten-Bell on a hand-computed case', () => {
    // Seen after h: a a b, so n = 3 and k = 2 types. P'(a) = 0.1.
    expect(interpolate(0.1, 2, 3, 2, 1)).toBeCloseTo((2 + 2 * 0.1) / 5, 15);
    // A weight of 3 counts the types three times: k = 6.
    expect(interpolate(0.1, 2, 3, 2, 3)).toBeCloseTo((2 + 6 * 0.1) / 9, 15);
    expect(interpolate(0.1, 0, 3, 2, 1)).toBeCloseTo(0.04, 15);
    expect(interpolate(0.1, 0, 0, 0, 1)).toBe(0.1);
  });
});

describe('scoreTokens', () => {
  it('equals a hand computation without any scope: the text so far alone', () => {
    // V = 8. Text: 1 1. First token: nothing seen, 1/8.
    // Second: no context: 1 seen once, weight 5: (1 + 5/8) / 6; after "1" nothing was seen yet.
    const { logprobsNats, seenContexts } = scoreTokens(Uint16Array.of(1, 1), [], shape);
    expect(Array.from(logprobsNats, Math.exp)).toEqual([
      expect.closeTo(1 / 8, 14),
      expect.closeTo((1 + 5 / 8) / 6, 14),
    ]);
    expect(Array.from(seenContexts)).toEqual([Number.NaN, 0]);
  });

  it('equals a hand computation with one learned text', () => {
    // Learned: [end 1 2]. Counts without context: end 1, 1 1, 2 1: n = 3, k = 3. After end: 1 once.
    // First token 1, weight 2: no context (1 + 6/8) / 9; after "end": (1 + 2 * that) / 3.
    const scope = new Scope([{ index: indexOf([[1, 2]]), sign: 1 }], 2);
    const { logprobsNats } = scoreTokens(Uint16Array.of(1), [scope], shape);
    const unigram = (1 + 6 / 8) / 9;
    expect(Math.exp(logprobsNats[0] ?? 0)).toBeCloseTo((1 + 2 * unigram) / 3, 14);
  });

  it('gives each token what the whole distribution gives it, and the distribution sums to 1', () => {
    fc.assert(
      fc.property(fc.array(document, { minLength: 1, maxLength: 5 }), document, fc.nat(), (texts, other, pick) => {
        const own = texts[pick % texts.length] ?? [];
        const all = indexOf([...texts, other]);
        const removed = indexOf([other]);
        const near = indexOf([own]);
        const less = { index: near, sign: -1 } as const;
        const scopes = [
          new Scope([{ index: all, sign: 1 }, { index: removed, sign: -1 }, less], 3),
          new Scope([{ index: near, sign: 1 }], 1),
        ];
        const scored = Uint16Array.from(own);
        const { logprobsNats } = scoreTokens(scored, scopes, shape);
        for (let index = 0; index < scored.length; index++) {
          const distribution = nextTokenDistribution(scored.subarray(0, index), scopes, shape);
          expect(distribution.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 12);
          expect(Math.exp(logprobsNats[index] ?? 0)).toBeCloseTo(distribution[scored[index] ?? 0] ?? -1, 12);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('says the same of a text whether it was never learned or its own counts were taken out', () => {
    fc.assert(
      fc.property(fc.array(document, { minLength: 1, maxLength: 4 }), document, (others, own) => {
        const without = new Scope([{ index: indexOf(others), sign: 1 }], 2);
        const takenOut = new Scope(
          [
            { index: indexOf([own, ...others]), sign: 1 },
            { index: indexOf([own]), sign: -1 },
          ],
          2,
        );
        const holding = new Scope([{ index: indexOf([own, ...others]), sign: 1 }], 2);
        const scored = Uint16Array.from(own);
        const expected = scoreTokens(scored, [without], shape);
        for (const actual of [scoreTokens(scored, [takenOut], shape), scoreTokens(scored, [holding], shape, true)]) {
          expect(Array.from(actual.logprobsNats)).toEqual(Array.from(expected.logprobsNats));
          expect(Array.from(actual.seenContexts)).toEqual(Array.from(expected.seenContexts));
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('TokenIndex', () => {
  it('counts what a scan counts, for every context', () => {
    fc.assert(
      fc.property(fc.array(document, { minLength: 1, maxLength: 4 }), (texts) => {
        const tokens = texts.flatMap((text) => [shape.endOfText, ...text]);
        const index = indexOf(texts);
        const padded = [...tokens, ...new Array<number>(shape.order).fill(shape.endOfText)];
        for (let start = 0; start < tokens.length; start++) {
          for (let length = 0; length < shape.order; length++) {
            const context = padded.slice(start, start + length);
            if (context.slice(1).includes(shape.endOfText)) continue;
            const followers: number[] = [];
            for (let at = 0; at < tokens.length; at++) {
              if (context.every((token, offset) => padded[at + offset] === token))
                followers.push(padded[at + length] ?? -1);
            }
            const range = index.find(context);
            expect(range.high - range.low).toBe(followers.length);
            expect(index.countTypes(range.low, range.high, length)).toBe(new Set(followers).size);
            const visited = new Map<number, number>();
            const { tokens: following, lows } = index.continuations(range.low, range.high, length);
            following.forEach((token, place) => visited.set(token, lows[place + 1]! - lows[place]!));
            expect([...visited.keys()]).toEqual([...new Set(followers)].sort((a, b) => a - b));
            for (const [token, count] of visited) expect(count).toBe(followers.filter((one) => one === token).length);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});
