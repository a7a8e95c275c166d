import type { Source, Target } from '../../core/words.ts';
import { modelInWords } from '../modelInWords.ts';
import { html, type Markup } from './markup.ts';
import { changesOf, meanChanceOf, meanSurprisalOf, type ReportRegions, type SummedRegion } from './reportRegions.ts';
import { table } from './table.ts';
import { bits, changesInWords, meanInWords, shareInWords } from './words.ts';

/** The same sums for each model, each way in which code came in, and each language: two models are never in one number. */
export function groupTables({ regions, target }: ReportRegions): Markup {
  const models = Array.from(Map.groupBy(regions, ({ model }) => model)).sort(byCount);
  if (models.length === 0) return html`<p>No region was read.</p>`;
  const nameOf = ([, [first]]: (typeof models)[number]): string => (first ? modelInWords(sourceOf(first)) : '');
  const isOne = models.length === 1;
  const by = (head: string, keyOf: (region: SummedRegion) => string): Markup =>
    table(
      isOne ? `By ${head}` : `By ${head} and model`,
      [{ head }, ...(isOne ? [] : [{ head: 'model' }]), ...NUMBERS],
      models.flatMap((model) =>
        Array.from(Map.groupBy(model[1], keyOf))
          .sort(byCount)
          .map(([name, own]) => ({
            cells: [name, ...(isOne ? [] : [nameOf(model)]), ...sumsOf(own, target, model[0])],
          })),
      ),
    );
  return html`<p>
      ${isOne ? 'All of it was read by one model.' : 'Numbers of two models do not compare, for each has a scale of its own: no number here is of two.'}
    </p>
    ${table(
      'By model',
      [{ head: 'model' }, ...NUMBERS],
      models.map((model) => ({ cells: [nameOf(model), ...sumsOf(model[1], target, model[0])] })),
    )}
    ${by('origin', ({ assessment: { region } }) => region.origin)}
    ${by('language', ({ file }) => file.language ?? 'no grammar')}`;
}

function byCount(
  [, one]: readonly [string, readonly unknown[]],
  [, other]: readonly [string, readonly unknown[]],
): number {
  return other.length - one.length;
}

function sourceOf({ assessment }: SummedRegion): Source {
  return assessment.source;
}

function sumsOf(regions: readonly SummedRegion[], target: Target | null, model: string): readonly string[] {
  const changes = changesOf(regions, target);
  return [
    regions.length.toLocaleString('en'),
    changes.judged.toLocaleString('en'),
    changes.leftOut.toLocaleString('en'),
    changesInWords(changes),
    meanInWords(meanChanceOf(regions, target, model).known, shareInWords),
    meanInWords(meanSurprisalOf(regions, model).known, bits),
  ];
}

const NUMBERS = ['regions', 'judged', 'not judged', 'expected changes', 'mean p', 'bits a token, mean of regions'].map(
  (head) => ({ head, isNumber: true }),
);
