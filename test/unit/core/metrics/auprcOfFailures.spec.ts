import { describe, expect, it } from 'vitest';
import { auprcOfFailures } from '../../../../src/core/metrics/auprcOfFailures.ts';
import { publishedCases, tally } from './someTallies.ts';

describe('auprcOfFailures', () => {
  it.each([
    ['the bad ones found first', [1, 2, 3, 4], [0, 0, 1, 1], 1],
    ['one found first and one third: (1/1 + 2/3) / 2', [1, 2, 3, 4], [0, 1, 0, 1], 5 / 6],
    ['the bad ones found last: (1/3 + 2/4) / 2', [1, 2, 3, 4], [1, 1, 0, 0], 5 / 12],
    ['a tie as one threshold', [1, 1, 2], [0, 1, 0], 1 / 2 / 2 + 2 / 3 / 2],
    ['all tied: the share of bad ones', [7, 7, 7, 7], [1, 1, 0, 1], 1 / 4],
  ])('averages precision: %s', (_, scores, labels, value) => {
    expect(auprcOfFailures(tally(scores, labels))).toBeCloseTo(value, 12);
  });

  it('is null where nothing failed', () => {
    expect(auprcOfFailures(tally([1, 2], [1, 1]))).toBeNull();
    expect(auprcOfFailures(tally([1, 2], [0, 1], [0, 3]))).toBeNull();
  });

  it('takes no notice of scores without items', () => {
    expect(auprcOfFailures(tally([0, 1, 2, 3, 4], [0, 0, 1, 0, 1], [0, 1, 1, 1, 1]))).toBeCloseTo(5 / 6, 12);
  });

  it.each(publishedCases)('agrees with scikit-learn: $name', ({ tally: some, expected }) => {
    if (expected.auprcFailures === null) expect(auprcOfFailures(some)).toBeNull();
    else expect(auprcOfFailures(some)).toBeCloseTo(expected.auprcFailures, 9);
  });
});
