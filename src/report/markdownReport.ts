import { isJudged, type RegionReference, type Report } from '../audit/report.ts';
import { positionAt, type LineIndex } from '../core/lineIndex.ts';
import { peakBitsOf } from '../core/signals/peakBitsOf.ts';
import type { RiskySpan } from '../core/words.ts';
import { calibrationNote, chanceInNumbers, percent } from './calibrationWords.ts';
import { codeBlock, codeSpan } from './codeSpan.ts';
import { findingInWords } from './findingWords.ts';
import { markedLine } from './markedLine.ts';
import { relativeUri } from './relativeUri.ts';
import { plural, whatWasJudged } from './whatWasJudged.ts';

/** By this a workflow finds the comment that it wrote before. */
export const COMMENT_MARKER = '<!-- candor -->';

/** A comment on GitHub holds 65,536 characters. */
const MAX_LENGTH = 60_000;
/** Kept for the list of what was left out, and for the last line. */
const TAIL_LENGTH = 5_000;
const MAX_ALTERNATIVE_LENGTH = 40;

/** A region as an item of the list, and its code as a block that is folded away. */
interface Entry {
  readonly item: string;
  readonly block: string;
}

/**
 * The report for a comment on a change: what was judged, then the regions to read first, their code folded away. At most 60,000
 * characters: what does not fit is left out region by region, and that is said. Names, code and what an engine wrote are shown as
 * code, so that none of it is read as Markdown.
 *
 * @param linkBase what the links to the code begin with, as `https://github.com/OWNER/NAME/blob/COMMIT/`; empty: they are relative
 */
export function markdownReport(report: Report, linkBase = ''): string {
  const head = headOf(report);
  const entries: Entry[] = [];
  let room = MAX_LENGTH - TAIL_LENGTH - head.length;
  for (const [place, reference] of report.riskiest.entries()) {
    const entry = entryOf(reference, place + 1, linkBase);
    room -= entry.item.length + entry.block.length + 4;
    if (room < 0) break;
    entries.push(entry);
  }
  const blocks = [head, ...listOf(entries), ...leftOut(report), lastLine(report, entries.length)];
  return `${blocks.join('\n\n')}\n`;
}

function headOf(report: Report): string {
  const [first = '', ...others] = whatWasJudged(report);
  return [
    `${COMMENT_MARKER}\n### Candor: what to read first`,
    [`${first} Engine ${codeSpan(report.source.engine)}.`, ...others].join('\n'),
    `> ${plainWords(calibrationNote(report.calibration))}`,
  ].join('\n\n');
}

function listOf(entries: readonly Entry[]): readonly string[] {
  if (entries.length === 0) return [];
  const blocks = entries.map(({ block }) => block).join('\n\n');
  return [entries.map(({ item }) => item).join('\n'), folded('Their code', blocks)];
}

function entryOf({ file, assessment }: RegionReference, place: number, linkBase: string): Entry {
  const { region, spans, evidence, judgement, band } = assessment;
  const line = positionAt(file.lines, region.start).line + 1;
  const link = `[${codeSpan(`${file.path}:${line}`)}](${linkBase}${relativeUri(file.path)}#L${line})`;
  const peakBits = peakBitsOf(evidence.signals);
  const unusual = peakBits === null ? 'not scored' : `least likely token ${peakBits.toFixed(1)} bits`;
  const numbers = judgement === null ? unusual : `p ${chanceInNumbers(judgement)}, ${band}`;
  const name = region.name === undefined ? '(statements)' : codeSpan(region.name);
  const shareOf = judgement === null ? 'surprisal' : 'risk';
  // The first span carries most; of the others only what there is something to say of.
  const shown = spans.filter(({ finding }, index) => index === 0 || finding !== undefined);
  return {
    item: `${place}. ${link} ${name}: ${numbers}`,
    block: [`**${place}.** ${name}`, ...shown.flatMap((span) => spanBlocks(file.lines, span, shareOf))].join('\n\n'),
  };
}

/** The source line of a span with a mark below it, and what is to be said of it. */
function spanBlocks(lines: LineIndex, span: RiskySpan, shareOf: string): readonly string[] {
  const { line, source, lead, width } = markedLine(lines, span);
  const gutter = String(line + 1);
  const blank = ' '.repeat(gutter.length);
  return [
    codeBlock([`${gutter} | ${source}`, `${blank} | ${' '.repeat(lead)}${'^'.repeat(width)}`]),
    `${plainWords(span.category ?? span.type)}, ${percent(span.share)} of the region's ${shareOf}. ${expected(lines, span)}`.trim(),
  ];
}

/** What was likelier in a span's place; empty where nothing is known to be. */
function expected({ text }: LineIndex, { alternatives, finding }: RiskySpan): string {
  if (finding !== undefined) return findingInWords(finding, text.slice(finding.start, finding.end), shortCode);
  const others = alternatives.map((one) => one.text).filter((one) => one.length <= MAX_ALTERNATIVE_LENGTH);
  return others.length === 0 ? '' : `Usual here: ${others.map(codeSpan).join(' ')}`;
}

function shortCode(text: string): string {
  return codeSpan(text.length <= MAX_ALTERNATIVE_LENGTH ? text : `${text.slice(0, MAX_ALTERNATIVE_LENGTH)}…`);
}

/** The files that were not judged, and why, as many as there is room for. */
function leftOut({ files }: Report): readonly string[] {
  const lines = files.flatMap((file) => (isJudged(file) ? [] : [`- ${codeSpan(file.path)}: ${file.skipped}`]));
  if (lines.length === 0) return [];
  let room = TAIL_LENGTH - 500;
  const fitting = lines.findIndex((line) => (room -= line.length + 1) < 0);
  const shown = fitting < 0 ? lines : lines.slice(0, fitting);
  const more = lines.length - shown.length;
  return [
    folded(
      `Left out: ${plural(lines.length, 'file')}`,
      [...shown, ...(more > 0 ? [`- and ${more.toLocaleString('en')} more`] : [])].join('\n'),
    ),
  ];
}

function lastLine({ riskiest, files }: Report, shown: number): string {
  const regionCount = files.filter(isJudged).reduce((sum, file) => sum + file.assessments.length, 0);
  const cut = riskiest.length - shown;
  const more = cut === 0 ? '' : ` ${cut.toLocaleString('en')} more were asked for, and do not fit a comment.`;
  return `${shown.toLocaleString('en')} of ${plural(regionCount, 'region')} shown.${more}`;
}

/** The blank lines let what is inside be read as Markdown. */
function folded(summary: string, content: string): string {
  return `<details>\n<summary>${summary}</summary>\n\n${content}\n\n</details>`;
}

/** Words of Candor's own, in which a name may occur that somebody else gave. */
function plainWords(words: string): string {
  return words.replaceAll(/[\\`*_[\]<>|~#@&]/g, '\\$&');
}
