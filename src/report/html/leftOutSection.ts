import { isJudged, type FileReports, type Report, type SkippedFile } from '../../audit/report.ts';
import { isFailure } from '../failedFiles.ts';
import { plural } from '../whatWasJudged.ts';
import { html, type Markup } from './markup.ts';
import { changesOf, type ReportRegions } from './reportRegions.ts';
import { table } from './table.ts';

/** More paths would be a list that nobody reads. */
const MOST_PATHS = 100;
/** Different things that an engine said. */
const MOST_FAILURES = 10;

/** What no number on the page speaks of, and why. */
export function leftOutSection({ files, summary, otherFileCount }: Report, { regions, target }: ReportRegions): Markup {
  const skipped = Object.values(summary.skipped).reduce((sum, count) => sum + count, 0);
  const unscored = regions.filter(({ assessment }) => assessment.unscored !== undefined).length;
  const notJudged = changesOf(regions, target).leftOut - unscored;
  const lines = [
    ...Object.entries(summary.skipped).map(([why, count]) => `${plural(count, 'file')}: ${why}.`),
    ...Object.entries(summary.failures)
      .slice(0, MOST_FAILURES)
      .map(([said, count]) => `The engine failed on ${plural(count, 'file')}: ${said}`),
    ...(otherFileCount > 0 ? [`${plural(otherFileCount, 'file')}: no code, by the name.`] : []),
    ...(unscored > 0 ? [`${plural(unscored, 'region')}: none of the tokens was scored.`] : []),
    ...(notJudged > 0
      ? [
          `${plural(notJudged, 'region')}: scored, but not judged. ${target === null ? 'No chance is shown for this engine.' : 'Nothing like them was seen, or they were judged by another engine alone.'}`,
        ]
      : []),
  ];
  if (lines.length === 0) return html`<p>Nothing was left out.</p>`;
  const shown = skipped === 0 ? [] : firstLeftOut(files);
  const more = skipped - shown.length;
  return html`<ul>
      ${lines.map((line) => html`<li>${line}</li>`)}
    </ul>
    ${
      skipped === 0
        ? null
        : table(
            'Files that were not judged',
            [{ head: 'file' }, { head: 'why' }],
            shown.map(({ path, skipped: why, detail }) => ({
              cells: [path, detail === undefined ? why : `${why}: ${detail}`],
            })),
          )
    }
    ${more > 0 ? html`<p>${plural(more, 'more file')}; --format=json lists all of them.</p>` : null}`;
}

/** As many as are shown, those that something failed on before the rest. There may be more files than memory holds. */
function firstLeftOut(files: FileReports): readonly SkippedFile[] {
  const failed: SkippedFile[] = [];
  const others: SkippedFile[] = [];
  for (const file of files) {
    if (isJudged(file)) continue;
    const list = isFailure(file.skipped) ? failed : others;
    if (list.length < MOST_PATHS) list.push(file);
  }
  return [...failed, ...others].slice(0, MOST_PATHS);
}
