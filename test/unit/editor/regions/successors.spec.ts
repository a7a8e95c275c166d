import { describe, expect, it } from 'vitest';
import type { JudgedRegion } from '../../../../src/editor/regions/judgedRegion.ts';
import { successors } from '../../../../src/editor/regions/successors.ts';
import { someSource } from '../../core/someSource.ts';

function region(id: string, start: number, end: number): JudgedRegion {
  return {
    start,
    end,
    assessment: {
      id: `assessment of ${id}`,
      region: { id, origin: 'file', start: 0, end: end - start },
      source: someSource,
      target: null,
      judgement: null,
      band: 'unknown',
      evidence: { version: 2, features: {}, levels: {}, signals: {} },
      spans: [],
    },
  };
}

describe('successors', () => {
  it('follows a region that was edited, and names none that is as it was', () => {
    const earlier = [region('f', 0, 100), region('g', 110, 200)];
    const later = [region('f2', 0, 104), region('g', 110, 200)];
    expect(successors(earlier, later)).toEqual([{ before: 'f', after: 'f2' }]);
  });

  it('takes a new region for new, though it stands where another grew', () => {
    const earlier = [region('f', 0, 140)];
    const later = [region('f2', 0, 100), region('h', 100, 140)];
    expect(successors(earlier, later)).toEqual([{ before: 'f', after: 'f2' }]);
  });

  it('follows nothing where all is new', () => {
    expect(successors([], [region('f', 0, 10)])).toEqual([]);
    expect(successors([region('f', 0, 10)], [region('g', 10, 20)])).toEqual([]);
  });

  it('asks for more than half of what both cover', () => {
    expect(successors([region('f', 0, 10)], [region('g', 0, 20)])).toEqual([]);
    expect(successors([region('f', 0, 11)], [region('g', 0, 20)])).toEqual([{ before: 'f', after: 'g' }]);
  });
});
