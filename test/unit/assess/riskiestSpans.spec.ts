import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { surprisalCosts } from '../../../src/assess/leafCosts.ts';
import { riskiestSpans, type LeafRange } from '../../../src/assess/riskiestSpans.ts';
import { laidOut, leaf, node, operator, sign, spanWord, type Node, type Tree } from './tables.ts';

/** The chosen spans of a node of a program: their words, costliest first. */
function chosen(part: Node, { count = 5, region }: { count?: number; region?: LeafRange } = {}): string[] {
  const { table, sums } = laidOut(node('program', part));
  const everything = { firstLeaf: 0, endLeaf: table.leaves.length };
  const within = region ?? everything;
  return riskiestSpans(table, surprisalCosts(sums, within), within, count).map(({ span }) => spanWord(table, span));
}

describe('riskiestSpans', () => {
  it('stays with a leaf that stands out of what is around it', () => {
    // The comparison's mean is (0.3 + 0.1 + 0.9 + 6.2 + 0.8) / 5 = 1.66, less than half of 6.2.
    const comparison = node('comparison', node('member', leaf(0.3), sign(0.1), leaf(0.9)), operator(6.2), leaf(0.8));
    expect(chosen(comparison)).toEqual(['leaf 3']);
  });

  it('grows to a node whose leaves cost on average half of the costliest', () => {
    expect(chosen(node('root', node('call', leaf(4), leaf(0)), leaf(0)))).toEqual(['call']);
    expect(chosen(node('root', node('call', leaf(4), leaf(0), leaf(0)), leaf(0)))).toEqual(['leaf 0']);
    expect(chosen(node('root', node('call', leaf(4), leaf(2), leaf(0)), leaf(0)))).toEqual(['call']);
    // 5.98 / 3 is just below 2.
    expect(chosen(node('root', node('call', leaf(4), leaf(0.99), leaf(0.99)), leaf(0)))).toEqual(['leaf 0']);
  });

  it('never marks the whole text, which says nothing about where to look', () => {
    const { table, sums } = laidOut(node('program', leaf(4), leaf(4)));
    const region = { firstLeaf: 0, endLeaf: 2 };
    const choices = riskiestSpans(table, surprisalCosts(sums, region), region, 5);
    expect(choices.map(({ span }) => spanWord(table, span))).toEqual(['leaf 0', 'leaf 1']);
  });

  it('grows level by level, and stops at the first that is too cheap', () => {
    // inner: 8 / 2 >= 2; outer: 8 / 4 >= 2; root: 8 / 9 < 2.
    const outer = node('outer', node('inner', leaf(4), leaf(4)), leaf(0), leaf(0));
    expect(chosen(node('root', outer, leaf(0), leaf(0), leaf(0), leaf(0), leaf(0)))).toEqual(['outer']);
  });

  it('lets punctuation stand for the node around it, however cheap that is', () => {
    expect(chosen(node('root', node('list', sign(9), leaf(0), leaf(0), leaf(0)), leaf(0)))).toEqual(['list']);
  });

  it('takes an operator as more than punctuation', () => {
    expect(chosen(node('root', node('sum', leaf(0), operator(9), leaf(0)), leaf(0)))).toEqual(['leaf 1']);
  });

  it('covers at most twelve leaves', () => {
    const ofLeaves = (count: number): Node =>
      node('root', node('list', ...Array.from({ length: count }, () => leaf(2))), leaf(0));
    expect(chosen(ofLeaves(11), { count: 1 })).toEqual(['root']);
    expect(chosen(ofLeaves(12), { count: 1 })).toEqual(['list']);
    expect(chosen(ofLeaves(13), { count: 1 })).toEqual(['leaf 0']);
    // Not even for punctuation, which then stands alone.
    expect(chosen(node('list', sign(9), ...Array.from({ length: 12 }, () => leaf(0))))).toEqual(['leaf 0']);
  });

  it('does not reach over the borders of the region', () => {
    const root = node('root', leaf(3), node('pair', leaf(3), leaf(3)), leaf(3));
    expect(chosen(root)).toEqual(['root']);
    expect(chosen(root, { region: { firstLeaf: 1, endLeaf: 3 } })).toEqual(['pair']);
    expect(chosen(root, { region: { firstLeaf: 2, endLeaf: 4 } })).toEqual(['leaf 2', 'leaf 3']);
    expect(chosen(root, { region: { firstLeaf: 1, endLeaf: 1 } })).toEqual([]);
  });

  it('begins no mark at a leaf that is no surprise', () => {
    expect(chosen(node('root', leaf(0.999), leaf(0.999)))).toEqual([]);
    expect(chosen(node('root', node('a', leaf(1)), leaf(0)))).toEqual(['root']);
  });

  it('leaves out what overlaps a costlier choice', () => {
    // The call is chosen by its first leaf; its second leaf would choose it again, and its third is inside it.
    expect(
      chosen(
        node(
          'root',
          node('call', leaf(5), leaf(4.9), leaf(1)),
          node('rest', leaf(0), leaf(1.2), leaf(0), leaf(0), leaf(0)),
          leaf(0),
          leaf(0),
          leaf(0),
        ),
      ),
    ).toEqual(['call', 'leaf 4']);
  });

  it('marks a second surprise beside a chosen span alone, where its node would take that span in', () => {
    // The second leaf's node, the pair, holds the first: it stays a leaf.
    const tail = [leaf(0), leaf(0), leaf(0), leaf(0), leaf(0)];
    expect(chosen(node('root', node('pair', leaf(9), leaf(4)), ...tail))).toEqual(['pair']);
    expect(chosen(node('root', node('pair', leaf(9), leaf(0), leaf(0), leaf(0), leaf(5)), ...tail))).toEqual([
      'leaf 0',
      'leaf 4',
    ]);
  });

  it('keeps to the inner of two nodes with the same leaves where that one has a category', () => {
    const operatorAlone = node('root', node('wrapper', operator(5)), leaf(0), leaf(0), leaf(0));
    expect(chosen(operatorAlone)).toEqual(['leaf 0']);
    expect(chosen(node('root', node('wrapper', leaf(5)), leaf(0), leaf(0), leaf(0)))).toEqual(['wrapper']);
  });

  it('names the leaf and the share of each choice, costliest first', () => {
    // The pair costs 3 + 2.5 = 5.5 of 10, and so comes before the leaf that costs 4.5 alone.
    const { table, sums } = laidOut(
      node('root', node('pair', leaf(2.5), leaf(3)), leaf(0), leaf(0), leaf(4.5), leaf(0), leaf(0)),
    );
    const region = { firstLeaf: 0, endLeaf: 7 };
    const [first, second, ...more] = riskiestSpans(table, surprisalCosts(sums, region), region, 5);
    expect(more).toEqual([]);
    expect(first).toMatchObject({ leaf: 1, share: 0.55 });
    expect(second).toMatchObject({ leaf: 4, share: 0.45 });
  });

  it('chooses at most as many as asked, the costliest leaves first', () => {
    const root = node('root', leaf(1), leaf(3), leaf(0), leaf(0), leaf(0), leaf(0), leaf(2), leaf(0), leaf(0));
    expect(chosen(root, { count: 2 })).toEqual(['leaf 1', 'leaf 6']);
    expect(chosen(root, { count: 0 })).toEqual([]);
  });

  it('keeps its promises on any tree', () => {
    const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 4 },
        fc.record({ costNats: fc.constantFrom(0, 0.1, 0.9, 1, 2.5, 7), isPunctuation: fc.boolean() }),
        fc.array(tie('tree'), { minLength: 1, maxLength: 5 }).map((children): Tree => node('node', ...children)),
      ),
    }));
    fc.assert(
      fc.property(
        fc.array(tree, { minLength: 1, maxLength: 5 }),
        fc.nat(),
        fc.nat(),
        fc.nat(6),
        (children, a, b, count) => {
          const { table, sums } = laidOut(node('root', ...children));
          const borders = [a % (table.leaves.length + 1), b % (table.leaves.length + 1)] as const;
          const region = { firstLeaf: Math.min(...borders), endLeaf: Math.max(...borders) };
          const choices = riskiestSpans(table, surprisalCosts(sums, region), region, count);
          expect(choices.length).toBeLessThanOrEqual(count);
          let freeFrom = new Set<number>();
          for (const { span, leaf: peak, share } of choices) {
            const [from, to] = [table.leafStarts[span]!, table.leafEnds[span]!];
            expect(from).toBeGreaterThanOrEqual(region.firstLeaf);
            expect(to).toBeLessThanOrEqual(region.endLeaf);
            expect(to - from).toBeLessThanOrEqual(12);
            expect(peak >= from && peak < to).toBe(true);
            expect(sums.ofLeaves(peak, peak + 1)).toBeGreaterThanOrEqual(1 - 1e-9);
            expect(share).toBeGreaterThan(0);
            expect(share).toBeLessThanOrEqual(1);
            const own = Array.from({ length: to - from }, (_, index) => from + index);
            expect(own.some((one) => freeFrom.has(one))).toBe(false);
            freeFrom = new Set([...freeFrom, ...own]);
          }
          expect(choices.map((choice) => choice.share)).toEqual(
            choices.map((choice) => choice.share).sort((x, y) => y - x),
          );
          expect(choices.reduce((sum, choice) => sum + choice.share, 0)).toBeLessThanOrEqual(1 + 1e-9);
        },
      ),
      { numRuns: 400 },
    );
  });
});
