import { describe, expect, it } from 'vitest';
import { suspectLabels } from '../../../src/core/sums/suspectLabels.ts';
import { readPublished } from './readPublished.ts';

interface Cleanlab {
  readonly sets: readonly {
    readonly p: readonly number[];
    readonly good: readonly boolean[];
    readonly joint: readonly number[];
    readonly issues: readonly number[];
  }[];
}

const { sets } = readPublished('cleanlab') as Cleanlab;
const labelled = sets.map(({ p, good, ...published }) => ({
  items: p.map((chance, index) => ({ index, p: chance, good: good[index]! })),
  ...published,
}));

describe('confident learning, the authors’ code', () => {
  it('counts the same labels as wrong', () => {
    expect(labelled.flatMap(({ joint }) => joint).length).toBeGreaterThan(100);
    for (const { items, joint } of labelled)
      expect(
        suspectLabels(items)!
          .map(({ item }) => item.index)
          .sort((one, other) => one - other),
      ).toEqual([...joint]);
  });

  // Its filter, unlike the paper's count, leaves out labels that are still the likelier ones: we show them last.
  it('lists those whose other label is the likelier one in the same order', () => {
    for (const { items, issues } of labelled) {
      const suspects = suspectLabels(items)!;
      const likelierOther = suspects.filter(({ chanceOfLabel }) => chanceOfLabel < 0.5);
      expect(likelierOther.map(({ item }) => item.index)).toEqual([...issues]);
      expect(suspects.slice(0, issues.length)).toEqual(likelierOther);
    }
  });
});
