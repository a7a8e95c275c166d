import { describe, expect, it } from 'vitest';
import { CandorError } from '../../../../src/core/candorError.ts';
import { auroc } from '../../../../src/core/metrics/auroc.ts';
import { rankWithinGroups } from '../../../../src/core/metrics/rankWithinGroups.ts';
import { withinGroupAuroc, type WithinGroupAuroc } from '../../../../src/core/metrics/withinGroupAuroc.ts';
import { drawnItems, tally } from './someTallies.ts';

function within(
  scores: readonly number[],
  groups: readonly number[],
  labels: readonly number[],
  resample?: { counts: readonly number[]; groupCounts: readonly number[] },
): WithinGroupAuroc {
  return withinGroupAuroc(
    rankWithinGroups(Float64Array.from(scores), Uint32Array.from(groups)),
    Uint8Array.from(labels),
    resample && {
      counts: Uint32Array.from(resample.counts),
      groupCounts: Uint32Array.from(resample.groupCounts),
    },
  );
}

describe('withinGroupAuroc', () => {
  it('averages groups that have both labels', () => {
    // Group 0: right; group 2: a tie; group 1 has no bad item, group 3 no item at all, group 4 is wrong.
    const [scores, groups, labels] = [
      [1, 2, 9, 8, 5, 5, 7, 3],
      [0, 0, 1, 1, 2, 2, 4, 4],
      [0, 1, 1, 1, 0, 1, 0, 1],
    ];
    expect(within(scores, groups, labels)).toEqual({ auroc: (1 + 0.5 + 0) / 3, groups: 3 });
  });

  it('earns nothing by telling groups apart', () => {
    const [scores, groups, labels] = [
      [1, 1, 1, 2, 2, 2],
      [0, 0, 0, 1, 1, 1],
      [0, 0, 1, 0, 1, 1],
    ];
    expect(within(scores, groups, labels).auroc).toBe(0.5);
    expect(auroc(tally(scores, labels))).toBeGreaterThan(0.6);
  });

  it('is the AUROC where there is one group, and the mean of AUROCs where there are more', () => {
    const { scores, labels } = drawnItems(9, 400);
    expect(
      within(
        scores,
        scores.map(() => 0),
        labels,
      ),
    ).toEqual({ auroc: auroc(tally(scores, labels)), groups: 1 });
    const groups = scores.map((_, index) => (7 * index) % 5);
    const each = [0, 1, 2, 3, 4].map((group) => {
      const inside = (_: unknown, index: number): boolean => groups[index] === group;
      return auroc(tally(scores.filter(inside), labels.filter(inside)))!;
    });
    expect(within(scores, groups, labels).auroc).toBeCloseTo(each.reduce((sum, value) => sum + value, 0) / 5, 12);
  });

  it('counts a group as often as it was drawn', () => {
    const [scores, groups, labels] = [
      [1, 2, 4, 3],
      [0, 0, 1, 1],
      [0, 1, 0, 1],
    ];
    const resample = { counts: [3, 3, 1, 1], groupCounts: [3, 1] };
    expect(within(scores, groups, labels, resample)).toEqual({ auroc: 3 / 4, groups: 2 });
    expect(within(scores, groups, labels, { counts: [0, 0, 2, 2], groupCounts: [0, 2] })).toEqual({
      auroc: 0,
      groups: 1,
    });
  });

  it('is null without such a group', () => {
    expect(within([1, 2], [0, 1], [0, 1])).toEqual({ auroc: null, groups: 0 });
    expect(within([], [], [])).toEqual({ auroc: null, groups: 0 });
  });

  it('refuses lengths that differ', () => {
    expect(() => within([1, 2], [0], [0, 1])).toThrow(CandorError);
  });
});
