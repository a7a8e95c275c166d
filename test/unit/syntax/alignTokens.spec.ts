import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SPAN_FLAGS, type SpanTable } from '../../../src/core/spanTable.ts';
import { alignTokens } from '../../../src/syntax/alignTokens.ts';
import { LeafSums } from '../../../src/syntax/leafSums.ts';
import { SpanTableBuilder } from '../../../src/syntax/spanTableBuilder.ts';
import { leafTexts, SAMPLES, spansOf, typeName } from './samples.ts';

/** A tree to build: a range, what lies in it, and whether it is a comment. */
interface Shape {
  readonly start: number;
  readonly end: number;
  readonly children: readonly Shape[];
  readonly isComment?: boolean;
}

function tableOf(root: Shape): SpanTable {
  const builder = new SpanTableBuilder(1);
  const add = (shape: Shape, parent: number, isMasked: boolean): void => {
    const masked = isMasked || shape.isComment === true;
    const missing = shape.start === shape.end ? SPAN_FLAGS.missing : 0;
    const span = builder.open(shape.start, shape.end, parent, 0, 255, missing | (masked ? SPAN_FLAGS.comment : 0));
    for (const child of shape.children) add(child, span, masked);
    if (shape.children.length === 0 && !masked && shape.start < shape.end) builder.markLeaf(span);
    builder.close(span);
  };
  add(root, 0, false);
  return builder.finish('test', root.end, ['node']);
}

/** A tree over [start, end): cuts make children, some of them without width; the last cut may leave a stretch uncovered. */
function shapes(start: number, end: number, depth: number): fc.Arbitrary<Shape> {
  const leaf = fc
    .boolean()
    .map((isComment): Shape => ({ start, end, children: [], isComment: isComment && depth < 3 }));
  if (depth === 0 || end - start < 2) return leaf;
  const parent = fc.array(fc.integer({ min: start, max: end }), { minLength: 1, maxLength: 4 }).chain((cuts) => {
    const edges = [start, ...cuts.sort((a, b) => a - b), end];
    const children = edges.slice(1).map((edge, index) => shapes(edges[index] ?? start, edge, depth - 1));
    return fc.tuple(...children).map((built): Shape => ({ start, end, children: built }));
  });
  return fc.oneof({ weight: 1, arbitrary: leaf }, { weight: 3, arbitrary: parent });
}

const tilings = (length: number): fc.Arbitrary<Uint32Array> =>
  fc
    .uniqueArray(fc.integer({ min: 1, max: Math.max(1, length - 1) }), { maxLength: 12 })
    .map((cuts) => Uint32Array.from([...cuts.filter((cut) => cut < length).sort((a, b) => a - b), length]));

/** The definition, tried for every pair of a token and a span. */
function boundByDefinition(spans: SpanTable, tokenEnds: Uint32Array, span: number): number[] {
  return [...tokenEnds.keys()].filter((token) => {
    const start = token === 0 ? 0 : (tokenEnds[token - 1] ?? 0);
    return Math.max(start, spans.starts[span] ?? 0) < Math.min(tokenEnds[token] ?? 0, spans.ends[span] ?? 0);
  });
}

function chargedByDefinition(spans: SpanTable, text: string, tokenEnds: Uint32Array, token: number): number {
  const start = token === 0 ? 0 : (tokenEnds[token - 1] ?? 0);
  const offset = text.slice(start, tokenEnds[token]).search(/\S/);
  if (offset === -1) return -1;
  return spans.leaves.findIndex(
    (leaf) =>
      (spans.starts[leaf] ?? 0) <= start + offset &&
      start + offset < (spans.ends[leaf] ?? 0) &&
      ((spans.flags[leaf] ?? 0) & SPAN_FLAGS.documentation) === 0,
  );
}

function expectDefinition(spans: SpanTable, text: string, tokenEnds: Uint32Array): void {
  const { firstTokens, endTokens, chargedLeaves } = alignTokens(spans, text, tokenEnds);
  for (let span = 0; span < spans.length; span++) {
    const first = firstTokens[span] ?? 0;
    const tokens = Array.from({ length: (endTokens[span] ?? 0) - first }, (_, index) => first + index);
    expect([span, tokens]).toEqual([span, boundByDefinition(spans, tokenEnds, span)]);
  }
  for (let token = 0; token < tokenEnds.length; token++) {
    expect([token, chargedLeaves[token]]).toEqual([token, chargedByDefinition(spans, text, tokenEnds, token)]);
  }
}

function everyUnits(text: string, size: number): Uint32Array {
  return Uint32Array.from({ length: Math.ceil(text.length / size) }, (_, token) =>
    Math.min(text.length, (token + 1) * size),
  );
}

describe('alignTokens', () => {
  it('binds a token to every span that it overlaps, as drawn in the docstring', async () => {
    const text = 'foo(bar)';
    const spans = await spansOf(text, 'javascript');
    const { firstTokens, endTokens, chargedLeaves } = alignTokens(spans, text, Uint32Array.of(3, 5, 8));
    const rows = [...firstTokens.keys()].map((span) => [typeName(spans, span), firstTokens[span], endTokens[span]]);
    expect(rows).toEqual([
      ['program', 0, 3],
      ['expression_statement', 0, 3],
      ['call_expression', 0, 3],
      ['identifier', 0, 1],
      ['arguments', 1, 3],
      ['(', 1, 2],
      ['identifier', 1, 3],
      [')', 2, 3],
    ]);
    // `(b` is charged to the bracket, `ar)` to the identifier, and the closing bracket to nobody.
    expect([...chargedLeaves]).toEqual([0, 1, 2]);
  });

  it('agrees with the definition on any tree and any tiling', () => {
    const texts = fc.string({ unit: fc.constantFrom('a', ' ', '\n', '(', '漢'), minLength: 1, maxLength: 24 });
    const cases = texts.chain((text) => fc.tuple(fc.constant(text), shapes(0, text.length, 4), tilings(text.length)));
    fc.assert(
      fc.property(cases, ([text, shape, tokenEnds]) => {
        // Leaves that are all white space do not occur in a table.
        fc.pre(leavesOf(shape).every(({ start, end }) => start === end || /\S/.test(text.slice(start, end))));
        expectDefinition(tableOf(shape), text, tokenEnds);
      }),
      { numRuns: 400 },
    );
  });

  it('agrees with the definition on samples of every language', async () => {
    for (const { text, language } of SAMPLES) {
      for (const size of [2, 7]) expectDefinition(await spansOf(text, language), text, everyUnits(text, size));
    }
  });

  it('binds nothing to a span without width', async () => {
    const text = 'f(1 + )';
    const spans = await spansOf(text, 'javascript');
    const { firstTokens, endTokens } = alignTokens(spans, text, Uint32Array.of(2, 7));
    const missing = spans.flags.findIndex((flag) => (flag & SPAN_FLAGS.missing) !== 0);
    expect(endTokens[missing]).toBe(firstTokens[missing]);
  });

  it('charges nothing for layout and comments', async () => {
    const text = 'a; // b\n  c';
    const spans = await spansOf(text, 'javascript');
    const { chargedLeaves } = alignTokens(spans, text, Uint32Array.of(1, 3, 7, 8, 11));
    expect([...chargedLeaves]).toEqual([0, 1, -1, -1, 2]);
  });

  it('charges nothing for a docstring, though its leaves are there', async () => {
    const text = 'def f():\n  "a b"\n  c';
    const spans = await spansOf(text, 'python');
    const { chargedLeaves } = alignTokens(spans, text, Uint32Array.of(3, 5, 8, 13, 16, 20));
    expect(leafTexts(spans, text)).toEqual(['def', 'f', '(', ')', ':', '"', 'a b', '"', 'c']);
    expect([...chargedLeaves]).toEqual([0, 1, 2, -1, -1, 8]);
  });

  it('gives an empty text no tokens', async () => {
    const { firstTokens, endTokens } = alignTokens(await spansOf('', 'go'), '', new Uint32Array(0));
    expect([[...firstTokens], [...endTokens]]).toEqual([[0], [0]]);
  });

  it('carries the figure of ASTxplainer: medians of .45 and .205 below one of .35', () => {
    const leaf = (start: number): Shape => ({ start, end: start + 1, children: [] });
    const pair = (start: number): Shape => ({ start, end: start + 2, children: [leaf(start), leaf(start + 1)] });
    const spans = tableOf({ start: 0, end: 4, children: [pair(0), pair(2)] });
    const probabilities = [0.6, 0.3, 0.4, 0.01];
    const { firstTokens, endTokens } = alignTokens(spans, 'abcd', Uint32Array.of(1, 2, 3, 4));
    const medians = [...firstTokens.keys()].map((span) =>
      median(probabilities.slice(firstTokens[span], endTokens[span])),
    );
    const expected = [0.35, 0.45, 0.6, 0.3, 0.205, 0.4, 0.01];
    expect(medians).toHaveLength(expected.length);
    for (const [span, value] of expected.entries()) expect(medians[span]).toBeCloseTo(value, 12);
  });
});

describe('LeafSums', () => {
  it('adds up by hand', async () => {
    const text = 'a = b + c';
    const spans = await spansOf(text, 'python');
    const { chargedLeaves } = alignTokens(spans, text, Uint32Array.of(1, 3, 5, 7, 9));
    const sums = new LeafSums(spans, chargedLeaves, Float64Array.of(1, 2, 4, Number.NaN, 16));
    expect(sums.ofSpan(0)).toBe(23);
    const operator = [...spans.leaves].map((leaf) => sums.ofSpan(leaf));
    expect(operator).toEqual([1, 2, 4, 0, 16]);
    expect(sums.ofLeaves(1, 3)).toBe(6);
  });

  it('gives a parent what its leaves have, and the root what all charged tokens have', async () => {
    for (const { text, language } of SAMPLES) {
      const spans = await spansOf(text, language);
      const tokenEnds = everyUnits(text, 4);
      const { chargedLeaves } = alignTokens(spans, text, tokenEnds);
      // Whole numbers, so that sums are exact in whatever order.
      const costs = Float64Array.from(tokenEnds, (_, token) => (token * 7919) % 101);
      const sums = new LeafSums(spans, chargedLeaves, costs);
      const byLeaf = new Float64Array(spans.leaves.length);
      for (const [token, leaf] of chargedLeaves.entries()) {
        if (leaf !== -1) byLeaf[leaf] = (byLeaf[leaf] ?? 0) + (costs[token] ?? 0);
      }
      const all = byLeaf.reduce((sum, cost) => sum + cost, 0);
      expect(all).toBeGreaterThan(0);
      expect(sums.ofSpan(0)).toBe(all);
      for (let span = 0; span < spans.length; span++) {
        const below = byLeaf.subarray(spans.leafStarts[span], spans.leafEnds[span]);
        expect(sums.ofSpan(span)).toBe(below.reduce((sum, cost) => sum + cost, 0));
      }
    }
  });
});

function leavesOf(shape: Shape): Shape[] {
  return shape.children.length === 0 ? [shape] : shape.children.flatMap(leavesOf);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? Number.NaN;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? Number.NaN) + upper) / 2 : upper;
}
