import type { RegionReference } from '../../audit/report.ts';
import type { Target } from '../../core/words.ts';
import { percent } from '../calibrationWords.ts';
import { html, type Markup } from './markup.ts';
import { changesOf, meanChanceOf, meanSurprisalOf, type ReportRegions } from './reportRegions.ts';
import { table } from './table.ts';
import { bits, changesInWords, meanInWords } from './words.ts';

/** The same sums for each engine, each way in which code came in, and each language. */
export function groupTables({ regions, target }: ReportRegions): Markup {
  const by = (head: string, keyOf: (region: RegionReference) => string): Markup =>
    groupTable(head, regions, target, keyOf);
  return html`<p>Numbers of two engines do not compare: each has a scale of its own.</p>
    ${by('engine', ({ assessment: { source } }) => source.engine)}
    ${by('origin', ({ assessment: { region } }) => region.origin)}
    ${by('language', ({ file }) => file.language ?? 'no grammar')}`;
}

function groupTable(
  head: string,
  regions: readonly RegionReference[],
  target: Target | null,
  keyOf: (region: RegionReference) => string,
): Markup {
  const groups = [...Map.groupBy(regions, keyOf)].sort(([, one], [, other]) => other.length - one.length);
  return table(
    `By ${head}`,
    [{ head }, ...NUMBERS.map((name) => ({ head: name, isNumber: true }))],
    groups.map(([name, own]) => {
      const changes = changesOf(own, target);
      return {
        cells: [
          name,
          own.length.toLocaleString('en'),
          changes.judged.toLocaleString('en'),
          changes.leftOut.toLocaleString('en'),
          changesInWords(changes),
          meanInWords(meanChanceOf(own, target).known, percentWithin),
          meanInWords(meanSurprisalOf(own).known, bits),
        ],
      };
    }),
  );
}

const NUMBERS = ['regions', 'judged', 'not judged', 'expected changes', 'mean p', 'bits a token, mean of regions'];

/** The interval of a share ends where shares end. */
function percentWithin(share: number): string {
  return percent(Math.min(1, Math.max(0, share)));
}
