import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auroc } from '../../../../src/core/metrics/auroc.ts';
import { publishedCases, tally } from './someTallies.ts';

const items = fc.array(fc.tuple(fc.integer({ min: -5, max: 5 }), fc.integer({ min: 0, max: 1 })), { maxLength: 40 });

describe('auroc', () => {
  it.each([
    ['every good item above every bad one', [1, 2, 3, 4], [0, 0, 1, 1], 1],
    ['every one below', [1, 2, 3, 4], [1, 1, 0, 0], 0],
    ['three of four pairs in order', [1, 2, 3, 4], [0, 1, 0, 1], 3 / 4],
    ['a tied pair for half', [1, 2, 2, 3], [0, 0, 1, 1], 3.5 / 4],
    ['all tied', [7, 7, 7], [0, 1, 1], 1 / 2],
    ['infinite scores', [-Infinity, 0, Infinity], [0, 1, 1], 1],
  ])('counts %s', (_, scores, labels, value) => {
    expect(auroc(tally(scores, labels))).toBeCloseTo(value, 12);
  });

  it('is null without a good or without a bad item', () => {
    expect([auroc(tally([1, 2], [1, 1])), auroc(tally([1, 2], [0, 0])), auroc(tally([], []))]).toEqual([
      null,
      null,
      null,
    ]);
  });

  it.each(publishedCases)('agrees with scikit-learn: $name', ({ tally: some, expected }) => {
    if (expected.auroc === null) expect(auroc(some)).toBeNull();
    else expect(auroc(some)).toBeCloseTo(expected.auroc, 9);
  });

  it('is that of the other side when labels are flipped, and of the same order when scores are stretched', () => {
    fc.assert(
      fc.property(items, (pairs) => {
        const [scores, labels] = [pairs.map(([score]) => score), pairs.map(([, label]) => label)];
        const value = auroc(tally(scores, labels));
        const flipped = labels.map((label) => 1 - label);
        const turned = auroc(tally(scores, flipped));
        expect(turned === null ? null : 1 - turned).toEqual(value === null ? null : expect.closeTo(value, 12));
        expect(
          auroc(
            tally(
              scores.map((score) => Math.exp(score) - 3),
              labels,
            ),
          ),
        ).toBe(value);
      }),
    );
  });

  it('counts pairs', () => {
    fc.assert(
      fc.property(items, (pairs) => {
        const [goods, bads] = [1, 0].map((side) => pairs.filter(([, label]) => label === side).map(([score]) => score));
        const wins = goods!.flatMap((good) => bads!.map((bad): number => (good > bad ? 1 : good === bad ? 0.5 : 0)));
        const value = auroc(
          tally(
            pairs.map(([score]) => score),
            pairs.map(([, label]) => label),
          ),
        );
        if (wins.length === 0) expect(value).toBeNull();
        else expect(value).toBeCloseTo(wins.reduce((sum, won) => sum + won, 0) / wins.length, 12);
      }),
    );
  });
});
