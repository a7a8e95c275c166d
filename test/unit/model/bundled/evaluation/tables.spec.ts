import { describe, expect, it } from 'vitest';
import { bitsTable } from '../../../../../model/bundled/evaluation/bitsTable.ts';
import type { Completion } from '../../../../../model/bundled/evaluation/completions.ts';
import { costTable } from '../../../../../model/bundled/evaluation/costTable.ts';
import { matchTable } from '../../../../../model/bundled/evaluation/matchTable.ts';
import type { FileBits } from '../../../../../model/bundled/evaluation/projectBits.ts';

function fileOf(language: string, bytes: number, [gzip, ngram, model, mixture]: readonly number[]): FileBits {
  return { language, bytes, bits: { 'gzip -9': gzip!, 'n-gram': ngram!, model: model!, mixture: mixture! } };
}

describe('bitsTable', () => {
  it("weighs a language's files by their bytes and the languages alike", () => {
    const files = [
      fileOf('ruby', 1000, [4000, 2000, 2000, 2000]),
      fileOf('go', 1000, [3000, 2000, 1000, 900]),
      fileOf('go', 3000, [5000, 2000, 3000, 1900]),
    ];
    expect(bitsTable(files)).toBe(
      [
        '| language | files | KB | gzip -9 | n-gram | model | mixture |',
        '| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
        // 8000, 4000, 4000 and 2800 bits of 4000 bytes.
        '| go | 2 | 4 | 2.000 | 1.000 | 1.000 | 0.700 |',
        '| ruby | 1 | 1 | 4.000 | 2.000 | 2.000 | 2.000 |',
        '| mean over languages | 3 | 5 | 3.000 | 1.500 | 1.500 | 1.350 |',
        '',
        'The mixture is below both of its parts in 1 of 2 languages.',
      ].join('\n'),
    );
  });
});

describe('matchTable', () => {
  it('counts by language and kind, and gives the interval of all', () => {
    const of = (language: string, kind: Completion['kind'], hits: number, count: number): Completion[] =>
      Array.from({ length: count }, (_, index) => ({ language, kind, isExact: index < hits }));
    const completions = [...of('go', 'line', 4, 6), ...of('go', 'statement', 0, 20), ...of('lua', 'line', 1, 4)];
    expect(matchTable(completions)).toBe(
      [
        '| language | lines | rest of line, % | statements | statement filled in, % |',
        '| --- | ---: | ---: | ---: | ---: |',
        '| go | 6 | 66.7 | 20 | 0.0 |',
        '| lua | 4 | 25.0 | 0 | - |',
        // The intervals of 5 in 10 and of 0 in 20.
        '| all (95 % interval) | 10 | 50.0 (23.7 to 76.3) | 20 | 0.0 (0.0 to 16.1) |',
      ].join('\n'),
    );
  });
});

describe('costTable', () => {
  const cost = {
    fileBytes: 6_496_032,
    loadMs: 1234,
    peakBytes: 289_600_000,
    speeds: [
      { threads: 1, tokensPerSecond: 930.4 },
      { threads: 2, tokensPerSecond: 1700 },
    ],
  };

  it('shows the costs in their units', () => {
    expect(costTable(cost)).toBe(
      [
        '| cost |  |',
        '| --- | ---: |',
        '| file, MB | 6.5 |',
        '| loading, s (median of 3) | 1.23 |',
        '| memory of its process at most, MB | 290 |',
        '| tokens scored a second, 1 thread | 930 |',
        '| tokens scored a second, 2 threads | 1700 |',
      ].join('\n'),
    );
  });

  it('leaves out the memory that nobody could measure, and says so', () => {
    const table = costTable({ ...cost, peakBytes: null });
    expect(table).not.toContain('at most');
    expect(table).toMatch(/\n\nMemory was not measured/);
  });
});
