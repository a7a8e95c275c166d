import { isJudged, type Report } from '../audit/report.ts';
import { calibrationNote } from './calibrationWords.ts';
import { visible } from './visible.ts';
import { codeSpan } from './codeSpan.ts';
import { failedFiles, scoutedFailures } from './failedFiles.ts';
import { markdownRegion, type MarkdownRegion } from './markdownRegion.ts';
import { plainWords } from './plainWords.ts';
import { silencingComments } from './silencingComments.ts';
import { lookedAtOnly, plural, whyNothing } from './whatWasJudged.ts';

/** By this a workflow finds the comment that it wrote before. */
export const COMMENT_MARKER = '<!-- candor -->';

/** A comment on GitHub holds 65,536 characters. */
const MAX_LENGTH = 60_000;
/** Kept for each of the lists of what is quiet and of what was left out. */
const LIST_LENGTH = 4_500;
/** Kept for all but the regions. */
const REST_LENGTH = 2 * LIST_LENGTH + 2_500;

/** Regions that are not folded away: what somebody reads who only wanted to merge. */
const REGIONS_OPEN = 5;

/**
 * The report for a comment on a change: in its first line how much there is to read, then what was judged and what was not, and the
 * regions to read first, each with its line of code and the reason in words. All but the first five are folded away. At most 60,000
 * characters: what does not fit is left out region by region, and that is said. Names, code and what an engine wrote are shown as
 * code, so that none of it is read as Markdown.
 *
 * @param linkBase what the links to the code begin with, as `https://github.com/OWNER/NAME/blob/COMMIT/`; empty: they are relative
 */
export function markdownReport(report: Report, linkBase = ''): string {
  const regions: MarkdownRegion[] = [];
  let room = MAX_LENGTH - REST_LENGTH;
  for (const [index, reference] of report.riskiest.entries()) {
    const region = markdownRegion(reference, index + 1, linkBase);
    room -= region.item.length + region.more.length + 4;
    if (room < 0) break;
    regions.push(region);
  }
  const blocks = [
    `${COMMENT_MARKER}\n### ${titleOf(report, regions.length)}`,
    sentences(report).join(' '),
    ...(regions.length === 0 ? [] : [`> ${plainWords(calibrationNote(report.calibration))}`]),
    ...listOf(regions),
    ...keptQuiet(report),
    ...leftOut(report),
    ...(report.summary.regions === 0 ? [] : [lastLine(report, regions.length)]),
  ];
  return `${blocks.join('\n\n')}\n`;
}

/** How much there is to read, or why there is nothing. */
function titleOf({ summary }: Report, shown: number): string {
  const { regions } = summary;
  const open = Math.min(shown, REGIONS_OPEN);
  if (regions === 0)
    return failedFiles(summary).length === 0 ? 'Candor: nothing to read' : 'Candor: nothing was judged';
  if (open === 0) return `Candor: ${plural(regions, 'region')} judged`;
  if (open < regions)
    return `Candor: read ${open === 1 ? 'this' : `these ${open}`} of ${plural(regions, 'region')} first`;
  return regions === 1 ? 'Candor: 1 region to read' : `Candor: ${plural(regions, 'region')} to read, in this order`;
}

/** What was judged, and above all what was not. */
function sentences(report: Report): readonly string[] {
  const { summary, otherFileCount } = report;
  const { judgedFiles, regions, unscoredRegions } = summary;
  const skipped = Object.entries(summary.skipped);
  const scouted = scoutedFailures(summary);
  const files = skipped.reduce((sum, [, count]) => sum + count, 0);
  const notJudged = [
    ...(files > 0 ? [`${plural(files, 'file')} (${skipped.map(([why, count]) => `${count} ${why}`).join(', ')})`] : []),
    ...(unscoredRegions > 0 ? [`${plural(unscoredRegions, 'region')} that the engine gave no score`] : []),
  ];
  const others =
    otherFileCount === 1
      ? '1 file is no code by its name.'
      : `${plural(otherFileCount, 'file')} are no code by their names.`;
  return [
    regions > 0 ? `${plural(regions, 'region')} in ${plural(judgedFiles, 'file')}.` : whyNothing(summary),
    // Most of these reports are on changes.
    ...(summary.files === 0 ? ['What was deleted or only renamed has none.'] : []),
    ...lookedAtOnly(report),
    ...(scouted > 0 ? [`The engine failed on ${plural(scouted, 'file')} of them.`] : []),
    ...(notJudged.length > 0
      ? [`**Not judged:** ${notJudged.join(', ')}.`]
      : regions > 0
        ? ['Nothing was left out.']
        : []),
    ...(otherFileCount > 0 ? [others] : []),
  ];
}

function listOf(regions: readonly MarkdownRegion[]): readonly string[] {
  if (regions.length === 0) return [];
  const items = regions.map(({ item }) => item);
  const rest = items.slice(REGIONS_OPEN);
  const more = regions.flatMap((region) => (region.more === '' ? [] : [region.more]));
  return [
    items.slice(0, REGIONS_OPEN).join('\n\n'),
    ...(rest.length > 0 ? [folded(`The next ${rest.length.toLocaleString('en')}`, rest.join('\n\n'))] : []),
    ...(more.length > 0 ? [folded('More in these regions', more.join('\n\n'))] : []),
  ];
}

/** What comments keep quiet, and the reason that each gives. */
function keptQuiet({ files, summary }: Report): readonly string[] {
  if (summary.quietPlaces === 0) return [];
  return foldedList(
    `Kept quiet by comments: ${plural(summary.quietPlaces, 'place')}`,
    silencingComments(files).map(
      ({ path, line, reason, places: own }) =>
        `- ${codeSpan(`${path}:${line + 1}`)}, ${plural(own, 'place')}: ${codeSpan(reason)}`,
    ),
  );
}

/** The files that were not judged, and why. */
function leftOut({ files, summary }: Report): readonly string[] {
  if (Object.keys(summary.skipped).length === 0) return [];
  const lines = Array.from(files).flatMap((file) =>
    isJudged(file)
      ? []
      : [
          `- ${codeSpan(file.path)}: ${file.skipped}${file.detail === undefined ? '' : `. ${plainWords(visible(file.detail))}`}`,
        ],
  );
  return foldedList(`Not judged: ${plural(lines.length, 'file')}`, lines);
}

/** As many of the lines as there is room for; nothing where there are none. */
function foldedList(summary: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [];
  let room = LIST_LENGTH;
  const fitting = lines.findIndex((line) => (room -= line.length + 1) < 0);
  const shown = fitting < 0 ? lines : lines.slice(0, fitting);
  const more = lines.length - shown.length;
  const last = more > 0 ? [`- and ${more.toLocaleString('en')} more`] : [];
  return [folded(summary, [...shown, ...last].join('\n'))];
}

function lastLine({ source, learnedTokenCount, riskiest, summary }: Report, shown: number): string {
  const cut = riskiest.length - shown;
  const learned = learnedTokenCount === 0 ? '' : `, learned from ${plural(learnedTokenCount, 'token')} here`;
  return [
    `Engine ${codeSpan(source.engine)}${learned}.`,
    ...(shown < summary.regions
      ? [`${shown.toLocaleString('en')} of ${plural(summary.regions, 'region')} shown.`]
      : []),
    ...(cut > 0 ? [`${cut.toLocaleString('en')} more were asked for, and do not fit a comment.`] : []),
  ].join(' ');
}

/** The blank lines let what is inside be read as Markdown. */
function folded(summary: string, content: string): string {
  return `<details>\n<summary>${summary}</summary>\n\n${content}\n\n</details>`;
}
