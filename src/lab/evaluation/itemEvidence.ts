import { evidenceOfRegion } from '../../assess/evidenceOfRegion.ts';
import { leafReadings } from '../../assess/leafReadings.ts';
import { signalsOfLeaves } from '../../assess/signalsOfLeaves.ts';
import { lineIndexOf } from '../../core/lineIndex.ts';
import type { RegionEvidence } from '../../core/risk/regionEvidence.ts';
import { ScoredText } from '../../core/scoredText.ts';
import type { SpanTable } from '../../core/spanTable.ts';
import type { Alternative, Source, Token } from '../../core/words.ts';
import type { Engine } from '../../engines/engine.ts';
import { alignTokens } from '../../syntax/alignTokens.ts';
import { codeLeavesOf } from '../../syntax/codeLeaves.ts';
import { findRegions } from '../../syntax/findRegions.ts';
import { isLanguageId, languageEntry } from '../../syntax/languages.ts';
import { lineSpans } from '../../syntax/lineSpans.ts';
import type { ParserPool } from '../../syntax/parserPool.ts';
import { isSkipped } from '../../syntax/skipped.ts';
import type { LabelledItem } from './labelledItem.ts';
import { languageOfData } from './languageOfData.ts';

/** Who scored tokens that came with the data: somebody of whom no more is known than that he wrote the text. */
export const RECORDED: Source = {
  engine: 'recorded',
  model: 'of the data',
  tokenizer: 'of the data',
  distribution: { kind: 'raw' },
  vocabulary: { kind: 'full' },
  mode: 'generated',
  contextPolicy: 'of the data',
};

export interface EvidenceTools {
  readonly parser: Pick<ParserPool, 'spans'>;
  /** Asked where the data have no tokens; null: such items are left out. */
  readonly engine: Engine | null;
}

/**
 * What is known of a completion. With tokens of its own it is read alone, for there can be very many and what stands around it
 * says little about it; else an engine scores it where it stands.
 *
 * @returns null for a completion without any code, or without tokens where there is no engine
 */
export async function itemEvidence(
  { parser, engine }: EvidenceTools,
  item: LabelledItem,
  signal?: AbortSignal,
): Promise<RegionEvidence | null> {
  const { prefix, completion, suffix, tokens } = item;
  if (tokens === null && engine === null) return null;
  const text = tokens === null ? prefix + completion + suffix : completion;
  const start = tokens === null ? prefix.length : 0;
  const range = { start, end: start + completion.length };
  const language = languageOfData(item.language);
  const parsed = await parser.spans(text, language, signal);
  const spans = isSkipped(parsed) ? lineSpans(text) : parsed;
  const scored =
    tokens === null
      ? await engine?.score({ text, path: pathOf(item), within: [range], ...(signal && { abortSignal: signal }) })
      : scoredTokens(completion, tokens);
  if (scored === undefined) return null;
  const alignment = alignTokens(spans, text, scored.tokenEnds);
  const leaves = leavesIn(spans, range.start, range.end);
  const unit = findRegions(spans, text).find(
    (region) => region.firstLeaf <= leaves.firstLeaf && leaves.endLeaf <= region.endLeaf,
  );
  const signals = signalsOfLeaves(scored, alignment, spans, leaves);
  const part = { kind: unit?.kind ?? 'statements', ...leaves, ...range } as const;
  const readings = leafReadings(scored, alignment, spans);
  const reading = evidenceOfRegion(
    codeLeavesOf(text, spans),
    lineIndexOf(text),
    readings,
    signals,
    part,
    unit ?? leaves,
  );
  return reading?.evidence ?? null;
}

function scoredTokens(text: string, given: readonly Token[]): ScoredText {
  const tokens = given.filter((token) => token.text !== '');
  const alternatives = tokens.flatMap(({ alternatives: some }, index): [number, readonly Alternative[]][] =>
    some === undefined ? [] : [[index, some]],
  );
  return ScoredText.of({
    text,
    source: RECORDED,
    tokenEnds: Uint32Array.from(tokens, ({ end }) => end),
    measures: { logprobsNats: Float64Array.from(tokens, ({ logprobNats }) => logprobNats ?? Number.NaN) },
    alternatives: new Map(alternatives),
  });
}

/** The leaves that begin in a range, as ordinals. */
function leavesIn({ leaves, starts }: SpanTable, start: number, end: number): { firstLeaf: number; endLeaf: number } {
  const startOf = (span: number): number => starts[span] ?? 0;
  const firstLeaf = leaves.findIndex((span) => startOf(span) >= start);
  if (firstLeaf < 0) return { firstLeaf: leaves.length, endLeaf: leaves.length };
  const after = leaves.findIndex((span) => startOf(span) >= end);
  return { firstLeaf, endLeaf: after < 0 ? leaves.length : after };
}

/** Where an engine is to take the text to be. */
function pathOf({ id, language }: LabelledItem): string {
  const known = languageOfData(language);
  return isLanguageId(known) ? `${encodeURIComponent(id)}.${languageEntry(known).extensions[0] ?? ''}` : id;
}
