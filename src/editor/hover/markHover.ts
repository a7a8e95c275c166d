import { peakBitsOf } from '../../core/signals/peakBitsOf.ts';
import { BAND_WORDS, chanceInNumbers, eventInWords, judgementBasis } from '../../report/calibrationWords.ts';
import { CANDOR_VERSION } from '../../core/version.ts';
import type { Assessment, Finding, RiskySpan, SignalValues } from '../../core/words.ts';
import { findingInWords } from '../../report/findingWords.ts';
import { chanceInWords } from '../chanceInWords.ts';
import { codeBlock, inertText } from '../inertMarkdown.ts';
import type { PlaceInDocument } from '../placeInDocument.ts';
import { commandLink } from './commandLink.ts';
import { sourceInWords } from './sourceInWords.ts';

/** Lines and characters of a span that are quoted. */
const QUOTED_LINES = 4;
const QUOTED_CHARACTERS = 240;

/** Signals in the order in which they are told, with their units; what is not named here is left to the reports. */
const TOLD_SIGNALS: readonly (readonly [string, string])[] = [
  ['minimumLogprob', 'nats'],
  ['totalSurprisal', 'nats'],
  ['meanLogRank', ''],
  ['meanNegentropy', 'nats'],
  ['topTwoMargin', 'nats'],
  ['surprisalMinusEntropy', 'nats'],
  ['seenBefore', ''],
  ['tokenCount', ''],
];

/** Commands that the hover's links may run; the editor refuses all others. */
export const HOVER_COMMANDS = [
  'candor.secondOpinion',
  'candor.completeAgain',
  'candor.writeTest',
  'candor.ignoreHere',
  'candor.showTokens',
  'candor.showSyntax',
  'candor.nextSpan',
  'candor.showReport',
  'candor.showCalibration',
] as const;

export interface MarkToExplain {
  readonly assessment: Assessment;
  readonly span: RiskySpan;
  /** Where it lies now; the cursor may be elsewhere. */
  readonly place: PlaceInDocument;
  /** The span's text as it stands. */
  readonly text: string;
  /** The language's name for the editor's colours. */
  readonly languageId: string;
  /** Tokens of the workspace that the engine had learned. */
  readonly learnedTokenCount: number;
  /** What the numbers are worth. */
  readonly note: string;
}

// What is known of a mark, as Markdown in three parts, from the top down. All words that come from the file or from a
// model stand in code blocks, or are made inert: they may be hostile.

/** What the mark lies on, and how unlikely it is. */
export function markFacts({ assessment, span, text, languageId }: MarkToExplain): string {
  const region = inertText(regionName(assessment));
  return paragraphs(
    `**${headline(span)}** ${inertText(span.category ?? 'code')} in ${region}`,
    codeBlock(quoted(text), languageId),
    chanceLine(span),
    ...judgementLines(assessment),
    `${Math.round(span.share * 100)} % of the ${assessment.judgement === null ? 'surprisal' : 'risk'} of ${region}. It is ${inertText(pathOf(span))}.`,
  );
}

/** What was likelier in its place: of a region that was explained in full (`explainRegion`). Null: it was not scored. */
export function markAlternatives({ assessment, span, text, languageId }: MarkToExplain): string | null {
  if (span.signals.minimumLogprob === undefined) return null;
  const reason = span.finding === undefined ? [] : [reasonOf(span.finding, text, span)];
  if (span.alternatives.length === 0) {
    return paragraphs(...reason, 'Nothing that would parse was clearly likelier in its place.');
  }
  const lines = span.alternatives.map((alternative) => quoted(alternative.text)).join('\n');
  const chances = span.alternatives.map(({ logprobNats }) => chanceInWords(logprobNats)).join(', ');
  return paragraphs(
    ...reason,
    `Likelier to the engine ${inertText(assessment.source.engine)} in its place (${chances}):`,
    codeBlock(lines, languageId),
  );
}

/** The finding in a sentence; the leaf that it is about is a part of the span. */
function reasonOf(finding: Finding, text: string, { start }: RiskySpan): string {
  const standing = text.slice(finding.start - start, finding.end - start);
  return findingInWords(finding, standing, (words) => `**${inertText(words)}**`);
}

/** Who says so and on which grounds, what that is worth, and where to go from here. */
export function markProvenance({ assessment, span, place, learnedTokenCount, note }: MarkToExplain): string {
  return paragraphs(
    `_${inertText(note)}_`,
    links(place),
    `Scored by ${inertText(sourceInWords(assessment.source, learnedTokenCount))}, Candor ${CANDOR_VERSION}.`,
    codeBlock(signalLines(span.signals)),
  );
}

function paragraphs(...parts: readonly string[]): string {
  return parts.join('\n\n');
}

function headline({ signals }: RiskySpan): string {
  return signals.minimumLogprob === undefined ? 'Not scored:' : 'The engine was unsure here:';
}

/** The chance of the region, with its interval, its band and its basis. */
function judgementLines({ judgement, band, target }: Assessment): readonly string[] {
  if (judgement === null || target === null) return [];
  const chance = `Chance that the region ${eventInWords(target)}: **${chanceInNumbers(judgement)}**`;
  return [`${chance}. ${BAND_WORDS[band]}.`, `_From ${inertText(judgementBasis(judgement.basis))}._`];
}

function regionName({ region }: Assessment): string {
  return region.name ?? 'these statements';
}

function chanceLine({ signals }: RiskySpan): string {
  const bits = peakBitsOf(signals);
  if (bits === null) return 'None of its tokens was scored.';
  return `Its least likely token had a chance of **${chanceInWords(-bits * Math.LN2)}** (${bits.toFixed(1)} bits).`;
}

function pathOf({ path, type }: RiskySpan): string {
  return [...path, type].join(' › ');
}

function signalLines(signals: SignalValues): string {
  const told = TOLD_SIGNALS.filter(([name]) => signals[name] !== undefined);
  const width = Math.max(0, ...told.map(([name]) => name.length));
  return told
    .map(([name, unit]) => `${name.padEnd(width)}  ${(signals[name] ?? 0).toPrecision(4)} ${unit}`.trimEnd())
    .join('\n');
}

function quoted(text: string): string {
  const lines = text.split(/\r\n|\r|\n/);
  const kept = lines.slice(0, QUOTED_LINES).join('\n');
  const isCut = lines.length > QUOTED_LINES || kept.length > QUOTED_CHARACTERS;
  return isCut ? `${kept.slice(0, QUOTED_CHARACTERS)} …` : kept;
}

/** What can be done about the mark, and where to go from here; what was likelier is put in by the lightbulb. */
function links(place: PlaceInDocument): string {
  const actions = [
    commandLink('Second opinion', 'candor.secondOpinion', place),
    commandLink('Complete again', 'candor.completeAgain', place),
    commandLink('Write a test', 'candor.writeTest', place),
    commandLink('Ignore, with a reason', 'candor.ignoreHere', place),
  ];
  const ways = [
    commandLink('Tokens here', 'candor.showTokens', place),
    commandLink('Syntax here', 'candor.showSyntax', place),
    commandLink('Next', 'candor.nextSpan'),
    commandLink('Report', 'candor.showReport'),
    commandLink('Calibration', 'candor.showCalibration'),
  ];
  return paragraphs(actions.join(' · '), ways.join(' · '));
}
