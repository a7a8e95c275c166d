import { LOCALISATION_METRICS, type LocalisationReport, type OrderMeasures } from '../core/metrics/localisation.ts';

/** As the contract has it: `{ n, orders: { NAME: { top1, top3, ... } } }`, and what else is known. */
export function jsonLocalisationReport(report: LocalisationReport): string {
  return `${JSON.stringify({ schemaVersion: 1, ...report })}\n`;
}

/** The orders, the one first in which faulty lines come earliest for what is read. */
export function textLocalisationReport({ n, leftOut, groups, orders }: LocalisationReport): string {
  const left = leftOut === 0 ? '' : ` ${leftOut} more have no code or no score.`;
  const ranked = Object.entries(orders).sort(([, one], [, other]) => other.aucec20 - one.aucec20);
  const rows = ranked.map(([name, measures]) => rowOf(name, measures));
  const heads = ['', ...LOCALISATION_METRICS, 'aucec20 over longestLine', 'over tokenCount'];
  const widths = heads.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const lineOf = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd();
  return `${[
    `${n.toLocaleString('en')} texts in ${groups.toLocaleString('en')} groups.${left}`,
    '',
    ...[heads, ...rows].map(lineOf),
    '',
    'top1, top3, top5: how often a faulty line is among the first. mrr: 1 by the place of the first one. effort: share of the tokens read',
    'before it. aucec5, aucec20: area under faulty lines found by tokens read, up to 5 and 20 %; 1 is perfect. In brackets 95 %, by drawing',
    'whole groups.',
  ].join('\n')}\n`;
}

function rowOf(name: string, measures: OrderMeasures): readonly string[] {
  const difference = (to: string): string => {
    const { mean, interval } = measures.differences[to]?.aucec20 ?? {};
    if (mean === undefined) return '';
    const bounds = interval === undefined ? '' : ` (${interval[0].toFixed(3)} to ${interval[1].toFixed(3)})`;
    return `${mean.toFixed(3)}${bounds}`;
  };
  return [
    name,
    ...LOCALISATION_METRICS.map((metric) => measures[metric].toFixed(3)),
    difference('longestLine'),
    difference('tokenCount'),
  ];
}
