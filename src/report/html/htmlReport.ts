import type { Report } from '../../audit/report.ts';
import { CANDOR_VERSION } from '../../core/version.ts';
import { calibrationNote } from '../calibrationWords.ts';
import { plural } from '../whatWasJudged.ts';
import { categorySection } from './categorySection.ts';
import type { EarlierReport } from './earlierReport.ts';
import { firstLook } from './firstLook.ts';
import { folderMap } from './folderMap.ts';
import { groupTables } from './groupTables.ts';
import { keptQuietSection } from './keptQuietSection.ts';
import { leftOutSection } from './leftOutSection.ts';
import { html, type Markup } from './markup.ts';
import { modelKey } from './modelKey.ts';
import { pageFrame } from './pageFrame.ts';
import { peopleSection } from './peopleSection.ts';
import type { LinkOf } from './placeLink.ts';
import { reliabilitySection } from './reliabilitySection.ts';
import { changesOf, meanChanceOf, reportRegions, tokensOf, type ReportRegions } from './reportRegions.ts';
import { trendSection } from './trendSection.ts';
import { changesInWords, meanInWords, shareInWords } from './words.ts';

export interface HtmlReportOptions {
  /** When the report was made, since 1970. */
  readonly madeAtMs: number;
  /** Where the place of a region leads; absent: nowhere. */
  readonly linkOf?: LinkOf;
  /** Reports to compare with, the oldest first. */
  readonly earlier?: readonly EarlierReport[];
  /** Whether an editor shows it: its webviews follow no link inside of a picture. */
  readonly isInEditor?: boolean;
}

interface Section {
  readonly id: string;
  readonly title: string;
  readonly content: Markup;
}

/**
 * The report as one page that stands alone: it asks for nothing, runs no script, and is as good on paper, by keyboard and to a
 * screen reader. Charts are drawn by Observable Plot while the page is made; each has its numbers in a table. Fit for a file and
 * for a webview without scripts.
 *
 * Texts from files are shown as they are, and do nothing (`html`). Lists are cut where nobody would read on, and say so.
 */
export function htmlReport(
  report: Report,
  { madeAtMs, linkOf = () => null, earlier = [], isInEditor = false }: HtmlReportOptions,
): string {
  const sums = reportRegions(report);
  const sections: readonly Section[] = [
    { id: 'first', title: 'What to look at first', content: firstLook(sums, linkOf) },
    { id: 'map', title: 'Where it is', content: folderMap(sums, !isInEditor) },
    { id: 'kinds', title: 'Kinds of syntax', content: categorySection(sums) },
    { id: 'worth', title: 'What the chances are worth', content: reliabilitySection(report.calibration) },
    { id: 'people', title: 'What people said', content: peopleSection(report.labels, sums, linkOf) },
    { id: 'groups', title: 'By model, origin and language', content: groupTables(sums) },
    ...(earlier.length === 0
      ? []
      : [{ id: 'trend', title: 'Against earlier reports', content: trendSection(earlier, asEarlier(report, sums)) }]),
    { id: 'quiet', title: 'Kept quiet by comments', content: keptQuietSection(report, linkOf) },
    { id: 'left-out', title: 'What was left out', content: leftOutSection(report, sums) },
  ];
  return pageFrame(
    html`<a class="skip" href="#content">Skip to what to look at first</a>
      <header>
        <h1>How far to trust this code</h1>
        <p class="made">
          Candor ${CANDOR_VERSION}, engine ${report.source.engine}, ${new Date(madeAtMs).toISOString().slice(0, 10)}
        </p>
        <p class="verdict">${calibrationNote(report.calibration)}</p>
        ${head(report, sums)}
        <p class="small">Ranges hold the number nine times in ten.</p>
        <nav aria-label="Sections">
          <ul>
            ${sections.map(({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`)}
          </ul>
        </nav>
      </header>
      <main id="content" tabindex="-1">${sections.map(section)}</main>`,
  );
}

function section({ id, title, content }: Section): Markup {
  return html`<section aria-labelledby="${id}">
    <h2 id="${id}">${title}</h2>
    ${content}
  </section> `;
}

/** The sums to begin with, each with its interval and with what is not in it. */
function head({ summary }: Report, { regions, target, source }: ReportRegions): Markup {
  const changes = changesOf(regions, target);
  const tokens = regions.reduce((sum, region) => sum + tokensOf(region), 0);
  const { judgedFiles } = summary;
  const skipped = summary.files - judgedFiles;
  const bands = Map.groupBy(regions, ({ assessment }) => assessment.band);
  const countOf = (band: 'trust' | 'check' | 'doubt' | 'unknown'): string =>
    (bands.get(band)?.length ?? 0).toLocaleString('en');
  const ofJudged =
    changes.expected === null
      ? `nothing was judged; ${plural(changes.leftOut, 'region')} left out`
      : `among ${plural(changes.judged, 'judged region')}; ${changes.leftOut.toLocaleString('en')} not judged, left out`;
  const { known } = meanChanceOf(regions, target, modelKey(source));
  const ofModel =
    known !== null && known.count < changes.judged ? `of those that ${source.engine} judged` : 'of the judged regions';
  return html`<dl class="sums">
    ${sum('Expected changes', changesInWords(changes), ofJudged)}
    ${sum('Mean p', meanInWords(known, shareInWords), ofModel)}
    ${sum('Bands', `${countOf('doubt')} doubt`, `${countOf('check')} check, ${countOf('trust')} trust, ${countOf('unknown')} unknown`)}
    ${sum('Read', plural(regions.length, 'region'), `${plural(judgedFiles, 'file')}, ${plural(tokens, 'token')}; ${plural(skipped, 'file')} left out`)}
  </dl>`;
}

function sum(term: string, number: string, more: string): Markup {
  const [, value = number, interval = ''] = /^(.*?)( \(.*\))?$/.exec(number) ?? [];
  return html`<div>
    <dt>${term}</dt>
    <dd class="big">${value}</dd>
    <dd class="small">${interval.slice(2, -1)}${interval === '' ? '' : ', '}${more}</dd>
  </div>`;
}

function asEarlier({ source, summary }: Report, { regions, target }: ReportRegions): EarlierReport {
  return {
    name: 'this report',
    source,
    target,
    files: summary.judgedFiles,
    regions: regions.length,
    changes: changesOf(regions, target),
  };
}
