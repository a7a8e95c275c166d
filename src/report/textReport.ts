import { isJudged, type RegionReference, type Report } from '../audit/report.ts';
import { positionAt, type LineIndex } from '../core/lineIndex.ts';
import { peakBitsOf } from '../core/signals/peakBitsOf.ts';
import { CANDOR_VERSION } from '../core/version.ts';
import type { RiskySpan } from '../core/words.ts';
import { calibrationNote, chanceInNumbers } from './calibrationWords.ts';
import { columnsOf } from './columnsOf.ts';
import { countBy } from './countBy.ts';
import { visible } from './visible.ts';

/** How parts of a text report are set apart; on a plain stream they are the same as the rest. */
export interface Style {
  readonly strong: (text: string) => string;
  readonly faint: (text: string) => string;
  readonly mark: (text: string) => string;
}

export const PLAIN_STYLE: Style = { strong: (text) => text, faint: (text) => text, mark: (text) => text };

/** Spans shown for a region, and columns of its source shown. */
const SPANS_SHOWN = 3;
const MAX_COLUMNS = 100;
const MAX_ALTERNATIVE_LENGTH = 40;

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
  ];
}

function header(report: Report, style: Style): string {
  const { source, files, learnedTokenCount, otherFileCount } = report;
  const judged = files.filter(isJudged);
  const regionCount = judged.reduce((sum, file) => sum + file.assessments.length, 0);
  const learned = learnedTokenCount === 0 ? '' : `; learned from ${plural(learnedTokenCount, 'token')}`;
  const left = Object.entries(countBy(files, (file) => (isJudged(file) ? null : file.skipped)));
  if (otherFileCount > 0) left.push(['no code', otherFileCount]);
  return [
    style.strong(`Candor ${CANDOR_VERSION}, engine ${source.engine}`),
    `${plural(judged.length, 'file')} judged, ${plural(regionCount, 'region')}${learned}.`,
    ...lookedAtOnly(report),
    ...(left.length > 0 ? [`Left out: ${left.map(([reason, count]) => `${count} ${reason}`).join(', ')}.`] : []),
    style.faint(calibrationNote(report.calibration)),
  ].join('\n');
}

/** What the engine was too slow to read, where another looked at everything first. */
function lookedAtOnly({ source, files }: Report): readonly string[] {
  const engines = Object.entries(
    countBy(
      files.filter(isJudged).flatMap((file) => file.assessments),
      (one) => one.source.engine,
    ),
  );
  return engines
    .filter(([engine]) => engine !== source.engine)
    .map(
      ([engine, count]) =>
        `${plural(count, 'region')} of them by the engine ${engine} alone: they come after the others.`,
    );
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
  const start = positionAt(lines, span.start);
  const end = positionAt(lines, span.end);
  const source = lineText(lines, start.line);
  const indent = source.length - source.trimStart().length;
  const shift = Math.max(0, indent - 2, start.character + 20 - MAX_COLUMNS);
  const shown = visible(source.slice(shift, shift + MAX_COLUMNS));
  const lead = columnsOf(visible(source.slice(shift, start.character)));
  const lastCharacter = end.line === start.line ? end.character : source.length;
  const width = Math.max(
    1,
    columnsOf(visible(source.slice(start.character, Math.min(lastCharacter, shift + MAX_COLUMNS)))),
  );
  const gutter = String(start.line + 1).padStart(7);
  const note = `${span.category ?? span.type}, ${percent(span.share)} of the region's ${shareOf}${othersNote(span)}`;
  return [
    `${style.faint(`${gutter} |`)} ${shown}`,
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

function footer({ riskiest, files }: Report, style: Style): string {
  const regionCount = files.filter(isJudged).reduce((sum, file) => sum + file.assessments.length, 0);
  return style.faint(
    `${riskiest.length} of ${plural(regionCount, 'region')} shown. --top=N shows more, --format=json all of them.`,
  );
}

function lineText({ text, lineStarts }: LineIndex, line: number): string {
  return text.slice(lineStarts[line], lineStarts[line + 1]).replace(/[\r\n]+$/, '');
}

function percent(share: number): string {
  const value = share * 100;
  return `${value >= 1 ? value.toFixed(0) : value.toPrecision(1)} %`;
}

function plural(count: number, noun: string): string {
  return `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;
}
