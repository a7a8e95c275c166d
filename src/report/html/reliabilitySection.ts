import * as Plot from '@observablehq/plot';
import type { Calibration, Standing } from '../../core/risk/calibration.ts';
import {
  bandsInWords,
  basisInWords,
  eventInWords,
  percent,
  standingInWords,
  verdictInWords,
} from '../calibrationWords.ts';
import { drawChart } from './drawChart.ts';
import { html, type Markup } from './markup.ts';
import { table } from './table.ts';

/** What the chances are worth: how often what was said came true, and what goes bad if only the safest are taken. */
export function reliabilitySection(calibration: Calibration | null): Markup {
  if (calibration === null) {
    return html`<p>
      Nothing is calibrated for this engine, so there is no chance to hold against what came true. “candor calibrate
      --from-git” learns one from the history of a repository.
    </p>`;
  }
  const { target, standing } = calibration;
  return html`<p class="verdict">${verdictInWords(calibration)}</p>
    <p>About the chance that a region ${eventInWords(target)}. Rests on ${basisInWords(calibration)}.</p>
    <ul>
      ${[...bandsInWords(calibration), ...standingInWords(standing)].map((line) => html`<li>${line}</li>`)}
    </ul>
    <div class="pair">${reliability(standing)} ${coverage(standing)}</div>`;
}

const SQUARE = { width: 360, height: 320, marginLeft: 46, marginBottom: 40 };
const SHARE = { domain: [0, 100], percent: true, grid: true } as const;

function reliability({ reliability: curve }: Standing): Markup | null {
  if (curve === null) return null;
  const steps = curve.steps.flatMap(({ from, to, observed }) => [
    { said: from, observed },
    { said: to, observed },
  ]);
  const chart = drawChart(
    {
      ...SQUARE,
      x: { ...SHARE, label: 'said, %' },
      y: { ...SHARE, label: 'came true, %' },
      marks: [
        Plot.areaY(curve.band, { x: 'forecast', y1: 'low', y2: 'high', fill: 'var(--faint)', fillOpacity: 0.25 }),
        Plot.line(
          [
            { said: 0, observed: 0 },
            { said: 1, observed: 1 },
          ],
          { x: 'said', y: 'observed', stroke: 'var(--faint)', strokeDasharray: '4 4' },
        ),
        Plot.line(steps, { x: 'said', y: 'observed', stroke: 'var(--accent)', strokeWidth: 2.5 }),
      ],
    },
    'How often it came true, by what was said; the numbers are in the table below',
  );
  return html`<figure class="chart">
    <figcaption>
      How often it came true, by what was said. Grey: where nine in ten calibrated forecasters lie.
    </figcaption>
    ${chart}
    ${table(
      'Reliability',
      [{ head: 'said' }, ...['came true', 'regions'].map((head) => ({ head, isNumber: true }))],
      curve.steps.map(({ from, to, observed, items }) => ({
        cells: [
          percent(from) === percent(to) ? percent(from) : `${percent(from)} to ${percent(to)}`,
          percent(observed),
          items.toLocaleString('en'),
        ],
      })),
    )}
  </figure>`;
}

function coverage({ riskAtCoverage, baseRate }: Standing): Markup | null {
  if (riskAtCoverage.length === 0) return null;
  const chart = drawChart(
    {
      ...SQUARE,
      x: { ...SHARE, label: 'share taken, the safest first, %' },
      y: { percent: true, grid: true, zero: true, label: 'went bad, %' },
      marks: [
        Plot.ruleY([1 - baseRate], { stroke: 'var(--faint)', strokeDasharray: '4 4' }),
        Plot.line(riskAtCoverage, { x: 'coverage', y: 'risk', stroke: 'var(--accent)', strokeWidth: 2.5 }),
        Plot.dot(riskAtCoverage, { x: 'coverage', y: 'risk', r: 3, fill: 'var(--accent)' }),
      ],
    },
    'Share that goes bad, if only the safest are taken; the numbers are in the table below',
  );
  return html`<figure class="chart">
    <figcaption>Share that goes bad, if only the safest are taken. Dashed: of all.</figcaption>
    ${chart}
    ${table(
      'Coverage',
      [{ head: 'taken' }, { head: 'went bad', isNumber: true }],
      riskAtCoverage.map(({ coverage: taken, risk }) => ({ cells: [percent(taken), percent(risk)] })),
    )}
  </figure>`;
}
