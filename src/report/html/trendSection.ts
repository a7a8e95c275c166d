import * as Plot from '@observablehq/plot';
import { drawChart } from './drawChart.ts';
import type { EarlierReport } from './earlierReport.ts';
import { html, type Markup } from './markup.ts';
import { modelKey } from './modelKey.ts';
import { table } from './table.ts';
import { changesInWords } from './words.ts';

/** This report after those before it, the oldest first. Numbers are set side by side only where engine and target are the same. */
export function trendSection(earlier: readonly EarlierReport[], now: EarlierReport): Markup {
  const all = [...earlier, now];
  const compared = all.filter((one) => isLike(one, now) && one.changes.expected !== null);
  return html`<p>
      Expected changes in 100 judged regions. Code that is another, or more of it, moves the number as well as code that
      is better. Reports of another engine or about another event are listed, and not compared.
    </p>
    ${compared.length > 1 ? chart(compared) : null}
    ${table(
      'Reports, the oldest first',
      [{ head: 'report' }, ...NUMBERS.map((head) => ({ head, isNumber: true }))],
      all.map((one) => ({
        cells: [
          one.name,
          one.files.toLocaleString('en'),
          one.regions.toLocaleString('en'),
          one.changes.leftOut.toLocaleString('en'),
          changesInWords(one.changes),
          isLike(one, now) ? rateInWords(one) : 'another engine or event',
        ],
      })),
    )}`;
}

const NUMBERS = ['files', 'regions', 'not judged', 'expected changes', 'in 100 judged'];

function isLike(one: EarlierReport, now: EarlierReport): boolean {
  return comparable(one) === comparable(now);
}

function comparable({ source, target }: EarlierReport): string {
  return JSON.stringify([modelKey(source), target]);
}

function rateOf({ changes: { expected, judged } }: EarlierReport): { mean: number; low: number; high: number } | null {
  return (
    expected && {
      mean: (100 * expected.mean) / judged,
      low: (100 * expected.low) / judged,
      high: (100 * expected.high) / judged,
    }
  );
}

function rateInWords(report: EarlierReport): string {
  const rate = rateOf(report);
  return rate === null ? 'not known' : `${rate.mean.toFixed(1)} (${rate.low.toFixed(1)} to ${rate.high.toFixed(1)})`;
}

function chart(reports: readonly EarlierReport[]): Markup {
  const points = reports.flatMap((report, index) => {
    const rate = rateOf(report);
    return rate === null ? [] : [{ ...rate, place: `${index + 1}. ${report.name}` }];
  });
  const drawn = drawChart(
    {
      width: 720,
      height: 260,
      marginLeft: 46,
      x: { type: 'point', label: null, domain: points.map(({ place }) => place), tickFormat: shortened },
      y: { label: 'expected changes in 100 judged regions', zero: true, grid: true },
      marks: [
        Plot.ruleX(points, { x: 'place', y1: 'low', y2: 'high', stroke: 'var(--accent)', strokeWidth: 2 }),
        Plot.line(points, { x: 'place', y: 'mean', stroke: 'var(--accent)', strokeOpacity: 0.5 }),
        Plot.dot(points, { x: 'place', y: 'mean', r: 4.5, fill: 'var(--accent)' }),
      ],
    },
    'Expected changes in 100 judged regions, report by report, with 90 % intervals; the numbers are in the table below',
  );
  return html`<figure class="chart">${drawn}</figure>`;
}

function shortened(name: string): string {
  return name.length > 18 ? `${name.slice(0, 17)}…` : name;
}
