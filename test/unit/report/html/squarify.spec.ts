import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { squarify, type Box } from '../../../../src/report/html/squarify.ts';

const areaOf = ({ x1, x2, y1, y2 }: Box): number => (x2 - x1) * (y2 - y1);

describe('squarify', () => {
  it('lays out the example of the paper', () => {
    // Sizes 6, 6, 4, 3, 2, 2, 1 in a box of 6 by 4: the first two stand one above the other at the left, 3 wide.
    const boxes = squarify([6, 6, 4, 3, 2, 2, 1], { x1: 0, y1: 0, x2: 6, y2: 4 });
    expect(boxes[0]).toEqual({ x1: 0, x2: 3, y1: 0, y2: 2 });
    expect(boxes[1]).toEqual({ x1: 0, x2: 3, y1: 2, y2: 4 });
    // Then 4 and 3 side by side.
    expect(boxes[2]?.x2).toBeCloseTo(3 + 12 / 7, 12);
    expect(boxes[2]?.y2).toBeCloseTo(7 / 3, 12);
    expect(boxes[3]?.x2).toBeCloseTo(6, 12);
  });

  it('gives each its share, inside the box and off the others', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 1000 }), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(sizes, (each) => {
        const sorted = each.toSorted((one, other) => other - one);
        const total = sorted.reduce((sum, size) => sum + size, 0);
        const box = { x1: 10, y1: 5, x2: 90, y2: 65 };
        const boxes = squarify(sorted, box);
        for (const [index, one] of boxes.entries()) {
          expect(areaOf(one)).toBeCloseTo((sorted[index]! / total) * areaOf(box), 6);
          expect(Math.min(one.x1 - box.x1, one.y1 - box.y1, box.x2 - one.x2, box.y2 - one.y2)).toBeGreaterThan(-1e-9);
          for (const other of boxes.slice(index + 1)) {
            const width = Math.min(one.x2, other.x2) - Math.max(one.x1, other.x1);
            const height = Math.min(one.y2, other.y2) - Math.max(one.y1, other.y1);
            expect(Math.min(width, height)).toBeLessThan(1e-9);
          }
        }
      }),
    );
  });

  it('lays out nothing for nothing', () => {
    expect(squarify([], { x1: 0, y1: 0, x2: 1, y2: 1 })).toEqual([]);
  });
});
