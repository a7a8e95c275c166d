import { describe, expect, it } from 'vitest';
import type { Assessment, RiskySpan } from '../../../../src/core/words.ts';
import { chooseMarks } from '../../../../src/editor/marks/chooseMarks.ts';
import { someSource } from '../../core/someSource.ts';

function span(start: number, peakBits: number, totalBits = peakBits): RiskySpan {
  const signals = { minimumLogprob: -peakBits * Math.LN2, totalSurprisal: totalBits * Math.LN2 };
  return {
    start,
    end: start + 2,
    type: 'identifier',
    category: 'identifiers',
    path: [],
    share: 0.1,
    signals,
    alternatives: [],
  };
}

function region(...spans: readonly RiskySpan[]): Assessment {
  return {
    id: String(spans[0]?.start),
    region: { id: '0.1', origin: 'file', start: 0, end: 1000 },
    source: someSource,
    target: null,
    judgement: null,
    band: 'unknown',
    evidence: { version: 2, features: {}, levels: {}, signals: {} },
    spans,
  };
}

describe('chooseMarks', () => {
  it('marks nothing that had a good chance', () => {
    expect(chooseMarks([region(span(10, 6.9), span(20, 3))], 1000, 'test')).toEqual([]);
  });

  it('marks at most three spans of a region', () => {
    const marks = chooseMarks([region(span(10, 20), span(20, 19), span(30, 18), span(40, 17))], 1000, 'test');
    expect(marks.map((mark) => mark.start)).toEqual([10, 20, 30]);
  });

  it.each([
    [10, 4],
    [64, 4],
    [160, 10],
    [100_000, 2000],
  ])('marks %i lines with at most %i', (lineCount, most) => {
    const many = Array.from({ length: 2400 }, (_, index) => region(span(index * 10, 10)));
    expect(chooseMarks(many, lineCount, 'test')).toHaveLength(most);
  });

  it('keeps what carries most surprisal, in order of the text, the levels by rank', () => {
    const bits = [11, 20, 12, 19, 13, 18, 14, 17, 15, 16];
    const marks = chooseMarks(
      bits.map((total, index) => region(span(index * 10, 10, total))),
      16 * 10,
      'test',
    );
    expect(marks.map((mark) => mark.start)).toEqual([0, 10, 20, 30, 40, 50, 60, 70, 80, 90]);
    const levels = Object.fromEntries(marks.map((mark, index) => [String(bits[index]), mark.level] as const));
    expect(levels).toEqual({
      20: 'first',
      19: 'first',
      18: 'next',
      17: 'next',
      16: 'next',
      15: 'later',
      14: 'later',
      13: 'later',
      12: 'later',
      11: 'later',
    });
  });
});
