import type { Report } from '../../audit/report.ts';
import { silencingComments } from '../silencingComments.ts';
import { plural } from '../whatWasJudged.ts';
import { html, type Markup } from './markup.ts';
import { placeLink, type LinkOf } from './placeLink.ts';
import { table } from './table.ts';

/** More comments would be a list that nobody reads. */
const MOST_COMMENTS = 100;
/** A reason is one line of a file, which may be long. */
const MOST_REASON_LENGTH = 300;

/** The comments that keep something quiet, each with its place and the reason that it gives: without one it would keep nothing quiet. */
export function keptQuietSection({ files, summary }: Report, linkOf: LinkOf): Markup {
  // Most reports have none, and all files need not be gone through to know.
  if (summary.quietPlaces === 0) return html`<p>No comment keeps anything quiet.</p>`;
  const comments = silencingComments(files);
  const more = comments.length - MOST_COMMENTS;
  return html`<p>
      ${plural(comments.length, 'comment')} ${comments.length === 1 ? 'keeps' : 'keep'}
      ${plural(summary.quietPlaces, 'place')} quiet: nothing points at what somebody has looked at. All sums on this
      page count it, and so do gates. A reason holds for the code that it was written for, and nobody notices when that
      changes.
    </p>
    ${table(
      'Comments that keep something quiet',
      [{ head: 'comment' }, { head: 'reason' }, { head: 'places', isNumber: true }],
      comments.slice(0, MOST_COMMENTS).map(({ path, line, reason, places }) => ({
        cells: [placeLink(path, line, linkOf), shortened(reason), places.toLocaleString('en')],
      })),
    )}
    ${more > 0 ? html`<p>${plural(more, 'more comment')}; --format=json has all of them.</p>` : null}`;
}

/** Half a character is none. */
function shortened(reason: string): string {
  return reason.length <= MOST_REASON_LENGTH
    ? reason
    : `${reason.slice(0, MOST_REASON_LENGTH).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
