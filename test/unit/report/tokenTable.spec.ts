import { describe, expect, it } from 'vitest';
import { lineIndexOf } from '../../../src/core/lineIndex.ts';
import { ScoredText } from '../../../src/core/scoredText.ts';
import { tokenTable, type TokenTable } from '../../../src/report/tokenTable.ts';
import { alignTokens } from '../../../src/syntax/alignTokens.ts';
import { isSkipped } from '../../../src/syntax/skipped.ts';
import { inProcessParser } from '../../support/inProcessParser.ts';
import { someSource } from '../core/someSource.ts';

const PIECE = 'f(😀a); // x\n';
const TOKENS = ['f', '(', '😀', 'a', ');', ' // x', '\n'];

/** The table of a range of `before` + PIECE, of which the piece alone was scored. */
async function tableOf(before: string, start: number, end: number): Promise<TokenTable> {
  let at = 0;
  const scored = ScoredText.of({
    text: PIECE,
    source: someSource,
    tokenEnds: Uint32Array.from(TOKENS, (token) => (at += token.length)),
    measures: {
      logprobsNats: Float64Array.of(-1, Number.NaN, -3, -4, -5, -6, -7),
      ranks: Float64Array.of(1, 2, Number.NaN, 4, 5, 6, 7),
      entropiesNats: Float64Array.of(0, Number.NaN, 2, 3, 4, 5, 6),
    },
    alternatives: new Map([[0, [{ text: 'g', logprobNats: -2 }]]]),
  });
  const spans = await inProcessParser.spans(PIECE, 'javascript');
  if (isSkipped(spans)) throw new Error(spans.skipped);
  const { chargedLeaves } = alignTokens(spans, PIECE, scored.tokenEnds);
  const lines = lineIndexOf(before + PIECE);
  return tokenTable({ scored, spans, chargedLeaves, offset: before.length, lines }, { start, end });
}

describe('tokenTable', () => {
  it('has what is known of each token, and where it lies', async () => {
    const { source, rows } = await tableOf('', 0, PIECE.length);
    expect(source).toBe(someSource);
    expect(rows.map((row) => row.text)).toEqual(TOKENS);
    expect(rows[0]).toEqual({
      text: 'f',
      start: { line: 0, character: 0 },
      end: { line: 0, character: 1 },
      logprobNats: -1,
      rank: 1,
      entropyNats: 0,
      alternatives: [{ text: 'g', logprobNats: -2 }],
      path: ['program', 'expression_statement', 'call_expression', 'identifier'],
    });
    expect(rows[1]).toEqual({
      text: '(',
      start: { line: 0, character: 1 },
      end: { line: 0, character: 2 },
      rank: 2,
      alternatives: [],
      path: ['program', 'expression_statement', 'call_expression', 'arguments', '('],
    });
    expect(rows[2]).not.toHaveProperty('rank');
    expect(rows[4]?.path.at(-1)).toBe(')');
    expect(rows.slice(5).map((row) => row.path)).toEqual([[], []]);
    expect(rows[6]).toMatchObject({ start: { line: 0, character: 12 }, end: { line: 1, character: 0 } });
  });

  it.each([
    [0, 1, ['f']],
    [1, 3, ['(', '😀']],
    [3, 3, ['😀']],
    [2, 2, []],
    [5, 6, [');']],
    [12, 99, ['\n']],
  ])('keeps to the tokens that %i to %i touches', async (start, end, expected) => {
    expect((await tableOf('', start, end)).rows.map((row) => row.text)).toEqual(expected);
  });

  it('places the tokens of a piece in the text that it is of', async () => {
    const { rows } = await tableOf('one\ntwo\n', 8, 10);
    expect(rows.map(({ text, start, end }) => [text, start, end])).toEqual([
      ['f', { line: 2, character: 0 }, { line: 2, character: 1 }],
      ['(', { line: 2, character: 1 }, { line: 2, character: 2 }],
    ]);
  });
});
