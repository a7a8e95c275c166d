import { randomUUID } from 'node:crypto';
import { lineIndexOf, type LineIndex } from '../core/lineIndex.ts';
import { LEAST_LOGPROB_NATS } from '../core/scoredRow.ts';
import type { ScoredText } from '../core/scoredText.ts';
import type { SpanTable } from '../core/spanTable.ts';
import type { Assessment, Origin } from '../core/words.ts';
import type { Engine, TextRange } from '../engines/engine.ts';
import { alignTokens, type TokenAlignment } from '../syntax/alignTokens.ts';
import { findRegions } from '../syntax/findRegions.ts';
import type { LanguageId } from '../syntax/languages.ts';
import { LeafSums } from '../syntax/leafSums.ts';
import { lineSpans } from '../syntax/lineSpans.ts';
import type { ParserPool } from '../syntax/parserPool.ts';
import { isSkipped } from '../syntax/skipped.ts';
import { partsOfRegions, type RegionPart } from './partsOfRegions.ts';
import { regionIds } from './regionIds.ts';
import { riskiestSpans, type LeafRange, type SpanChoice } from './riskiestSpans.ts';
import { riskySpan } from './riskySpan.ts';
import { signalsOfLeaves } from './signalsOfLeaves.ts';

/** Raised when evidence of two versions must not be compared: another set of signals, or another meaning of one. */
const EVIDENCE_VERSION = 1;

/** Spans named for each region. */
const SPANS_PER_REGION = 5;

/** What assessing needs from outside. */
export interface Assessor {
  readonly engine: Engine;
  readonly parser: ParserPool;
  /** Keeps the identities of regions from telling their text. */
  readonly salt: string;
}

export interface TextToAssess {
  readonly text: string;
  /** Relative to the workspace, with `/`. */
  readonly path: string;
  /** `lines` where there is no grammar. */
  readonly language: LanguageId | 'lines';
  /** Only these parts are judged, each as a region of this origin; the whole text is the context. Absent: all of it. */
  readonly within?: { readonly origin: Origin; readonly ranges: readonly TextRange[] };
  readonly abortSignal?: AbortSignal;
}

/** A text, its tokens laid on its syntax, and what was made of each region. */
export interface AssessedText {
  readonly request: TextToAssess;
  readonly lines: LineIndex;
  readonly spans: SpanTable;
  readonly scored: ScoredText;
  readonly alignment: TokenAlignment;
  readonly regions: readonly AssessedRegion[];
}

export interface AssessedRegion {
  /** What was judged: a function, a run of statements, or a part of one. */
  readonly found: RegionPart;
  /** The spans that the assessment names, as the tree knows them. */
  readonly choices: readonly SpanChoice[];
  readonly assessment: Assessment;
}

/**
 * From a text to the assessments of its regions, or of parts of them: parse and score, align, weigh, judge.
 *
 * Nothing is calibrated yet for any pair of Source and Target, so no judgement is made and every band is `unknown`. What
 * there is is evidence, and the order of the spans by their share of the region's surprisal.
 *
 * Rejects with the signal's reason when aborted.
 */
export async function assessText(assessor: Assessor, request: TextToAssess): Promise<AssessedText> {
  const { text, path, within, abortSignal } = request;
  const [spans, scored] = await Promise.all([
    spansOf(assessor.parser, request),
    assessor.engine.score({ text, path, ...(abortSignal && { abortSignal }) }),
  ]);
  const alignment = alignTokens(spans, text, scored.tokenEnds);
  const sums = new LeafSums(spans, alignment.chargedLeaves, surprisals(scored));
  const whole = findRegions(spans, text);
  const found = within === undefined ? whole : partsOfRegions(spans, whole, within.ranges);
  const origin = within?.origin ?? 'file';
  const ids = regionIds(
    assessor.salt,
    found.map((region) => leafTexts(text, spans, region)),
  );
  const regions = found.map((region, index): AssessedRegion => {
    const signals = signalsOfLeaves(scored, alignment, spans, region);
    const choices = riskiestSpans(spans, sums, region, SPANS_PER_REGION);
    const { name, start, end } = region;
    const assessment: Assessment = {
      id: randomUUID(),
      region: { id: ids[index] ?? '', origin, ...(name !== undefined && { name }), start, end },
      source: scored.source,
      target: null,
      judgement: null,
      band: 'unknown',
      evidence: { version: EVIDENCE_VERSION, signals },
      spans: choices.map((choice) => riskySpan({ text, spans, scored, alignment }, choice)),
      ...(signals.tokenCount === undefined && { unscored: 'none of its tokens was scored' }),
    };
    return { found: region, choices, assessment };
  });
  return { request, lines: lineIndexOf(text), spans, scored, alignment, regions };
}

/** The tree of the text; its lines where the parser gave up on it. */
async function spansOf(parser: ParserPool, { text, language, abortSignal }: TextToAssess): Promise<SpanTable> {
  const spans = await parser.spans(text, language, abortSignal);
  abortSignal?.throwIfAborted();
  return isSkipped(spans) ? lineSpans(text) : spans;
}

/** Clamped as in the signals, so that one token that an engine calls impossible does not hide all others. */
function surprisals(scored: ScoredText): Float64Array {
  return scored.measures.logprobsNats.map((logprob) => -Math.max(logprob, LEAST_LOGPROB_NATS));
}

function* leafTexts(text: string, spans: SpanTable, region: LeafRange): IterableIterator<string> {
  for (let leaf = region.firstLeaf; leaf < region.endLeaf; leaf++) {
    const span = spans.leaves[leaf] ?? 0;
    yield text.slice(spans.starts[span], spans.ends[span]);
  }
}
