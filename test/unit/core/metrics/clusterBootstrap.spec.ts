import { describe, expect, it } from 'vitest';
import { CandorError } from '../../../../src/core/candorError.ts';
import { clusterBootstrap, resamples, type Clusters } from '../../../../src/core/metrics/clusterBootstrap.ts';
import { seededRandom } from '../../../../src/core/seededRandom.ts';

/** Items of a random mean a group and a random mean a subgroup: `spread` of each, and of the items themselves. */
function clustered(
  seed: number,
  [groups, subgroups, items]: readonly [number, number, number],
  [groupSpread, subgroupSpread, itemSpread]: readonly [number, number, number],
): { readonly values: Float64Array; readonly clusters: Required<Clusters> } {
  const { normal } = seededRandom(seed);
  const rows: [number, number, number][] = [];
  for (let group = 0; group < groups; group++) {
    const groupMean = groupSpread * normal();
    for (let subgroup = 0; subgroup < subgroups; subgroup++) {
      const mean = groupMean + subgroupSpread * normal();
      for (let item = 0; item < items; item++) rows.push([group, subgroup, mean + itemSpread * normal()]);
    }
  }
  return {
    values: Float64Array.from(rows, ([, , value]) => value),
    clusters: {
      groups: Uint32Array.from(rows, ([group]) => group),
      subgroups: Uint32Array.from(rows, ([, subgroup]) => subgroup),
    },
  };
}

function meanOf(values: Float64Array, counts: Uint32Array): number {
  let [sum, items] = [0, 0];
  for (const [item, value] of values.entries()) {
    sum += value * counts[item]!;
    items += counts[item]!;
  }
  return sum / items;
}

function meanInterval(values: Float64Array, clusters: Clusters, seed: number): { low: number; high: number } {
  return clusterBootstrap(clusters, ({ counts }) => [meanOf(values, counts)], { seed })[0]!;
}

const fourGroups = { groups: Uint32Array.of(0, 0, 1, 1, 1, 3, 4) };

describe('resamples', () => {
  it('draw whole groups, as many as have items', () => {
    for (const { counts, groupCounts } of resamples(fourGroups, 1, 50)) {
      expect([...counts]).toEqual([...fourGroups.groups].map((group) => groupCounts[group]));
      expect(groupCounts.reduce((sum, count) => sum + count, 0)).toBe(4);
      expect(groupCounts[2]).toBe(0);
    }
  });

  it('draw subgroups inside a group, as many as it has for each time it was drawn', () => {
    const clusters = { groups: Uint32Array.of(0, 0, 0, 1, 1, 2), subgroups: Uint32Array.of(0, 0, 1, 0, 1, 0) };
    const seen = new Set<string>();
    for (const { counts, groupCounts } of resamples(clusters, 2, 300)) {
      expect(counts[0]).toBe(counts[1]);
      expect(counts[0]! + counts[2]!).toBe(2 * groupCounts[0]!);
      expect(counts[3]! + counts[4]!).toBe(2 * groupCounts[1]!);
      expect(counts[5]).toBe(groupCounts[2]);
      seen.add(counts.join(' '));
    }
    expect(seen.size).toBeGreaterThan(20);
  });

  it('draw each group once on average, and are the same for the same seed', () => {
    const totals = new Float64Array(5);
    for (const { groupCounts } of resamples(fourGroups, 3, 4000))
      groupCounts.forEach((count, group) => (totals[group]! += count));
    for (const group of [0, 1, 3, 4]) expect(totals[group]! / 4000).toBeCloseTo(1, 1);
    const draw = (seed: number): string[] =>
      Array.from(resamples(fourGroups, seed, 9), ({ counts }) => counts.join(' '));
    expect(draw(4)).toEqual(draw(4));
    expect(draw(4)).not.toEqual(draw(5));
  });
});

describe('clusterBootstrap', () => {
  it('covers the true mean about as often as it says, where groups are alike inside', () => {
    let covered = 0;
    for (let round = 0; round < 100; round++) {
      const { values, clusters } = clustered(round, [40, 1, 5], [1, 0, 0.5]);
      const { low, high } = meanInterval(values, { groups: clusters.groups }, round);
      if (low <= 0 && 0 <= high) covered++;
    }
    // 0.95 less what 40 groups and 200 replicates cost; the standard error is 0.02.
    expect(covered / 100).toBeGreaterThan(0.87);
    expect(covered / 100).toBeLessThan(0.995);
  });

  it('would cover far less often if it took items for independent', () => {
    let covered = 0;
    for (let round = 0; round < 40; round++) {
      const { values } = clustered(round, [40, 1, 5], [1, 0, 0.2]);
      const { low, high } = meanInterval(values, { groups: Uint32Array.from(values.keys()) }, round);
      if (low <= 0 && 0 <= high) covered++;
    }
    expect(covered / 40).toBeLessThan(0.85);
  });

  it('is wider with two levels, where subgroups differ', () => {
    let [one, two] = [0, 0];
    for (let round = 0; round < 20; round++) {
      const { values, clusters } = clustered(round, [20, 4, 4], [0.3, 1, 0.3]);
      const widthOf = ({ low, high }: { low: number; high: number }): number => high - low;
      one += widthOf(meanInterval(values, { groups: clusters.groups }, round));
      two += widthOf(meanInterval(values, clusters, round));
    }
    expect(two / one).toBeGreaterThan(1.1);
  });

  it('shows all statistics the same resamples', () => {
    const { values, clusters } = clustered(1, [10, 2, 2], [1, 1, 1]);
    const [zero, ten, twenty] = clusterBootstrap(
      clusters,
      ({ counts }) => {
        const mean = meanOf(values, counts);
        return [mean - mean, mean, 2 * mean];
      },
      { seed: 1, level: 0.8 },
    );
    expect(zero).toEqual({ low: 0, high: 0 });
    expect(twenty?.low).toBeCloseTo(2 * ten!.low, 12);
    expect(twenty?.high).toBeCloseTo(2 * ten!.high, 12);
  });

  it('widens with the level', () => {
    const { values, clusters } = clustered(2, [30, 1, 2], [1, 1, 1]);
    const at = (level: number): { low: number; high: number } =>
      clusterBootstrap(clusters, ({ counts }) => [meanOf(values, counts)], { seed: 1, level })[0]!;
    expect(at(0.95).low).toBeLessThan(at(0.5).low);
    expect(at(0.95).high).toBeGreaterThan(at(0.5).high);
  });

  it('is null where a statistic is missing too often, or there is one group', () => {
    let replicate = 0;
    const statistics = (): (number | null)[] => {
      replicate++;
      return [replicate % 20 === 0 ? null : 1, replicate % 5 === 0 ? null : 1];
    };
    expect(clusterBootstrap(fourGroups, statistics, { seed: 1 })).toEqual([{ low: 1, high: 1 }, null]);
    expect(clusterBootstrap({ groups: Uint32Array.of(2, 2, 2) }, () => [1], { seed: 1 })).toEqual([null]);
  });

  it.each([
    ['a value that is no number', fourGroups, () => [Number.NaN], { seed: 1 }],
    ['an infinite value', fourGroups, () => [Infinity], { seed: 1 }],
    ['no replicates', fourGroups, () => [1], { seed: 1, replicates: 0 }],
    ['a level of 1', fourGroups, () => [1], { seed: 1, level: 1 }],
    ['lengths that differ', { ...fourGroups, subgroups: Uint32Array.of(1) }, () => [1], { seed: 1 }],
  ])('refuses %s', (_, clusters, statistics, settings) => {
    expect(() => clusterBootstrap(clusters, statistics, settings)).toThrow(CandorError);
  });
});
