import { randomUUID } from 'node:crypto';
import { lineIndexOf, type LineIndex } from '../core/lineIndex.ts';
import type { Observation } from '../core/risk/observation.ts';
import { regionRank } from '../core/regionRank.ts';
import { regionObservation } from '../core/risk/regionObservation.ts';
import type { ScoredText } from '../core/scoredText.ts';
import { isDocumentation, type SpanTable } from '../core/spanTable.ts';
import type { Assessment, Origin, Region, Silence } from '../core/words.ts';
import type { Engine, TextRange } from '../engines/engine.ts';
import { alignTokens, type TokenAlignment } from '../syntax/alignTokens.ts';
import { codeLeavesOf } from '../syntax/codeLeaves.ts';
import { findRegions } from '../syntax/findRegions.ts';
import type { LanguageId } from '../syntax/languages.ts';
import { lineSpans } from '../syntax/lineSpans.ts';
import type { ParserPool } from '../syntax/parserPool.ts';
import { isSkipped } from '../syntax/skipped.ts';
import { suppressionAt, suppressionsOf, type Suppressions } from '../syntax/suppressions.ts';
import { evidenceOfRegion } from './evidenceOfRegion.ts';
import { hazardsOfRegion, judgeEvidence, type CalibrationOf } from './judgeEvidence.ts';
import { hazardCosts, surprisalCosts } from './leafCosts.ts';
import { leafReadings } from './leafReadings.ts';
import { partsOfRegions, type RegionPart } from './partsOfRegions.ts';
import { regionIds } from './regionIds.ts';
import { regionsToRead, type Scout } from './regionsToRead.ts';
import { riskiestSpans, type LeafCosts, type LeafRange, type SpanChoice } from './riskiestSpans.ts';
import { riskySpan } from './riskySpan.ts';
import { signalsOfLeaves } from './signalsOfLeaves.ts';

/** Raised when evidence of two versions must not be compared: another set of signals, or another meaning of one. */
export const EVIDENCE_VERSION = 3;

/** Spans named for each region. */
const SPANS_PER_REGION = 5;

/** Of a region that holds nothing but punctuation. */
const NOTHING_KNOWN: Observation = { features: {}, levels: {} };

/** What assessing needs from outside. */
export interface Assessor {
  readonly engine: Engine;
  /** Absent: the engine reads everything. */
  readonly scout?: Scout | null;
  readonly parser: ParserPool;
  /** What is calibrated, by Source; absent: nothing. */
  readonly calibrationOf?: CalibrationOf;
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
export interface AssessedText extends Reading {
  readonly request: TextToAssess;
  readonly lines: LineIndex;
  readonly spans: SpanTable;
  readonly regions: readonly AssessedRegion[];
}

/** A text as an engine saw it. */
export interface Reading {
  readonly engine: Engine;
  /** What the engine was asked for; absent: all of it. */
  readonly readRanges?: readonly TextRange[];
  readonly scored: ScoredText;
  readonly alignment: TokenAlignment;
}

export interface AssessedRegion {
  /** The function or the run of statements that it is, or is a part of. */
  readonly unit: LeafRange;
  /** What it was judged by: the text's own reading, or a later one of this region and some others. */
  readonly reading: Reading;
  /** What was judged: a function, a run of statements, or a part of one. */
  readonly found: RegionPart;
  /** What was spread over its leaves. */
  readonly costs: LeafCosts;
  /** The spans that the assessment names, as the tree knows them. */
  readonly choices: readonly SpanChoice[];
  /** Those that it would name, were it not for a comment. */
  readonly silencedChoices: readonly SilencedChoice[];
  readonly assessment: Assessment;
}

export interface SilencedChoice extends SpanChoice {
  readonly silence: Silence;
}

/**
 * From a text to the assessments of its regions, or of parts of them: parse and score, align, weigh, judge. With a scout the
 * engine reads what is riskiest by the scout, which of a text of usual length is everything.
 *
 * Where nothing is calibrated for the Source no judgement is made, and the band is `unknown`: what there is is evidence, and the
 * order of the spans by their share of the region's surprisal. Otherwise that order is by their share of its risk.
 *
 * Rejects with the signal's reason when aborted.
 */
export async function assessText(assessor: Assessor, request: TextToAssess): Promise<AssessedText> {
  const { scout } = assessor;
  if (!scout) return assessBy(assessor, request);
  const looked = await assessBy({ ...assessor, engine: scout.engine }, request);
  const chosen = regionsToRead(
    looked.regions.map(({ assessment }) => assessment),
    regionRank,
    scout,
  );
  return readRegions(assessor, looked, chosen);
}

/**
 * Lets an engine read some regions of a text that another one has looked at, with all that stands before them as context.
 * @param chosen assessments of the text
 * @returns the text, with these regions judged anew, under identities of their own
 */
export async function readRegions(
  assessor: Pick<Assessor, 'engine' | 'calibrationOf'>,
  looked: AssessedText,
  chosen: ReadonlySet<Assessment>,
): Promise<AssessedText> {
  const { request, spans, regions } = looked;
  const wanted = regions.filter(({ assessment }) => chosen.has(assessment));
  if (wanted.length === 0) return looked;
  const isWhole = wanted.length === regions.length && request.within === undefined;
  const readRanges = wanted.map(({ found: { start, end } }) => ({ start, end }));
  const reading = await readingOf(assessor.engine, spans, request, isWhole ? undefined : readRanges);
  const weigh = weigher(request, spans, reading, assessor.calibrationOf);
  const read = regions.map((region) =>
    chosen.has(region.assessment) ? weigh(region.found, region.unit, region.assessment.region) : region,
  );
  return { ...looked, ...(isWhole && reading), regions: read };
}

async function assessBy(
  { engine, parser, salt, calibrationOf }: Assessor,
  request: TextToAssess,
): Promise<AssessedText> {
  const { text, within } = request;
  const spans = spansOf(parser, request);
  const [tree, reading] = await Promise.all([spans, readingOf(engine, spans, request)]);
  const whole = findRegions(tree, text);
  const parts = within === undefined ? whole : partsOfRegions(tree, whole, within.ranges);
  const found = parts.filter((part) => holdsCode(tree, part));
  const origin = within?.origin ?? 'file';
  const ids = regionIds(
    salt,
    found.map((region) => leafTexts(text, tree, region)),
  );
  const weigh = weigher(request, tree, reading, calibrationOf);
  let at = 0;
  const regions = found.map((part, index) => {
    const { name, start, end, firstLeaf } = part;
    while ((whole[at]?.endLeaf ?? Infinity) <= firstLeaf) at++;
    return weigh(part, whole[at] ?? part, {
      id: ids[index] ?? '',
      origin,
      ...(name !== undefined && { name }),
      start,
      end,
    });
  });
  return { request, lines: lineIndexOf(text), spans: tree, ...reading, regions };
}

async function readingOf(
  engine: Engine,
  spans: SpanTable | Promise<SpanTable>,
  { text, path, abortSignal }: TextToAssess,
  readRanges?: readonly TextRange[],
): Promise<Reading> {
  const part = readRanges && { within: readRanges };
  const scored = await engine.score({ text, path, ...part, ...(abortSignal && { abortSignal }) });
  const alignment = alignTokens(await spans, text, scored.tokenEnds);
  return { engine, ...(readRanges && { readRanges }), scored, alignment };
}

/** What makes an assessment of a region, by a reading of its text. */
function weigher(
  { text }: TextToAssess,
  spans: SpanTable,
  reading: Reading,
  calibrationOf: CalibrationOf = () => null,
): (found: RegionPart, unit: LeafRange, region: Region) => AssessedRegion {
  const { scored, alignment } = reading;
  const { source } = scored;
  const code = codeLeavesOf(text, spans);
  const lines = lineIndexOf(text);
  const readings = leafReadings(scored, alignment, spans);
  const suppressions = suppressionsOf(text, spans);
  const calibration = calibrationOf(source);
  return (found, unit, region) => {
    const signals = signalsOfLeaves(scored, alignment, spans, found);
    const known = evidenceOfRegion(code, lines, readings, signals, found, unit);
    const observation = known === null ? NOTHING_KNOWN : regionObservation(known.evidence);
    const isScored = signals.tokenCount !== undefined;
    const judged = judgeEvidence(isScored ? calibration : null, source, observation);
    const hazards =
      known === null || judged.judgement === null ? null : hazardsOfRegion(calibration, source, known, found);
    const costs = hazards === null ? surprisalCosts(readings.surprisals, found) : hazardCosts(hazards, spans, found);
    const { choices, silencedChoices } = partedBySilence(
      riskiestSpans(spans, costs, found, SPANS_PER_REGION),
      ({ span }) => silenceAt(suppressions, spans.starts[span] ?? 0, spans.ends[span] ?? 0),
    );
    const silence = silenceAt(suppressions, found.start, found.end);
    const laid = { text, spans, scored, alignment };
    const assessment: Assessment = {
      id: randomUUID(),
      region,
      source,
      ...judged,
      evidence: { version: EVIDENCE_VERSION, signals, ...observation },
      spans: choices.map((choice) => riskySpan(laid, choice)),
      ...(silencedChoices.length > 0 && {
        silenced: silencedChoices.map((choice) => ({ ...riskySpan(laid, choice), silence: choice.silence })),
      }),
      ...(silence !== null && { silence }),
      ...(!isScored && { unscored: 'none of its tokens was scored' }),
    };
    return { found, unit, reading, costs, choices, silencedChoices, assessment };
  };
}

/** A person has looked at what a comment silences, and says why it is fine: that is kept apart. */
function partedBySilence(
  chosen: readonly SpanChoice[],
  silenceOf: (choice: SpanChoice) => Silence | null,
): Pick<AssessedRegion, 'choices' | 'silencedChoices'> {
  const choices: SpanChoice[] = [];
  const silencedChoices: SilencedChoice[] = [];
  for (const choice of chosen) {
    const silence = silenceOf(choice);
    if (silence === null) choices.push(choice);
    else silencedChoices.push({ ...choice, silence });
  }
  return { choices, silencedChoices };
}

function silenceAt(suppressions: Suppressions, start: number, end: number): Silence | null {
  const suppression = suppressionAt(suppressions, start, end);
  return suppression && { reason: suppression.reason, ...suppression.comment };
}

/** The tree of the text; its lines where the parser gave up on it. */
async function spansOf(parser: ParserPool, { text, language, abortSignal }: TextToAssess): Promise<SpanTable> {
  const spans = await parser.spans(text, language, abortSignal);
  abortSignal?.throwIfAborted();
  return isSkipped(spans) ? lineSpans(text) : spans;
}

function holdsCode(spans: SpanTable, { firstLeaf, endLeaf }: LeafRange): boolean {
  for (let leaf = firstLeaf; leaf < endLeaf; leaf++) if (!isDocumentation(spans, leaf)) return true;
  return false;
}

function* leafTexts(text: string, spans: SpanTable, region: LeafRange): IterableIterator<string> {
  for (let leaf = region.firstLeaf; leaf < region.endLeaf; leaf++) {
    const span = spans.leaves[leaf] ?? 0;
    yield text.slice(spans.starts[span], spans.ends[span]);
  }
}
