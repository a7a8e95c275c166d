import { lineIndexOf, positionAt } from '../core/lineIndex.ts';
import type { ScoredText } from '../core/scoredText.ts';
import type { SpanTable } from '../core/spanTable.ts';
import { typesToSpan } from '../syntax/typesToSpan.ts';
import { visible } from './visible.ts';

/** The tokens of a file with what their engine said of them, laid on the syntax. */
export interface ScoreReport {
  readonly path: string;
  readonly language: string | null;
  readonly scored: ScoredText;
  readonly spans: SpanTable;
  /** By token: the spans of the leaves that it overlaps. */
  readonly leavesOfTokens: readonly (readonly number[])[];
}

/** As `docs/score.schema.json` describes it. */
export function jsonScoreReport({ path, language, scored, spans, leavesOfTokens }: ScoreReport): string {
  const tokens = Array.from(scored.tokens(), (token, index) => ({
    text: token.text,
    start: token.start,
    end: token.end,
    logprobNats: token.logprobNats ?? null,
    alternatives: token.alternatives ?? [],
    spans: (leavesOfTokens[index] ?? []).map((leaf) => typesToSpan(spans, leaf)),
  }));
  return `${JSON.stringify({ schemaVersion: 1, path, language, source: scored.source, tokens }, null, 1)}\n`;
}

/**
 * One line a token:
 *
 *     line:column  probability  token        leaf and what holds it
 *       12:9            4.1 %  " total"     identifier < binary_expression    or: " sum" 31 %
 */
export function textScoreReport({ scored, spans, leavesOfTokens }: ScoreReport): string {
  const index = lineIndexOf(scored.text);
  const rows = Array.from(scored.tokens(), (token, place) => {
    const { line, character } = positionAt(index, token.start);
    const probability = token.logprobNats === undefined ? 'unscored' : percent(token.logprobNats);
    const held = (leavesOfTokens[place] ?? [])
      .map((leaf) => typesToSpan(spans, leaf).slice(-2).reverse().join(' < '))
      .join(', ');
    const others = (token.alternatives ?? []).map((other) => `${quoted(other.text)} ${percent(other.logprobNats)}`);
    const rest = others.length === 0 ? held : `${held.padEnd(44)} or: ${others.join(', ')}`;
    return `${`${line + 1}:${character + 1}`.padStart(8)} ${probability.padStart(10)}  ${quoted(token.text).padEnd(18)} ${rest}`.trimEnd();
  });
  return `${rows.join('\n')}\n`;
}

function quoted(text: string): string {
  return visible(JSON.stringify(text));
}

function percent(logprobNats: number): string {
  const value = 100 * Math.exp(logprobNats);
  return `${value >= 10 ? value.toFixed(0) : value.toPrecision(2)} %`;
}
