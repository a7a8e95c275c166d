import { describe, expect, it } from 'vitest';
import { categoryScoreboard, type TalliedText } from '../../../../src/core/sums/categoryScoreboard.ts';
import { tokenTally } from '../../../../src/core/sums/categoryTallies.ts';
import type { Category } from '../../../../src/core/words.ts';

const text = (
  language: string,
  group: string,
  probabilities: Readonly<Partial<Record<Category, readonly number[]>>>,
  leftOut = 0,
): TalliedText => ({
  language,
  group,
  categories: Object.fromEntries(
    Object.entries(probabilities).map(([category, own]) => [category, tokenTally(own.map(Math.log))]),
  ),
  leftOut,
});

describe('categoryScoreboard', () => {
  const { rows, leftOut } = categoryScoreboard([
    text('python', 'a.py', { literals: [0.4, 0.8], operators: [0.9, 0.9, 0.9, 0.9] }, 7),
    text('python', 'b.py', { literals: [0.1, 0.3] }),
    text('go', 'a.go', { literals: [1], calls: [] }),
  ]);

  it('has a row for each category of each language that there are tokens of, the least sure first', () => {
    expect(rows.map(({ language, category }) => [language, category])).toEqual([
      ['go', 'literals'],
      ['python', 'literals'],
      ['python', 'operators'],
    ]);
    const means = rows.map(({ confidence }) => confidence.mean);
    for (const [index, mean] of [1, 0.4, 0.9].entries()) expect(means[index]).toBeCloseTo(mean, 12);
  });

  it('says over how many tokens and files, with an interval where there are several files', () => {
    expect(rows[1]?.confidence).toMatchObject({ count: 4, groups: 2 });
    // Residuals .4 and -.4, variance 2 * .32 / 16 = .04, Student's t 6.3138.
    expect(rows[1]?.confidence.interval?.high).toBeCloseTo(0.4 + 0.2 * 6.31375, 4);
    expect(rows[2]?.confidence.interval).toBeNull();
  });

  it('has the geometric mean, which one odd token pulls down, and quartiles, which it does not move', () => {
    expect(rows[1]?.geometricMean).toBeCloseTo((0.4 * 0.8 * 0.1 * 0.3) ** 0.25, 12);
    const odd = [...Array.from({ length: 99 }, () => 0.97), 1e-9];
    const [row] = categoryScoreboard([text('go', 'a.go', { types: odd })]).rows;
    expect(row?.geometricMean).toBeLessThan(0.8);
    expect(row?.quartiles[1]).toBeCloseTo(0.975, 2);
  });

  it('counts what has no category', () => {
    expect(leftOut).toBe(7);
  });
});
