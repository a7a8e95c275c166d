import { describe, expect, it } from 'vitest';
import { ScoredText } from '../../../src/core/scoredText.ts';
import { jsonScoreReport, textScoreReport, type ScoreReport } from '../../../src/report/scoreReport.ts';
import { alignTokens } from '../../../src/syntax/alignTokens.ts';
import { isSkipped } from '../../../src/syntax/skipped.ts';
import { inProcessParser } from '../../support/inProcessParser.ts';
import { faultsOf } from '../../support/schemas.ts';
import { someSource } from '../core/someSource.ts';

/** A report over a text whose tokens end at these offsets; the second is unscored, the third has alternatives. */
async function reportOf(text: string, ends: readonly number[]): Promise<ScoreReport> {
  const spans = await inProcessParser.spans(text, 'typescript');
  if (isSkipped(spans)) throw new Error('skipped');
  const scored = ScoredText.of({
    text,
    source: someSource,
    tokenEnds: Uint32Array.from(ends),
    measures: {
      logprobsNats: Float64Array.from(ends, (_, index) => (index === 1 ? Number.NaN : Math.log(1 / 2 ** index))),
    },
    alternatives: new Map([[2, [{ text: '\u001B[31m\n', logprobNats: Math.log(0.5) }]]]),
  });
  const { firstTokens, endTokens } = alignTokens(spans, text, scored.tokenEnds);
  const leavesOfTokens = ends.map((_, token) =>
    [...spans.leaves].filter((leaf) => firstTokens[leaf]! <= token && token < endTokens[leaf]!),
  );
  return { path: 'a.ts', language: 'TypeScript', scored, spans, leavesOfTokens };
}

const TEXT = 'let 漢 =\r\n 1;';
const ENDS = [3, 5, 7, 9, 11, 12];

describe('jsonScoreReport', () => {
  it('fits its schema, tiles the text, and says what is unscored', async () => {
    const document = JSON.parse(jsonScoreReport(await reportOf(TEXT, ENDS))) as {
      tokens: { text: string; start: number; end: number; logprobNats: number | null; spans: string[][] }[];
    };
    expect(faultsOf('score', document)).toEqual([]);
    expect(document.tokens.map((token) => token.text).join('')).toBe(TEXT);
    expect(document.tokens.map((token) => token.end)).toEqual(ENDS);
    expect(document.tokens[1]!.logprobNats).toBeNull();
    expect(document.tokens[0]!.logprobNats).toBe(0);
    expect(document.tokens[1]!.spans).toEqual([
      ['program', 'lexical_declaration', 'variable_declarator', 'identifier'],
    ]);
    expect(document.tokens[3]!.spans).toEqual([]);
  });

  it('has no tokens for an empty text', async () => {
    const document: unknown = JSON.parse(jsonScoreReport(await reportOf('', [])));
    expect(faultsOf('score', document)).toEqual([]);
    expect(document).toMatchObject({ tokens: [] });
  });
});

describe('textScoreReport', () => {
  it('has one line a token, with its place as an editor shows it', async () => {
    const lines = textScoreReport(await reportOf(TEXT, ENDS)).split('\n');
    expect(lines.map((line) => line.trim().split(/ {2,}/)[0])).toEqual(['1:1', '1:4', '1:6', '1:8', '2:1', '2:3', '']);
    expect(lines[0]).toMatch(/100 % +"let"/);
    expect(lines[1]).toMatch(/unscored +" 漢" +identifier < variable_declarator$/);
    expect(lines[2]).toMatch(/25 % +" =".* or: "/);
  });

  it('makes hostile text inert', async () => {
    expect(textScoreReport(await reportOf(TEXT, ENDS)).replaceAll('\n', '')).not.toMatch(
      /[\u0000-\u001F\u007F-\u009F]/,
    );
  });
});
