import { isJudged, type Report } from '../../audit/report.ts';
import { countBy } from '../countBy.ts';
import { plural } from '../whatWasJudged.ts';
import { html, type Markup } from './markup.ts';
import { changesOf, type ReportRegions } from './reportRegions.ts';
import { table } from './table.ts';

/** More paths would be a list that nobody reads. */
const MOST_PATHS = 100;

/** What no number on the page speaks of, and why. */
export function leftOutSection({ files, otherFileCount }: Report, { regions, target }: ReportRegions): Markup {
  const skipped = Array.from(files).flatMap((file) => (isJudged(file) ? [] : [file]));
  const unscored = regions.filter(({ assessment }) => assessment.unscored !== undefined).length;
  const notJudged = changesOf(regions, target).leftOut - unscored;
  const lines = [
    ...Object.entries(countBy(skipped, (file) => file.skipped)).map(
      ([why, count]) => `${plural(count, 'file')}: ${why}.`,
    ),
    ...(otherFileCount > 0 ? [`${plural(otherFileCount, 'file')}: no code, by the name.`] : []),
    ...(unscored > 0 ? [`${plural(unscored, 'region')}: none of the tokens was scored.`] : []),
    ...(notJudged > 0
      ? [
          `${plural(notJudged, 'region')}: scored, but not judged. ${target === null ? 'No chance is shown for this engine.' : 'Nothing like them was seen, or they were judged by another engine alone.'}`,
        ]
      : []),
  ];
  if (lines.length === 0) return html`<p>Nothing was left out.</p>`;
  const shown = skipped.slice(0, MOST_PATHS);
  const more = skipped.length - shown.length;
  return html`<ul>
      ${lines.map((line) => html`<li>${line}</li>`)}
    </ul>
    ${
      skipped.length === 0
        ? null
        : table(
            'Files that were not judged',
            [{ head: 'file' }, { head: 'why' }],
            shown.map(({ path, skipped: why }) => ({ cells: [path, why] })),
          )
    }
    ${more > 0 ? html`<p>${plural(more, 'more file')}; --format=json lists all of them.</p>` : null}`;
}
