import { CandorError } from '../../core/candorError.ts';
import { clusterBootstrap } from '../../core/metrics/clusterBootstrap.ts';
import { numberNames } from '../../core/metrics/numberNames.ts';
import {
  LOCALISATION_METRICS,
  type Bounds,
  type Difference,
  type LocalisationReport,
  type MetricName,
  type OrderMeasures,
} from '../../core/metrics/localisation.ts';
import type { MeasuredItem } from './measureItem.ts';

/** What anybody can order by, without any engine. */
export const PLAIN_ORDERS = ['longestLine', 'tokenCount'] as const;

export interface ReportSettings {
  readonly seed?: number;
  readonly replicates?: number;
}

/** One number an item; NaN: the item has none. */
type Column = Float64Array;

/**
 * Averages items, all alike, with intervals that draw whole groups: also of each order's difference to the longest line first
 * and to the most tokens first, item by item.
 */
export function reportLocalisation(
  items: readonly MeasuredItem[],
  leftOut = 0,
  { seed = 1, replicates = 1000 }: ReportSettings = {},
): LocalisationReport {
  const groups = numberNames(items.map(({ group }) => group));
  const names = [...new Set(items.flatMap(({ orders }) => Object.keys(orders)))];
  const columns = new Map<string, Column>();
  for (const name of names) {
    for (const metric of LOCALISATION_METRICS) {
      const own = columnOf(items, name, metric);
      columns.set(keyOf(name, metric), own);
      for (const plain of plainOrdersBeside(name, items)) {
        const other = columnOf(items, plain, metric);
        columns.set(
          keyOf(name, metric, plain),
          own.map((value, item) => value - (other[item] ?? Number.NaN)),
        );
      }
    }
  }
  const once = new Uint32Array(items.length).fill(1);
  const values = [...columns.values()];
  const intervals = clusterBootstrap({ groups }, ({ counts }) => values.map((column) => meanOf(column, counts)), {
    seed,
    replicates,
  });
  const statistics = new Map(
    Array.from(columns.entries()).flatMap(([key, column], index): [string, Difference][] => {
      const interval = intervals[index] ?? null;
      const mean = meanOf(column, once);
      return mean === null ? [] : [[key, { mean, ...(interval && { interval: [interval.low, interval.high] }) }]];
    }),
  );
  return {
    n: items.length,
    leftOut,
    groups: new Set(groups).size,
    orders: Object.fromEntries(names.map((name) => [name, measuresOf(name, items, statistics)])),
  };
}

function measuresOf(
  name: string,
  items: readonly MeasuredItem[],
  statistics: ReadonlyMap<string, Difference>,
): OrderMeasures {
  const of = (metric: MetricName, against?: string): Difference => {
    const known = statistics.get(keyOf(name, metric, against));
    if (known === undefined) throw new CandorError('bad-call', `The order ${name} lacks ${metric}. Give every metric.`);
    return known;
  };
  const intervals = LOCALISATION_METRICS.flatMap((metric): [MetricName, Bounds][] => {
    const { interval } = of(metric);
    return interval === undefined ? [] : [[metric, interval]];
  });
  return {
    n: items.filter(({ orders }) => name in orders).length,
    ...byMetric((metric) => of(metric).mean),
    interval: Object.fromEntries(intervals),
    differences: Object.fromEntries(
      plainOrdersBeside(name, items).map((plain) => [plain, byMetric((metric) => of(metric, plain))]),
    ),
  };
}

function byMetric<Value>(valueOf: (metric: MetricName) => Value): Record<MetricName, Value> {
  return {
    top1: valueOf('top1'),
    top3: valueOf('top3'),
    top5: valueOf('top5'),
    mrr: valueOf('mrr'),
    effort: valueOf('effort'),
    aucec5: valueOf('aucec5'),
    aucec20: valueOf('aucec20'),
  };
}

function plainOrdersBeside(name: string, items: readonly MeasuredItem[]): readonly string[] {
  return PLAIN_ORDERS.filter(
    (plain) => plain !== name && items.some(({ orders }) => name in orders && plain in orders),
  );
}

function keyOf(name: string, metric: MetricName, against = ''): string {
  return `${name} ${metric} ${against}`;
}

function columnOf(items: readonly MeasuredItem[], name: string, metric: MetricName): Column {
  return Float64Array.from(items, ({ orders }) => orders[name]?.[metric] ?? Number.NaN);
}

/** Over the items that have a number, each counted as often as it was drawn; null where none was. */
function meanOf(column: Column, counts: Uint32Array): number | null {
  let [sum, count] = [0, 0];
  for (let item = 0; item < column.length; item++) {
    const value = column[item] ?? Number.NaN;
    const drawn = counts[item] ?? 0;
    if (drawn === 0 || Number.isNaN(value)) continue;
    sum += drawn * value;
    count += drawn;
  }
  return count === 0 ? null : sum / count;
}
