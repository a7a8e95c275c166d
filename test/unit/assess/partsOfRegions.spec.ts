import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { partsOfRegions, type RegionPart } from '../../../src/assess/partsOfRegions.ts';
import type { SpanTable } from '../../../src/core/spanTable.ts';
import { findRegions } from '../../../src/syntax/findRegions.ts';
import { lineSpans } from '../../../src/syntax/lineSpans.ts';
import { SAMPLES, spansOf } from '../syntax/samples.ts';

/** Leaves 0 .. 9 of the sketch, of three characters each, with a blank between them. */
const SKETCH = 'a00\nb11\nc22\nd33\ne44\nf55\ng66\nh77\ni88\nj99';
const SKETCHED = lineSpans(SKETCH);
const REGIONS = [region('import', 0, 3), region('f', 3, 8), region('g', 8, 10)];

function region(name: string, firstLeaf: number, endLeaf: number): RegionPart {
  return { kind: 'statements', name, firstLeaf, endLeaf, start: 4 * firstLeaf, end: 4 * endLeaf - 1 };
}

/** Parts of the sketch in a word each. */
function parts(...ranges: readonly (readonly [start: number, end: number])[]): readonly string[] {
  const found = partsOfRegions(
    SKETCHED,
    REGIONS,
    ranges.map(([start, end]) => ({ start, end })),
  );
  return found.map(({ name, start, end }) => `${name} ${SKETCH.slice(start, end).replaceAll('\n', ' ')}`);
}

describe('partsOfRegions', () => {
  it('gives what ranges and regions have in common', () => {
    expect(parts([5, 10], [16, 18], [20, 33])).toEqual(['import b11 c22', 'f e44', 'f f55 g66 h77', 'g i88']);
  });

  it.each([
    ['all of it', [[0, 39]], ['import a00 b11 c22', 'f d33 e44 f55 g66 h77', 'g i88 j99']],
    ['more than all', [[-5, 99]], ['import a00 b11 c22', 'f d33 e44 f55 g66 h77', 'g i88 j99']],
    ['nothing', [], []],
    ['no width', [[5, 5]], []],
    ['the wrong way round', [[9, 5]], []],
    ['a blank alone', [[3, 4]], []],
    ['behind the end', [[39, 50]], []],
    ['one character', [[38, 39]], ['g j99']],
    ['up to a leaf', [[0, 4]], ['import a00']],
    ['into a leaf', [[0, 5]], ['import a00 b11']],
    [
      'ranges that touch one leaf, in any order',
      [
        [14, 17],
        [12, 13],
      ],
      ['f d33 e44'],
    ],
    [
      'ranges one in the other',
      [
        [12, 30],
        [16, 19],
      ],
      ['f d33 e44 f55 g66 h77'],
    ],
    [
      'neighbours that share no leaf',
      [
        [12, 15],
        [16, 19],
      ],
      ['f d33', 'f e44'],
    ],
    [
      'the same twice',
      [
        [12, 15],
        [12, 15],
      ],
      ['f d33'],
    ],
  ] as const)('takes %s', (_, ranges, expected) => {
    expect(parts(...ranges)).toEqual(expected);
  });

  it('has no name for a part of what has none', () => {
    const [part] = partsOfRegions(
      SKETCHED,
      [{ kind: 'function', firstLeaf: 0, endLeaf: 10, start: 0, end: 39 }],
      [{ start: 5, end: 6 }],
    );
    expect(part).toEqual({ kind: 'function', firstLeaf: 1, endLeaf: 2, start: 4, end: 7 });
  });

  it.each(SAMPLES)(
    'gives every leaf in a range of $file to one part, and no other leaf',
    async ({ text, language }) => {
      const spans = await spansOf(text, language);
      const regions = findRegions(spans, text);
      const place = fc.integer({ min: -2, max: text.length + 2 });
      const range = fc.record({ start: place, end: place });
      fc.assert(
        fc.property(fc.array(range, { maxLength: 6 }), (ranges) => {
          const found = partsOfRegions(spans, regions, ranges);
          const given = found.flatMap(({ firstLeaf, endLeaf }) =>
            Array.from({ length: endLeaf - firstLeaf }, (_, at) => firstLeaf + at),
          );
          expect(given).toEqual(touchedLeaves(spans, ranges));
          for (const part of found) {
            const whole = regions.find(
              ({ firstLeaf, endLeaf }) => firstLeaf <= part.firstLeaf && part.endLeaf <= endLeaf,
            );
            expect(whole).toBeDefined();
            expect([part.kind, part.name]).toEqual([whole!.kind, whole!.name]);
            expect(part.start).toBe(spans.starts[spans.leaves[part.firstLeaf]!]);
            expect(part.end).toBe(spans.ends[spans.leaves[part.endLeaf - 1]!]);
          }
        }),
        { seed: 7, numRuns: 100 },
      );
      const all = partsOfRegions(spans, regions, [{ start: 0, end: text.length }]);
      expect(all).toEqual(
        regions.map(({ kind, name, firstLeaf, endLeaf, start, end }) => ({
          ...{ kind, firstLeaf, endLeaf, start, end },
          ...(name !== undefined && { name }),
        })),
      );
    },
  );
});

function touchedLeaves(spans: SpanTable, ranges: readonly { start: number; end: number }[]): readonly number[] {
  return [...spans.leaves.keys()].filter((leaf) => {
    const [start, end] = [spans.starts[spans.leaves[leaf]!]!, spans.ends[spans.leaves[leaf]!]!];
    return ranges.some((range) => Math.max(start, range.start) < Math.min(end, range.end));
  });
}
