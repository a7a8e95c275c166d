import type { Calibration, Standing } from '../../core/risk/calibration.ts';
import {
  bandsInWords,
  basisInWords,
  eventInWords,
  percent,
  standingInWords,
  verdictInWords,
} from '../../report/calibrationWords.ts';

// The calibration panel, as a page without scripts: what a calibration says, how it did, and what it rests on. Colours are the theme's.

/** @param style address of the page's style sheet, and where it may come from */
export function calibrationPage(
  calibrations: readonly Calibration[],
  style: { readonly href: string; readonly source: string },
): string {
  const body = calibrations.length === 0 ? NOTHING : calibrations.map(section).join('\n');
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src ${inert(style.source)};">
<link rel="stylesheet" href="${inert(style.href)}">
<title>Calibration</title>
</head>
<body>
<main>
<h1>Calibration</h1>
<p><a href="command:candor.calibrate">Calibrate to the history of this workspace</a></p>
${body}
</main>
</body>
</html>`;
}

const NOTHING = '<p>Nothing is calibrated for this engine: code is put in reading order, and no chance is shown.</p>';

function section(calibration: Calibration, index: number): string {
  const { source, target, standing, lately, origin } = calibration;
  const title = `Engine ${source.engine}: chance that a region ${eventInWords(target)}`;
  const id = `calibration-${index}`;
  return `<section aria-labelledby="${id}">
<h2 id="${id}">${inert(title)}</h2>
<p class="verdict">${inert(verdictInWords(calibration))}</p>
<div class="charts">
${figure('How often it came true, by what was said', reliabilityChart(standing), reliabilityTable(standing))}
${figure('Share that goes bad, if only the safest are taken', riskChart(standing), riskTable(standing))}
</div>
<dl>
${row('Rests on', [`${basisInWords(calibration)}.`, ...spanOfTime(calibration)])}
${row('The prior', [priorInWords(calibration)])}
${row('Bands', bandsInWords(calibration))}
${row('Predicted before the outcome was known', standingInWords(standing))}
${origin.firstMs === null || origin.kind === 'public' ? '' : row('The last quarter of them', standingInWords(lately))}
</dl>
</section>`;
}

/** What the prior weighs, in outcomes: how many would tell as much of the rate as it does. */
function priorInWords({ model: { prior, region, outcomeCount, commitCount } }: Calibration): string {
  const variance = region.covariance[0] ?? Number.NaN;
  const own = `${outcomeCount} outcomes of ${commitCount} commits here`;
  if (outcomeCount > 0) return `${prior}; ${own} have been learned.`;
  // An outcome of rate r tells of a logit what r (1 - r) tells: about 1 / (variance r (1 - r)) outcomes tell as much.
  const rate = 1 / (1 + Math.exp(-(region.coefficients[0] ?? 0)));
  return `${prior}, worth about ${Math.max(1, Math.round(1 / (variance * rate * (1 - rate))))} outcomes of one’s own; none has been learned.`;
}

function spanOfTime({ origin: { firstMs, lastMs, madeAtMs } }: Calibration): readonly string[] {
  const day = (ms: number): string => new Date(ms).toISOString().slice(0, 10);
  const landed = firstMs === null || lastMs === null ? '' : `Landed from ${day(firstMs)} to ${day(lastMs)}; `;
  return [`${landed}made on ${day(madeAtMs)}.`];
}

function row(term: string, lines: readonly string[]): string {
  return `<dt>${inert(term)}</dt>${lines.map((line) => `<dd>${inert(line)}</dd>`).join('')}`;
}

function figure(caption: string, chart: string, table: string): string {
  return `<figure><figcaption>${inert(caption)}</figcaption>${chart}<details><summary>As a table</summary>${table}</details></figure>`;
}

/** The plane of both charts, in units of the picture: shares from 0 to 1, the second one upwards. */
const [LEFT, TOP, SIDE] = [44, 10, 220];

function x(share: number): string {
  return (LEFT + SIDE * share).toFixed(1);
}

function y(share: number): string {
  return (TOP + SIDE * (1 - share)).toFixed(1);
}

/**
 * The reliability curve, with the band in which that of a calibrated forecaster lies nine times in ten:
 *
 *     came true |        ..___---      the diagonal is what was said
 *               |   ..__-' /
 *               |_-'  /
 *               +------------ said
 */
function reliabilityChart({ reliability }: Standing): string {
  if (reliability === null) return '<p>No prediction was made yet.</p>';
  const { steps, band } = reliability;
  const upper = band.map(({ forecast, high }) => `${x(forecast)},${y(high)}`);
  const lower = band.map(({ forecast, low }) => `${x(forecast)},${y(low)}`).reverse();
  const curve = steps.flatMap(({ from, to, observed }) => [`${x(from)},${y(observed)}`, `${x(to)},${y(observed)}`]);
  return chart('said', 'came true', [
    `<polygon class="band" points="${[...upper, ...lower].join(' ')}"/>`,
    `<line class="ideal" x1="${x(0)}" y1="${y(0)}" x2="${x(1)}" y2="${y(1)}"/>`,
    `<polyline class="curve" points="${curve.join(' ')}"/>`,
  ]);
}

function riskChart({ riskAtCoverage, baseRate }: Standing): string {
  const curve = riskAtCoverage.map(({ coverage, risk }) => `${x(coverage)},${y(risk)}`);
  return chart('share taken, the safest first', 'went bad', [
    `<line class="ideal" x1="${x(0)}" y1="${y(1 - baseRate)}" x2="${x(1)}" y2="${y(1 - baseRate)}"/>`,
    `<polyline class="curve" points="${curve.join(' ')}"/>`,
  ]);
}

function chart(across: string, up: string, shapes: readonly string[]): string {
  const ticks = [0, 0.5, 1].flatMap((share) => [
    `<text x="${x(share)}" y="${TOP + SIDE + 16}" text-anchor="middle">${share * 100}</text>`,
    `<text x="${LEFT - 6}" y="${y(share)}" dy="4" text-anchor="end">${share * 100}</text>`,
  ]);
  const frame = `<rect class="frame" x="${LEFT}" y="${TOP}" width="${SIDE}" height="${SIDE}"/>`;
  const names = [
    `<text x="${x(0.5)}" y="${TOP + SIDE + 34}" text-anchor="middle">${inert(across)}, %</text>`,
    `<text transform="translate(12 ${y(0.5)}) rotate(-90)" text-anchor="middle">${inert(up)}, %</text>`,
  ];
  const size = `0 0 ${LEFT + SIDE + 14} ${TOP + SIDE + 42}`;
  // Its numbers are in the table below.
  return `<svg viewBox="${size}" aria-hidden="true">${[frame, ...shapes, ...ticks, ...names].join('')}</svg>`;
}

function reliabilityTable({ reliability }: Standing): string {
  const rows = (reliability?.steps ?? []).map(({ from, to, observed, items }) => [
    percent(from) === percent(to) ? percent(from) : `${percent(from)} to ${percent(to)}`,
    percent(observed),
    String(items),
  ]);
  return table(['said', 'came true', 'regions'], rows);
}

function riskTable({ riskAtCoverage }: Standing): string {
  return table(
    ['taken', 'went bad'],
    riskAtCoverage.map(({ coverage, risk }) => [percent(coverage), percent(risk)]),
  );
}

function table(heads: readonly string[], rows: readonly (readonly string[])[]): string {
  const head = heads.map((cell) => `<th scope="col">${inert(cell)}</th>`).join('');
  const body = rows.map((cells) => `<tr>${cells.map((cell) => `<td>${inert(cell)}</td>`).join('')}</tr>`).join('');
  return `<table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`;
}

/** Text that says nothing to the page. */
function inert(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
