import * as Plot from '@observablehq/plot';
import { categoryScoreboard, type CategoryRow } from '../../core/sums/categoryScoreboard.ts';
import { PROBABILITY_STEPS } from '../../core/sums/categoryTallies.ts';
import { percent } from '../calibrationWords.ts';
import { plural } from '../whatWasJudged.ts';
import { drawChart } from './drawChart.ts';
import { effectSection } from './effectSection.ts';
import { html, type Markup } from './markup.ts';
import { modelKey } from './modelKey.ts';
import type { ReportRegions } from './reportRegions.ts';
import { table } from './table.ts';
import { meanInWords, shareInWords } from './words.ts';

/** More languages would make one picture too many. */
const MOST_LANGUAGES_DRAWN = 4;

/** How sure the model was of each kind of syntax, and what that does to the surprisal of the whole. */
export function categorySection({ regions, categories, source }: ReportRegions): Markup {
  const model = modelKey(source);
  const read = regions.filter((region) => region.model === model);
  const { rows, leftOut } = categoryScoreboard(categories.filter((text) => text.model === model));
  if (rows.length === 0) return html`<p>No scored token is of a category.</p>`;
  const languages = new Set(rows.map(({ language }) => language));
  const without = leftOut === 0 ? '' : ` ${plural(leftOut, 'token')} of no category left out.`;
  const elsewhere = regions.length - read.length;
  const others = elsewhere === 0 ? '' : ` ${plural(elsewhere, 'region')} read by another model alone left out.`;
  return html`<p>
      The chance that the engine ${source.engine} gave to the tokens of each kind, where it is unsure first: their mean,
      with an interval that takes files as wholes, their geometric mean, and the range of the middle half around the
      median. A token is of the smallest kind of syntax around it. Where the chance is low the engine would rather have
      written something else; that is usual for names and literals, and no sign of a fault by itself.${without}${others}
    </p>
    ${languages.size > MOST_LANGUAGES_DRAWN ? null : scoreChart(rows)}
    ${table(
      'Confidence by kind of syntax',
      [{ head: 'language' }, { head: 'kind' }, ...NUMBERS.map((head) => ({ head, isNumber: true }))],
      rows.map(({ category, language, confidence, geometricMean, quartiles: [low, median, high] }) => ({
        cells: [
          language,
          category,
          confidence.count.toLocaleString('en'),
          confidence.groups.toLocaleString('en'),
          meanInWords(confidence, shareInWords),
          percent(geometricMean),
          `${toldByTwentieths(median)} (${toldByTwentieths(low)} to ${toldByTwentieths(high)})`,
        ],
      })),
    )}
    ${effectSection(read)}`;
}

const NUMBERS = ['tokens', 'files', 'mean chance', 'geometric mean', 'median (middle half)'];

/** Below the lowest step of the histogram nothing more is known. */
function toldByTwentieths(chance: number): string {
  return chance < 1 / PROBABILITY_STEPS ? `under ${percent(1 / PROBABILITY_STEPS)}` : percent(chance);
}

function scoreChart(rows: readonly CategoryRow[]): Markup {
  const points = rows.map(({ category, language, confidence: { mean, interval }, quartiles: [low, , high] }) => ({
    category,
    language,
    mean,
    low: Math.max(0, interval?.low ?? mean),
    high: Math.min(1, interval?.high ?? mean),
    quarter: low < 1 / PROBABILITY_STEPS ? 0 : low,
    threeQuarters: high,
  }));
  const languages = new Set(points.map(({ language }) => language)).size;
  const facet = languages > 1 ? { fy: 'language' } : {};
  const chart = drawChart(
    {
      width: 720,
      height: 50 + 24 * points.length + 20 * languages,
      marginLeft: 130,
      marginRight: languages > 1 ? 110 : 20,
      x: { label: 'chance of a token, %', percent: true, zero: true, grid: true },
      y: { label: null },
      ...(languages > 1 && { fy: { label: null } }),
      marks: [
        Plot.ruleY(points, {
          ...facet,
          y: 'category',
          x1: 'quarter',
          x2: 'threeQuarters',
          stroke: 'var(--faint)',
          strokeOpacity: 0.3,
          strokeWidth: 9,
        }),
        Plot.ruleY(points, { ...facet, y: 'category', x1: 'low', x2: 'high', stroke: 'var(--accent)', strokeWidth: 2 }),
        Plot.dot(points, { ...facet, y: 'category', x: 'mean', r: 4.5, fill: 'var(--accent)' }),
      ],
    },
    'Mean chance by kind of syntax with 90 % intervals, over the middle half of the tokens; the numbers are in the table below',
  );
  return html`<figure class="chart">
    <figcaption>Dot and line: the mean and its interval. Grey: the middle half of the tokens.</figcaption>
    ${chart}
  </figure>`;
}
