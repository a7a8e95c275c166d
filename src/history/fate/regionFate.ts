/** Why nothing more can be known of a region: a competing event of docs/targets.md. */
export type Censoring = 'file-deleted' | 'feature-removed' | 'unreadable';

/** When something first happened to a region, and in which landing. */
export interface RegionEvent {
  readonly atMs: number;
  readonly landing: string;
}

/** What became of a region so far. Times are since 1970, of the landings. */
export interface RegionFate {
  /** The first change of a leaf or an inner gap; null: it survives so far. */
  readonly touched: RegionEvent | null;
  /** The first change by a landing whose message says that it fixes something; null: it is sound so far. */
  readonly fixed: RegionEvent | null;
  /** The first new item in a list inside it. */
  readonly extended: RegionEvent | null;
  readonly censored: (RegionEvent & { readonly why: Censoring }) | null;
  /** When each leaf was changed, in text order; NaN: it lives. */
  readonly leafChangesMs: Float64Array;
  /** When the gap after each leaf but the last was changed; NaN: never. */
  readonly gapChangesMs: Float64Array;
}
