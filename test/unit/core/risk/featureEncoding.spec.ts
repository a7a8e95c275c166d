import { describe, expect, it } from 'vitest';
import {
  columnCount,
  encodeAll,
  encodeObservation,
  fitEncoding,
  withLevels,
} from '../../../../src/core/risk/featureEncoding.ts';
import type { FeatureSchema, Observation } from '../../../../src/core/risk/observation.ts';

const schema: FeatureSchema = { name: 'test', version: 1, features: ['length', 'margin'], groups: ['language'] };
const seen = (language: string, features: Record<string, number>): Observation => ({ features, levels: { language } });

const learned = [
  seen('python', { length: 1, margin: 5 }),
  seen('rust', { length: 3 }),
  seen('python', { length: 5, margin: 5, other: 9 }),
  seen('python', { length: 7, margin: Number.NaN }),
];
const encoding = fitEncoding(schema, learned);

describe('features in numbers', () => {
  it('are standardised where they are there, and a constant says nothing', () => {
    expect(encoding.scales).toEqual([
      { mean: 4, scale: Math.sqrt(5) },
      { mean: 5, scale: 1 },
    ]);
    expect(encoding.levels).toEqual([
      { group: 'absent', name: 'margin' },
      { group: 'language', name: 'python' },
      { group: 'language', name: 'rust' },
    ]);
    expect([...encodeObservation(encoding, learned[0]!).row]).toEqual([1, -3 / Math.sqrt(5), 0, 0, 1, 0]);
  });

  it('take the mean and a level of their own where they are absent or not finite', () => {
    for (const margin of [undefined, Number.NaN, Infinity]) {
      const observation = seen('rust', { length: 4, ...(margin === undefined ? {} : { margin }) });
      expect(encodeObservation(encoding, observation)).toEqual({
        row: Float64Array.of(1, 0, 0, 1, 0, 1),
        unseen: [],
      });
    }
  });

  it('say no more beyond ten standard deviations, and beyond all measure nothing', () => {
    const rowOf = (length: number): number[] => [...encodeObservation(encoding, seen('go', { length, margin: 5 })).row];
    expect(rowOf(1e50)[1]).toBe(10);
    expect(rowOf(-1e50)[1]).toBe(-10);
    expect(rowOf(1e300)[1]).toBe(0);
  });

  it('tell levels that were never seen', () => {
    const { row, unseen } = encodeObservation(encoding, seen('go', { margin: 6 }));
    expect([...row]).toEqual([1, 0, 1, 0, 0, 0]);
    expect(unseen).toEqual([
      { group: 'language', name: 'go' },
      { group: 'absent', name: 'length' },
    ]);
    expect(encodeObservation(encoding, { features: { length: 4, margin: 5 }, levels: {} }).unseen).toEqual([
      { group: 'language', name: '' },
    ]);
  });

  it('get columns for new levels after those there are', () => {
    const wider = withLevels(encoding, [seen('go', { length: 1, margin: 1 }), seen('rust', { length: 1, margin: 1 })]);
    expect(columnCount(wider)).toBe(columnCount(encoding) + 1);
    expect(wider.levels.slice(0, 3)).toEqual(encoding.levels);
    expect(wider.levels[3]).toEqual({ group: 'language', name: 'go' });
  });

  it('do not depend on the order of what was learned from', () => {
    expect(fitEncoding(schema, [...learned].reverse())).toEqual(encoding);
  });

  it('make a design of several', () => {
    const { values, columns } = encodeAll(encoding, learned.slice(0, 2));
    expect(columns).toBe(6);
    expect([...values.subarray(6)]).toEqual([...encodeObservation(encoding, learned[1]!).row]);
  });

  it('need something to learn from, and the name of absence for themselves', () => {
    const badCall: unknown = expect.objectContaining({ reason: 'bad-call' });
    expect(() => fitEncoding(schema, [])).toThrow(badCall);
    expect(() => fitEncoding({ ...schema, groups: ['absent'] }, learned)).toThrow(badCall);
  });
});
