import { describe, expect, it } from 'vitest';
import { ScoredText } from '../../../../src/core/scoredText.ts';
import {
  codeLineOf,
  lineScores,
  type HazardsOf,
  type LineScores,
} from '../../../../src/lab/localisation/lineScores.ts';
import type { LanguageId } from '../../../../src/syntax/languages.ts';
import { inProcessParser } from '../../../support/inProcessParser.ts';
import { scriptedEngine } from '../../../support/scriptedEngine.ts';
import { codeLeaves } from '../../../support/codeLeaves.ts';

interface Case {
  readonly text: string;
  readonly language?: LanguageId;
  /** Surprisal of a token, in nats; NaN: unscored. */
  readonly nats: (token: string) => number;
  readonly range?: { readonly start: number; readonly end: number };
  readonly hazardsOf?: HazardsOf;
  /** The longest context in which a token was seen, by its text; NaN: never. */
  readonly seenContexts?: (token: string) => number;
}

async function scored({ text, language, nats, range, hazardsOf, seenContexts }: Case): Promise<LineScores | null> {
  const { spans } = await codeLeaves(text, language ?? 'javascript');
  const engine = scriptedEngine({ logprobNats: (token) => -nats(token) });
  const plain = await engine.score({ text, path: 'a.js', ...(range && { within: [range] }) });
  const words = Array.from(plain.tokens(), (token) => token.text);
  const known = ScoredText.of({
    text,
    source: plain.source,
    tokenEnds: plain.tokenEnds,
    measures: {
      ...plain.measures,
      ...(seenContexts && { seenContexts: Float64Array.from(words, seenContexts) }),
    },
  });
  return lineScores({ text, spans, scored: known, range: range ?? { start: 0, end: text.length } }, hazardsOf);
}

const TEXT = `// a comment
const a = foo;

if (a) {
  bar();  // b
}
`;

/** Surprisals: 8 for foo, 2 for each other word, 1 for a sign, 0 for white space. */
const nats = (token: string): number => (token === 'foo' ? 8 : /\w/.test(token) ? 2 : /\s/.test(token) ? 0 : 1);

describe('the lines of a text', () => {
  it('are those with code, and pay for their tokens', async () => {
    const { lines, tokenCounts, orders } = (await scored({ text: TEXT, nats }))!;
    expect(lines).toEqual([1, 3, 4, 5]);
    // const a = foo ;    if ( a ) {    bar ( ) ;    }
    expect(tokenCounts).toEqual([5, 5, 4, 1]);
    expect(orders.random).toEqual([0, 0, 0, 0]);
    expect(orders.longestLine).toEqual(['const a = foo;', 'if (a) {', 'bar();  // b', '}'].map(({ length }) => length));
    expect(orders.tokenCount).toEqual(tokenCounts);
  });

  it('are scored by their surprisals', async () => {
    const { orders } = (await scored({ text: TEXT, nats }))!;
    expect(orders.totalSurprisal).toEqual([14, 7, 5, 1]);
    expect(orders.meanSurprisal).toEqual([14 / 5, 7 / 5, 5 / 4, 1]);
    expect(orders.peakToken).toEqual([8, 2, 2, 1]);
    expect(orders.peakLeaf).toEqual([8, 2, 2, 1]);
    expect(orders.backwardConfidence).toEqual([
      (14 / 5 + (7 / 5 + (5 / 4 + 1) / 2) / 2) / 2,
      (7 / 5 + (5 / 4 + 1) / 2) / 2,
      (5 / 4 + 1) / 2,
      1,
    ]);
    expect(Object.keys(orders)).not.toContain('risk');
    expect(Object.keys(orders)).not.toContain('unseenLeaves');
  });

  it('count what has no category at a quarter', async () => {
    const { orders } = (await scored({ text: 'f(a);\n', nats: (token) => (/\w/.test(token) ? 4 : 1) }))!;
    const { spans } = await codeLeaves('f(a);\n', 'javascript');
    const weights = Array.from(spans.leaves, (span) => (spans.categories[span] === 255 ? 0.25 : 1));
    expect(new Set(weights).size).toBe(2);
    const sums = [4, 1, 4, 1, 1].map((surprisal, leaf) => surprisal * weights[leaf]!);
    const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
    expect(orders.relevantSurprisal).toEqual([total(sums) / total(weights)]);
  });

  it('are those of the range alone, which may begin inside a line', async () => {
    const text = 'x = 1; y = 2;\nz = 3;\nw = 4;\n';
    const range = { start: text.indexOf('y'), end: text.indexOf('\nw') };
    const { lines, tokenCounts, orders } = (await scored({ text, nats, range }))!;
    expect(lines).toEqual([0, 1]);
    expect(tokenCounts).toEqual([4, 4]);
    expect(orders.longestLine).toEqual([6, 6]);
  });

  it('share a leaf that runs over several of them, each with its own tokens', async () => {
    const text = 'a = `one\n  two three\n\n  four`;\n';
    const { lines, tokenCounts, orders } = (await scored({ text, nats: (token) => token.trim().length }))!;
    expect(lines).toEqual([0, 1, 3]);
    // a = ` one    two three    four ` ;
    expect(tokenCounts).toEqual([4, 2, 3]);
    expect(orders.peakLeaf).toEqual([3, 8, 4]);
    expect(orders.totalSurprisal).toEqual([6, 8, 6]);
  });

  it('have leaves that were never seen', async () => {
    const seenContexts = (token: string): number => (token === 'foo' || token === 'bar' ? Number.NaN : 0);
    const { orders } = (await scored({ text: TEXT, nats, seenContexts }))!;
    expect(orders.unseenLeaves).toEqual([1, 0, 1, 0]);
  });

  it('have the hazards of their leaves and of the gaps before them', async () => {
    let leaves = 0;
    const hazardsOf: HazardsOf = ({ categories }) => {
      leaves = categories.length;
      // A leaf has its number from 1, a gap a thousandth.
      return Array.from({ length: 2 * leaves - 1 }, (_, part) => (part % 2 === 0 ? part / 2 + 1 : 0.001));
    };
    const { orders, tokenCounts } = (await scored({ text: TEXT, nats, hazardsOf }))!;
    // Without semicolons: const a = foo   if ( a ) {   bar ( )   }
    expect(leaves).toBe(13);
    const expected = [1 + 2 + 3 + 4 + 0.003, 5 + 6 + 7 + 8 + 9 + 0.005, 10 + 11 + 12 + 0.003, 13 + 0.001];
    expect(orders.risk).toEqual(expected.map((value) => expect.closeTo(value, 9) as number));
    expect(orders.riskPerToken).toEqual(orders.risk!.map((risk, line) => risk / tokenCounts[line]!));
  });

  it('are null where nothing was scored, or there is no code', async () => {
    expect(await scored({ text: TEXT, nats: () => Number.NaN })).toBeNull();
    expect(await scored({ text: '// nothing\n\n', nats })).toBeNull();
  });

  it('count tokens that nobody scored, but nothing for them', async () => {
    const { tokenCounts, orders } = (await scored({ text: 'a = b;\n', nats: (t) => (t === 'b' ? Number.NaN : 1) }))!;
    expect(tokenCounts).toEqual([4]);
    expect(orders.totalSurprisal).toEqual([3]);
    expect(orders.meanSurprisal).toEqual([1]);
  });

  it('keep one impossible token from being infinite', async () => {
    const { orders } = (await scored({ text: 'a = b;\n', nats: (token) => (token === 'b' ? Infinity : 1) }))!;
    expect(orders.peakToken).toEqual([100]);
  });
});

describe('a fault', () => {
  it('shows at its line, or the next line of code, or the last', () => {
    expect([0, 1, 2, 3, 5, 9].map((fault) => codeLineOf([1, 3, 4, 5], fault))).toEqual([0, 0, 1, 1, 3, 3]);
  });
});

it('reads a text without a grammar by its lines', async () => {
  const text = 'one two\n\nthree\n';
  const spans = await inProcessParser.spans(text, 'lines');
  if ('skipped' in spans) throw new Error(spans.skipped);
  const engine = scriptedEngine({ logprobNats: () => -1 });
  const read = lineScores({
    text,
    spans,
    scored: await engine.score({ text, path: 'a' }),
    range: { start: 0, end: text.length },
  });
  expect(read?.lines).toEqual([0, 2]);
  expect(read?.orders.totalSurprisal).toEqual([2, 1]);
});
