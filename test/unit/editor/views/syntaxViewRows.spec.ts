import { describe, expect, it } from 'vitest';
import { assessText } from '../../../../src/assess/assessText.ts';
import { syntaxOfRegion, type RegionSyntax, type SyntaxNode } from '../../../../src/assess/syntaxOfRegion.ts';
import { rowAround, syntaxViewRows, type PlacedRow } from '../../../../src/editor/views/syntaxViewRows.ts';
import { inProcessParser } from '../../../support/inProcessParser.ts';
import { scriptedEngine } from '../../../support/scriptedEngine.ts';

const TEXT = `function big(total, limit) {
  const a = 1;
  const b = 2;
  if (total <= limit) {
    return true;
  }
  return false;
}
`;

/** The syntax of a text's first region, where these words are a surprise of 8 nats and all others cost hardly anything. */
async function syntaxOf(text: string, odd: readonly string[]): Promise<RegionSyntax> {
  const engine = scriptedEngine({ logprobNats: (token) => (odd.includes(token) ? -8 : -0.01) });
  const assessor = { engine, parser: inProcessParser, salt: 's' };
  return syntaxOfRegion(await assessText(assessor, { text, path: 'a.js', language: 'javascript' }), 0, true);
}

/** A row in words, indented by its level. */
const said = ({ row: { level, what, category, where, shareInWords, code } }: PlacedRow): string =>
  '  '.repeat(level - 1) + [what, category, where, shareInWords, code].filter(Boolean).join(', ');

const node: SyntaxNode = {
  start: 0,
  end: 3,
  type: 'call_expression',
  isNamed: true,
  category: 'calls',
  isPart: false,
  isError: false,
  share: 1,
  children: [],
  fold: null,
  tokens: [],
  moreTokens: 0,
};

const only = (change: Partial<SyntaxNode>, text = 'a()'): readonly string[] =>
  syntaxViewRows({ assessment: 'x', text, root: { ...node, end: text.length, ...change } }, () => 0).map(said);

describe('syntaxViewRows', () => {
  it('says what each node is, where it is, and how much it holds', async () => {
    const rows = syntaxViewRows(
      await syntaxOf(TEXT, ['limit', 'false']),
      (offset) => TEXT.slice(0, offset).split('\n').length - 1,
    );
    expect(rows.map(said)).toMatchInlineSnapshot(`
      [
        "function declaration big, functions, lines 1 to 8, 100 %, function big(total, limit) { const a = 1; const b = 2; if (total <= limit) { ret…",
        "  formal parameters, functions, line 1, 33 %, (total, limit)",
        "    identifier, identifiers, line 1, 33 %, limit",
        "  statement block, scope, lines 1 to 8, 67 %, { const a = 1; const b = 2; if (total <= limit) { return true; } return false; }",
        "    if statement, decisions, lines 4 to 6, 33 %, if (total <= limit) { return true; }",
        "      identifier, identifiers, line 4, 33 %, limit",
        "    return statement, functions, line 7, 33 %, return false;",
        "      false, literals, line 7, 33 %, false",
        "    2 more statements, under 1 %",
      ]
    `);
  });

  it('calls signs and keywords what they are, and says what does not parse', () => {
    expect(only({ type: '<=', isNamed: false, category: 'operators' })).toEqual([
      'sign <=, operators, line 1, 100 %, a()',
    ]);
    expect(only({ type: 'await', isNamed: false, category: null })[0]).toMatch(/^keyword await, line 1/);
    expect(only({ type: 'ERROR', isError: true })[0]).toMatch(/^code that does not parse, /);
    expect(only({ name: 'f' })[0]).toMatch(/^call expression f, /);
    expect(only({ isPart: true })[0]).toMatch(/^part of call expression, /);
  });

  it('puts what is folded away in one row, in the end', () => {
    expect(only({ fold: { count: 5, areStatements: true, share: 0.031 } })[1]).toBe('  5 more statements, 3 %');
    expect(only({ fold: { count: 1, areStatements: false, share: 0.014 } })[1]).toBe('  1 more part, 1 %');
    expect(only({ fold: { count: 0, areStatements: true, share: 0.2 } })[1]).toBe('  brackets and separators, 20 %');
    expect(only({ fold: { count: 2, areStatements: true, share: 0.001 } })[1]).toBe('  2 more statements, under 1 %');
    expect(only({ fold: { count: 2, areStatements: false, share: 0.001 } })).toHaveLength(1);
    expect(only({ fold: { count: 0, areStatements: true, share: 0.01 } })).toHaveLength(1);
  });

  it('lets nothing invisible through, and keeps code to one short line', () => {
    expect(only({}, 'a\u202Eb\n\t c')[0]).toMatch(/a\uFFFDb c$/);
    expect(only({}, 'x'.repeat(500))[0]).toMatch(/, x{80}…$/);
    const [row] = syntaxViewRows(
      {
        assessment: 'x',
        text: 'a()',
        root: {
          ...node,
          tokens: [
            { text: '\t\u200Ba\n', logprobNats: Math.log(0.5), rank: 2, entropyNats: 1.26, alternatives: [] },
            { text: ' b', alternatives: [{ text: ' c', logprobNats: Math.log(0.25) }] },
          ],
        },
      },
      () => 0,
    );
    expect(row?.row.tokens).toEqual([
      { text: '⇥\uFFFDa⏎', chance: '50 %', rank: '2', entropy: '1.3 nats', alternatives: [] },
      { text: '·b', chance: 'not scored', rank: '', entropy: '', alternatives: [{ text: '·c', chance: '25 %' }] },
    ]);
  });
});

describe('rowAround', () => {
  it('finds the smallest node around a place, and none outside of all', async () => {
    const rows = syntaxViewRows(await syntaxOf(TEXT, ['limit', 'false']), () => 0);
    const codeAt = (start: number, end = start): string | undefined =>
      rows[rowAround(rows, start, end) ?? -1]?.row.code;
    expect(codeAt(TEXT.lastIndexOf('limit'))).toBe('limit');
    expect(codeAt(TEXT.lastIndexOf('limit') + 5)).toBe('limit');
    expect(codeAt(TEXT.indexOf('false'), TEXT.indexOf('false') + 5)).toBe('false');
    expect(codeAt(0, TEXT.trimEnd().length)).toMatch(/^function big/);
    expect(rowAround(rows, 0, TEXT.length + 1)).toBeNull();
  });

  it('takes a caret between two nodes for one in the second', () => {
    const child = (start: number, end: number): SyntaxNode => ({ ...node, start, end });
    const root = { ...node, end: 9, children: [child(0, 2), child(2, 6), child(7, 8)] };
    const rows = syntaxViewRows({ assessment: 'x', text: 'aabbbb c ', root }, () => 0);
    const codeAt = (at: number): string | undefined => rows[rowAround(rows, at, at) ?? -1]?.row.code;
    expect([1, 2, 6, 7, 8].map(codeAt)).toEqual(['aa', 'bbbb', 'bbbb', 'c', 'c']);
    expect(codeAt(9)).toBe('aabbbb c ');
  });
});
