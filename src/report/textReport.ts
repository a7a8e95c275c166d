import type { RegionReference, Report } from '../audit/report.ts';
import { positionAt, type LineIndex } from '../core/lineIndex.ts';
import { peakBitsOf } from '../core/signals/peakBitsOf.ts';
import { CANDOR_VERSION } from '../core/version.ts';
import type { RiskySpan } from '../core/words.ts';
import { calibrationNote, chanceInNumbers } from './calibrationWords.ts';
import { markedLine } from './markedLine.ts';
import { silencingComments } from './silencingComments.ts';
import { visible } from './visible.ts';
import { plural, whatWasJudged, whyNothing } from './whatWasJudged.ts';

/** How parts of a text report are set apart; on a plain stream they are the same as the rest. */
export interface Style {
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly mark: (text: string) => string;
}

export const PLAIN_STYLE: Style = { strong: (text) => text, faint: (text) => text, mark: (text) => text };

/** Spans shown for a region. */
const SPANS_SHOWN = 3;
const MAX_ALTERNATIVE_LENGTH = 40;

/** Comments that keep something quiet, of those that are told one by one. */
const MOST_COMMENTS = 10;

/** The report for a terminal: what was judged, then the regions to look at first with their costliest spans. */
export function textReport(report: Report, style: Style = PLAIN_STYLE): string {
  const blocks = [...blocksOf(report, style), footer(report, style)];
  return `${blocks.join('\n\n')}\n`;
}

/** The report on one file, to be read beside it: the same, with a `digest` of its tokens before the regions. */
export function textSummary(report: Report, digest: string): string {
  const [head = '', ...regions] = blocksOf(report, PLAIN_STYLE);
  return `${[head, digest, 'To read first:', ...regions].join('\n\n')}\n`;
}

function blocksOf(report: Report, style: Style): readonly string[] {
  return [
    header(report, style),
    ...report.riskiest.map((reference, place) => regionBlock(reference, place + 1, style)),
    ...silencesBlock(report, style),
  ];
}

function header(report: Report, style: Style): string {
  const { source, calibration } = report;
  return [
    style.strong(`Candor ${CANDOR_VERSION}, engine ${source.engine}`),
    ...whatWasJudged(report),
    style.faint(calibrationNote(calibration)),
  ].join('\n');
}

function regionBlock({ file, assessment }: RegionReference, place: number, style: Style): string {
  const { region, spans, evidence, judgement, band } = assessment;
  const where = `${file.path}:${positionAt(file.lines, region.start).line + 1}`;
  const peakBits = peakBitsOf(evidence.signals);
  const unusual = peakBits === null ? '' : `  least likely token: ${peakBits.toFixed(1)} bits`;
  const numbers = judgement === null ? unusual : `  p ${chanceInNumbers(judgement)}, ${band}`;
  const shareOf = judgement === null ? 'surprisal' : 'risk';
  return [
    `${String(place).padStart(2)}. ${style.strong(visible(where))}  ${visible(region.name ?? '(statements)')}${style.faint(numbers)}`,
    ...spans.slice(0, SPANS_SHOWN).flatMap((span) => spanLines(file.lines, span, shareOf, style)),
  ].join('\n');
}

/**
 * The source line of a span, and under it the mark:
 *
 *     43 |   if (total <= limit) {
 *        |             ^^ operators, 38 % of the region's surprisal; usual here: <  >=
 */
function spanLines(lines: LineIndex, span: RiskySpan, shareOf: string, style: Style): readonly string[] {
  const { line, source, lead, width } = markedLine(lines, span);
  const gutter = String(line + 1).padStart(7);
  const note = `${span.category ?? span.type}, ${percent(span.share)} of the region's ${shareOf}${othersNote(span)}`;
  return [
    `${style.faint(`${gutter} |`)} ${source}`,
    `${style.faint(`${' '.repeat(gutter.length)} |`)} ${' '.repeat(lead)}${style.mark('^'.repeat(width))} ${note}`,
  ];
}

/** What was likelier in a span's place; where one thing was expected, how surely. */
function othersNote({ alternatives, finding }: RiskySpan): string {
  const others = alternatives
    .map((alternative) => visible(alternative.text))
    .filter((text) => text.length <= MAX_ALTERNATIVE_LENGTH);
  if (others.length === 0) return '';
  const [first, ...rest] = others;
  if (finding?.kind !== 'expectedOther') return `; usual here: ${others.join('  ')}`;
  return [`; expected here: ${first ?? ''} (${percent(finding.numbers.bestChance ?? 0)})`, ...rest].join('  ');
}

/** What comments keep quiet, a line for each of them; no block where they do nothing. */
function silencesBlock({ files, summary }: Report, style: Style): readonly string[] {
  // Most reports have none, and all files need not be gone through to know.
  if (summary.quietPlaces === 0) return [];
  const comments = silencingComments(files);
  const more = comments.length - MOST_COMMENTS;
  return [
    [
      style.strong(`Kept quiet by comments: ${plural(summary.quietPlaces, 'place')}`),
      ...comments
        .slice(0, MOST_COMMENTS)
        .map(
          ({ path, line, reason, places: own }) =>
            `    ${visible(`${path}:${line + 1}`)}  ${style.faint(plural(own, 'place'))}  ${visible(reason)}`,
        ),
      ...(more > 0 ? [style.faint(`    and ${plural(more, 'more comment')}; --format=json has all of them.`)] : []),
    ].join('\n'),
  ];
}

function footer({ riskiest, summary }: Report, style: Style): string {
  if (summary.regions === 0) return style.faint(whyNothing(summary));
  return style.faint(
    `${riskiest.length} of ${plural(summary.regions, 'region')} shown. --top=N shows more, --format=json all of them.`,
  );
}

function percent(share: number): string {
  const value = share * 100;
  return `${value >= 1 ? value.toFixed(0) : value.toPrecision(1)} %`;
}
