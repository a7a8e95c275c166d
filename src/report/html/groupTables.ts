import type { RegionReference } from '../../audit/report.ts';
import type { Target } from '../../core/words.ts';
import { html, type Markup } from './markup.ts';
import { changesOf, meanChanceOf, meanSurprisalOf, type ReportRegions } from './reportRegions.ts';
import { table } from './table.ts';
import { bits, changesInWords, meanInWords, shareInWords } from './words.ts';

/** The same sums for each engine, each way in which code came in, and each language. */
export function groupTables({ regions, target, engine }: ReportRegions): Markup {
  const by = (head: string, keyOf: (region: RegionReference) => string): Markup =>
    table(
      `By ${head}`,
      [{ head }, ...NUMBERS.map((name) => ({ head: name, isNumber: true }))],
      [...Map.groupBy(regions, keyOf)]
        .sort(([, one], [, other]) => other.length - one.length)
        .map(([name, own]) => ({ cells: [name, ...sumsOf(own, target, head === 'engine' ? name : engine)] })),
    );
  return html`<p>
      Numbers of two engines do not compare, for each has a scale of its own: bits are those of the engine ${engine}, or
      of the one that a row names.
    </p>
    ${by('engine', ({ assessment: { source } }) => source.engine)}
    ${by('origin', ({ assessment: { region } }) => region.origin)}
    ${by('language', ({ file }) => file.language ?? 'no grammar')}`;
}

function sumsOf(regions: readonly RegionReference[], target: Target | null, engine: string): readonly string[] {
  const changes = changesOf(regions, target);
  return [
    regions.length.toLocaleString('en'),
    changes.judged.toLocaleString('en'),
    changes.leftOut.toLocaleString('en'),
    changesInWords(changes),
    meanInWords(meanChanceOf(regions, target).known, shareInWords),
    meanInWords(meanSurprisalOf(regions, engine).known, bits),
  ];
}

const NUMBERS = ['regions', 'judged', 'not judged', 'expected changes', 'mean p', 'bits a token, mean of regions'];
