import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hazardCosts, surprisalCosts } from '../../../src/assess/leafCosts.ts';
import { partialTree, type PartialNode } from '../../../src/assess/partialTree.ts';
import { riskiestSpans, type LeafCosts, type LeafRange } from '../../../src/assess/riskiestSpans.ts';
import { sumHazards } from '../../../src/core/risk/leafHazards.ts';
import type { SpanTable } from '../../../src/core/spanTable.ts';
import { laidOut, leaf, node, operator, sign, spanWord, type Node, type Tree } from './tables.ts';

/** A partial tree in words, as `name share% [children] +folded leaves`. */
function words(table: SpanTable, { span, share, children, fold }: PartialNode): string {
  const inside = children.length === 0 ? '' : ` [${children.map((child) => words(table, child)).join(', ')}]`;
  const beside = fold === null ? '' : ` +${fold.leafCount} ${Math.round(fold.share * 100)}%`;
  return `${spanWord(table, span)} ${Math.round(share * 100)}%${inside}${beside}`;
}

function grown(root: Node, { chosen = [], region }: { chosen?: readonly string[]; region?: LeafRange } = {}): string {
  const { table, sums } = laidOut(root);
  const within = region ?? { firstLeaf: 0, endLeaf: table.leaves.length };
  const spans = chosen.map((word) =>
    Array.from(table.types.keys()).findIndex((span) => spanWord(table, span) === word),
  );
  return words(table, partialTree(table, surprisalCosts(sums, within), within, spans));
}

describe('partialTree', () => {
  it('keeps what holds a tenth of the region, and folds the rest', () => {
    // Of 20: 10, 5, 4, and twice 0.5.
    expect(grown(node('root', leaf(10), leaf(0.5), leaf(5), leaf(0.5), leaf(4)))).toBe(
      'root 100% [leaf 0 50%, leaf 2 25%, leaf 4 20%] +2 5%',
    );
    expect(grown(node('root', leaf(18), leaf(2)))).toBe('root 100% [leaf 0 90%, leaf 1 10%]');
    expect(grown(node('root', leaf(18.2), leaf(1.8)))).toBe('root 100% [leaf 0 91%] +1 9%');
  });

  it('takes a node and its only child with the same leaves for one, the inner where that has a category', () => {
    expect(grown(node('root', node('statement', node('call', leaf(6), leaf(4)))))).toBe(
      'root 100% [leaf 0 60%, leaf 1 40%]',
    );
    expect(grown(node('root', node('wrapper', operator(6)), leaf(4)))).toBe('root 100% [leaf 0 60%, leaf 1 40%]');
    expect(grown(node('root', node('wrapper', leaf(6)), leaf(4)))).toBe('root 100% [wrapper 60%, leaf 1 40%]');
  });

  it('passes over a node that only leads to others', () => {
    // The block holds 9.5 of 10, at least eight tenths.
    expect(grown(node('function', leaf(0.4), sign(0.1), node('block', leaf(5), leaf(4.5))))).toBe(
      'function 100% [leaf 2 50%, leaf 3 45%] +2 5%',
    );
  });

  it('keeps a node that leads to less than eight tenths of what is around it', () => {
    const others = Array.from({ length: 8 }, () => leaf(0.4));
    expect(grown(node('function', ...others, node('block', leaf(4), leaf(2.8))))).toBe(
      'function 100% [block 68% [leaf 8 40%, leaf 9 28%]] +8 32%',
    );
  });

  it('keeps the leaf that it leads to', () => {
    expect(grown(node('if', sign(0.1), node('comparison', leaf(0.1), operator(9.7), leaf(0.1))))).toBe(
      'if 100% [leaf 2 97%] +3 3%',
    );
  });

  it('shows no punctuation, which says nothing alone', () => {
    expect(grown(node('root', node('list', sign(6), leaf(0.1)), leaf(3.9)))).toBe('root 100% [list 61%, leaf 2 39%]');
    expect(grown(node('root', sign(6), leaf(4)))).toBe('root 100% [leaf 1 40%] +1 60%');
  });

  it('shows what a mark may stand on, however little that costs, and passes none of it over', () => {
    const root = node('root', leaf(50), node('a', leaf(0.1), node('b', leaf(0.1), leaf(0.1))));
    expect(grown(root)).toBe('root 100% [leaf 0 99%] +3 1%');
    expect(grown(root, { chosen: ['b'] })).toBe('root 100% [leaf 0 99%, a 1% [b 0%] +1 0%]');
  });

  it('keeps to the region', () => {
    const root = node('root', leaf(9), node('pair', leaf(3), leaf(3)), leaf(9));
    expect(grown(root, { region: { firstLeaf: 1, endLeaf: 3 } })).toBe('pair 100% [leaf 1 50%, leaf 2 50%]');
    expect(grown(root, { region: { firstLeaf: 2, endLeaf: 4 } })).toBe('root 100% [pair 25%, leaf 3 75%]');
  });

  it('gives a region of which nothing is known as one end', () => {
    expect(grown(node('root', leaf(0), node('a', leaf(0), leaf(0))))).toBe('root 0%');
  });

  it('stays shallow where the tree is deep', () => {
    let tree: Tree = leaf(1);
    for (let depth = 0; depth < 1000; depth++) tree = node('sum', leaf(0.0001), tree);
    const { table, sums } = laidOut(node('root', tree));
    const region = { firstLeaf: 0, endLeaf: table.leaves.length };
    expect(depthOf(partialTree(table, surprisalCosts(sums, region), region, []))).toBeLessThan(60);
  });

  it('keeps its promises on any tree, for surprisal and for risk', () => {
    const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
      tree: fc.oneof(
        { maxDepth: 5 },
        fc.record({ costNats: fc.constantFrom(0, 0.1, 0.9, 1, 2.5, 7), isPunctuation: fc.boolean() }),
        fc.array(tie('tree'), { minLength: 1, maxLength: 5 }).map((children): Tree => node('node', ...children)),
      ),
    }));
    fc.assert(
      fc.property(
        fc.array(tree, { minLength: 1, maxLength: 6 }),
        fc.nat(),
        fc.nat(),
        fc.boolean(),
        (children, a, b, ofRisk) => {
          const { table, sums } = laidOut(node('root', ...children));
          const leafCount = table.leaves.length;
          const borders = [a % leafCount, b % leafCount] as const;
          const region = { firstLeaf: Math.min(...borders), endLeaf: Math.max(...borders) + 1 };
          const costs = ofRisk ? risks(table, region) : surprisalCosts(sums, region);
          const chosen = riskiestSpans(table, costs, region, 5);
          const root = partialTree(
            table,
            costs,
            region,
            chosen.map(({ span }) => span),
          );
          const total = costs.ofLeaves(region.firstLeaf, region.endLeaf);
          expect(root.leaves).toEqual(region);
          expect(root.share).toBeCloseTo(total > 0 ? 1 : 0, 9);
          for (const each of allOf(root)) holdsTogether(table, costs, each);
          // Each span that a mark may stand on is there, with the mark's own number.
          for (const { span, share } of chosen) {
            const leaves = { firstLeaf: table.leafStarts[span]!, endLeaf: table.leafEnds[span]! };
            const shown = allOf(root).filter((each) => isSame(each.leaves, leaves));
            expect(shown).toHaveLength(1);
            expect(shown[0]!.share).toBe(share);
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});

/** Hazards of leaves and gaps, of many sizes. */
function risks(table: SpanTable, region: LeafRange): LeafCosts {
  const parts = 2 * (region.endLeaf - region.firstLeaf) - 1;
  const hazards = Float64Array.from({ length: parts }, (_, index) => [0.001, 0.3, 0.02, 1.5][(index * 7) % 4]!);
  return hazardCosts(sumHazards(hazards, region.firstLeaf), table, region);
}

function holdsTogether(table: SpanTable, costs: LeafCosts, { span, leaves, share, children, fold }: PartialNode): void {
  expect(share).toBeGreaterThanOrEqual(0);
  expect(share).toBeLessThanOrEqual(1 + 1e-12);
  expect(table.leafStarts[span]! < leaves.endLeaf && table.leafEnds[span]! > leaves.firstLeaf).toBe(true);
  let at = leaves.firstLeaf;
  for (const child of children) {
    expect(child.leaves.firstLeaf).toBeGreaterThanOrEqual(at);
    expect(child.share).toBeLessThanOrEqual(share + 1e-12);
    at = child.leaves.endLeaf;
  }
  expect(at).toBeLessThanOrEqual(leaves.endLeaf);
  if (children.length === 0) expect(fold).toBeNull();
  else {
    const shown = children.reduce((sum, child) => sum + child.leaves.endLeaf - child.leaves.firstLeaf, 0);
    expect(shown + (fold?.leafCount ?? 0)).toBe(leaves.endLeaf - leaves.firstLeaf);
    const cost = costs.ofLeaves(leaves.firstLeaf, leaves.endLeaf);
    const inShown = children.reduce(
      (sum, child) => sum + costs.ofLeaves(child.leaves.firstLeaf, child.leaves.endLeaf),
      0,
    );
    if (fold !== null) expect(fold.share).toBeCloseTo(costs.shareOfCost(Math.max(0, cost - inShown)), 9);
    expect((fold?.spans.length ?? 0) > 0).toBe((fold?.leafCount ?? 0) > 0);
  }
}

function allOf(root: PartialNode): readonly PartialNode[] {
  return [root, ...root.children.flatMap(allOf)];
}

function depthOf({ children }: PartialNode): number {
  return 1 + Math.max(0, ...children.map(depthOf));
}

function isSame(a: LeafRange, b: LeafRange): boolean {
  return a.firstLeaf === b.firstLeaf && a.endLeaf === b.endLeaf;
}
