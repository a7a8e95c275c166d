import { describe, expect, it } from 'vitest';
import { categoryScoreboard, type CategoryTally } from '../../../../src/core/sums/categoryScoreboard.ts';

const tally = (
  category: string | null,
  language: string,
  group: string,
  confidence: number,
  count: number,
): CategoryTally => ({ category, language, group, confidence, count });

describe('categoryScoreboard', () => {
  const { rows, leftOut } = categoryScoreboard([
    tally('literals', 'python', 'a.py', 1.2, 2),
    tally('literals', 'python', 'b.py', 0.4, 2),
    tally('operators', 'python', 'a.py', 3.6, 4),
    tally('literals', 'go', 'a.go', 1, 1),
    tally(null, 'python', 'a.py', 5, 7),
    tally('calls', 'go', 'a.go', 0, 0),
  ]);

  it('has a row for each category of each language that there is code of, the least sure first', () => {
    expect(rows.map(({ language, category, confidence }) => [language, category, confidence.mean])).toEqual([
      ['go', 'literals', 1],
      ['python', 'literals', 0.4],
      ['python', 'operators', 0.9],
    ]);
  });

  it('says over how much code and how many files, with an interval where there are several', () => {
    expect(rows[1]?.confidence).toMatchObject({ count: 4, groups: 2 });
    // Residuals .4 and -.4, variance 2 * .32 / 16 = .04, Student's t 6.3138.
    expect(rows[1]?.confidence.interval?.high).toBeCloseTo(0.4 + 0.2 * 6.31375, 4);
    expect(rows[2]?.confidence.interval).toBeNull();
  });

  it('counts what has no category', () => {
    expect(leftOut).toBe(7);
  });
});
