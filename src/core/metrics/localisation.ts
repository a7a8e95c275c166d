/** How early the faulty lines of one text come, by name of the metric. All are in [0, 1]. */
export interface LocalisationMetrics {
  /** 1 where a faulty line is the first; the chance of it where lines tie. */
  readonly top1: number;
  /** The same for the first three, and the first five. */
  readonly top3: number;
  readonly top5: number;
  /** 1 by the place of the first faulty line. */
  readonly mrr: number;
  /** Share of the text's tokens read before the first faulty line is reached. The less the better. */
  readonly effort: number;
  /** Area under the curve of faulty lines reached by tokens read, up to 5 % and 20 % of the tokens; 1: none could do better. */
  readonly aucec5: number;
  readonly aucec20: number;
}

export const LOCALISATION_METRICS = ['top1', 'top3', 'top5', 'mrr', 'effort', 'aucec5', 'aucec20'] as const;

export type MetricName = keyof LocalisationMetrics;

/** 95 %, by drawing whole groups. */
export type Bounds = readonly [low: number, high: number];

/** How much more an order has of a metric than another one, on the same items; of `effort` less is better. */
export interface Difference {
  readonly mean: number;
  /** Absent with fewer than two groups. */
  readonly interval?: Bounds;
}

/** An order over all items that have it: the mean of each metric. */
export interface OrderMeasures extends LocalisationMetrics {
  readonly n: number;
  /** By metric; without those that cannot be had. */
  readonly interval: Readonly<Partial<Record<MetricName, Bounds>>>;
  /** By the plain order that it is compared with. An order has none to itself, nor where no item has both. */
  readonly differences: Readonly<Record<string, Readonly<Record<MetricName, Difference>>>>;
}

/** How early faulty lines come in each order. */
export interface LocalisationReport {
  readonly n: number;
  /** Items without any code, or any score. */
  readonly leftOut: number;
  readonly groups: number;
  readonly orders: Readonly<Record<string, OrderMeasures>>;
}
