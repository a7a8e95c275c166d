import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LOCALISATION_METRICS, type LocalisationMetrics } from '../../../../src/core/metrics/localisation.ts';
import { localisationMetrics, type OrderedLines } from '../../../../src/lab/localisation/localisationMetrics.ts';

const near = (expected: LocalisationMetrics): LocalisationMetrics => {
  const close = Object.entries(expected).map(([name, value]) => [name, expect.closeTo(value as number, 12) as number]);
  return Object.fromEntries(close) as LocalisationMetrics;
};

/** Of lines with scores all different: the definitions, word by word. */
function measuredPlainly({ scores, tokenCounts, faulty }: OrderedLines): LocalisationMetrics {
  const order = Array.from({ length: scores.length }, (_, line) => line).sort((a, b) => scores[b]! - scores[a]!);
  const tokens = order.reduce((sum, line) => sum + tokenCounts[line]!, 0);
  const starts = (lines: readonly number[]): readonly number[] => {
    let at = 0;
    return lines.map((line) => (at += tokenCounts[line]!) - tokenCounts[line]!);
  };
  const place = order.findIndex((line) => faulty[line] === 1);
  const reached = starts(order).filter((_, at) => faulty[order[at]!] === 1);
  const best = starts(order.filter((line) => faulty[line] === 1).sort((a, b) => tokenCounts[a]! - tokenCounts[b]!));
  const area = (from: readonly number[], budget: number): number =>
    from.reduce((sum, start) => sum + Math.max(0, budget - start), 0);
  const aucec = (share: number): number => area(reached, share * tokens) / area(best, share * tokens);
  return {
    top1: place < 1 ? 1 : 0,
    top3: place < 3 ? 1 : 0,
    top5: place < 5 ? 1 : 0,
    mrr: 1 / (place + 1),
    effort: reached[0]! / tokens,
    aucec5: aucec(0.05),
    aucec20: aucec(0.2),
  };
}

function* permutations(items: readonly number[]): Generator<readonly number[]> {
  if (items.length === 0) yield [];
  for (const [index, item] of items.entries()) {
    for (const rest of permutations([...items.slice(0, index), ...items.slice(index + 1)])) yield [item, ...rest];
  }
}

/** The mean over all orders that the scores allow. */
function measuredByAllOrders(lines: OrderedLines): LocalisationMetrics {
  const length = lines.scores.length;
  const all = [...permutations(Array.from({ length }, (_, line) => line))]
    .filter((order) => order.every((line, at) => at === 0 || lines.scores[order[at - 1]!]! >= lines.scores[line]!))
    .map((order) => measuredPlainly({ ...lines, scores: order.map((_, line) => -order.indexOf(line)) }));
  const means = LOCALISATION_METRICS.map((name) => [name, all.reduce((sum, one) => sum + one[name], 0) / all.length]);
  return Object.fromEntries(means) as LocalisationMetrics;
}

describe('an order of lines', () => {
  it('is perfect with the faulty line first', () => {
    const lines = { scores: [0, 9, 1], tokenCounts: [3, 4, 3], faulty: [0, 1, 0] };
    expect(localisationMetrics(lines)).toEqual({
      top1: 1,
      top3: 1,
      top5: 1,
      mrr: 1,
      effort: 0,
      aucec5: 1,
      aucec20: 1,
    });
  });

  it('is measured by hand: two faults, in the second and the last place', () => {
    // Read in the order 2 (1 token), 0 (faulty, 10), 3 (29), 1 (faulty, 60): reached after 1 and after 40 of 100 tokens.
    // Up to 5: (5 - 1) of the best 5, for the second fault comes after 10 even then. Up to 20: 19 of the best 20 + 10.
    const lines = { scores: [3, 1, 4, 2], tokenCounts: [10, 60, 1, 29], faulty: [1, 1, 0, 0] };
    expect(localisationMetrics(lines)).toEqual(
      near({ top1: 0, top3: 1, top5: 1, mrr: 1 / 2, effort: 0.01, aucec5: 4 / 5, aucec20: 19 / 30 }),
    );
  });

  it('is measured by hand: all lines tie', () => {
    // Four lines of 5 tokens, one faulty: reached after 0, 5, 10 or 15 of 20 tokens. Up to 5 %, 1 token, and 20 %, 4 tokens,
    // only the first place reaches it.
    const lines = { scores: [0, 0, 0, 0], tokenCounts: [5, 5, 5, 5], faulty: [0, 0, 1, 0] };
    expect(localisationMetrics(lines)).toEqual(
      near({
        top1: 1 / 4,
        top3: 3 / 4,
        top5: 1,
        mrr: (1 + 1 / 2 + 1 / 3 + 1 / 4) / 4,
        effort: 7.5 / 20,
        aucec5: 1 / 4,
        aucec20: 1 / 4,
      }),
    );
  });

  it('is measured by hand: a tie behind another line', () => {
    // First 10 of 100 tokens, then two lines, of 30 faulty and of 60 not, in either order.
    const lines = { scores: [2, 1, 1], tokenCounts: [10, 30, 60], faulty: [0, 1, 0] };
    expect(localisationMetrics(lines)).toEqual(
      near({
        top1: 0,
        top3: 1,
        top5: 1,
        mrr: (1 / 2 + 1 / 3) / 2,
        effort: (10 + 60 / 2) / 100,
        aucec5: 0,
        aucec20: (20 - 10) / 2 / 20,
      }),
    );
  });

  const anyLines = (scores: fc.Arbitrary<number>, most: number): fc.Arbitrary<OrderedLines> =>
    fc
      .array(
        fc.record({ score: scores, tokens: fc.integer({ min: 0, max: 9 }), faulty: fc.integer({ min: 0, max: 1 }) }),
        {
          minLength: 1,
          maxLength: most,
        },
      )
      .filter((lines) => lines.some(({ faulty }) => faulty === 1) && lines.some(({ tokens }) => tokens > 0))
      .map((lines) => ({
        scores: lines.map(({ score }) => score),
        tokenCounts: lines.map(({ tokens }) => tokens),
        faulty: lines.map(({ faulty }) => faulty),
      }));

  it('has the mean over all orders of what ties', () => {
    fc.assert(
      fc.property(anyLines(fc.integer({ min: 0, max: 2 }), 6), (lines) => {
        expect(localisationMetrics(lines)).toEqual(near(measuredByAllOrders(lines)));
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it('is in [0, 1], whatever the order of the input', () => {
    fc.assert(
      fc.property(anyLines(fc.double({ noNaN: true }), 30), (lines) => {
        const measured = localisationMetrics(lines);
        for (const name of LOCALISATION_METRICS) {
          expect(measured[name]).toBeGreaterThanOrEqual(0);
          expect(measured[name]).toBeLessThanOrEqual(1);
        }
        const back = (values: ArrayLike<number>): readonly number[] => Array.from(values).reverse();
        const reversed = {
          scores: back(lines.scores),
          tokenCounts: back(lines.tokenCounts),
          faulty: back(lines.faulty),
        };
        expect(localisationMetrics(reversed)).toEqual(near(measured));
      }),
      { seed: 2, numRuns: 200 },
    );
  });

  it('of very many lines that tie is close to the exact value', () => {
    const ties = (length: number): LocalisationMetrics =>
      localisationMetrics({
        scores: new Array<number>(length).fill(0),
        tokenCounts: new Array<number>(length).fill(5),
        faulty: Array.from({ length }, (_, line) => (line === 7 ? 1 : 0)),
      });
    // Equally likely in each place: reached with budget - 5 * place left.
    const exact = (length: number, share: number): number => {
      const budget = share * 5 * length;
      const left = Array.from({ length }, (_, place) => Math.max(0, budget - 5 * place));
      return left.reduce((sum, one) => sum + one, 0) / length / budget;
    };
    expect(ties(100).aucec20).toBeCloseTo(exact(100, 0.2), 10);
    expect(Math.abs(ties(1000).aucec20 - exact(1000, 0.2))).toBeLessThan(0.002);
    expect(Math.abs(ties(1000).aucec5 - exact(1000, 0.05))).toBeLessThan(0.002);
  });

  it.each([
    ['lengths that differ', { scores: [1], tokenCounts: [1, 2], faulty: [1, 0] }],
    ['a score that is no number', { scores: [Number.NaN, 1], tokenCounts: [1, 2], faulty: [1, 0] }],
    ['no fault', { scores: [2, 1], tokenCounts: [1, 2], faulty: [0, 0] }],
    ['no tokens', { scores: [2, 1], tokenCounts: [0, 0], faulty: [1, 0] }],
    ['half a token', { scores: [2, 1], tokenCounts: [0.5, 1], faulty: [1, 0] }],
  ])('is refused with %s', (_, lines) => {
    expect(() => localisationMetrics(lines)).toThrow(expect.objectContaining({ reason: 'bad-call' }));
  });
});
