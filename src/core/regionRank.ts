import type { Assessment } from './words.ts';

/** The signal by which regions come while nothing is calibrated: `docs/decisions/region-order.md`. */
export const REGION_ORDER = 'minimumLogprob';

/** What the order of reading needs to know of a region, and how long it is: small, for there may be millions. */
export interface RegionRank {
  /** Name of the engine that judged it. */
  readonly engine: string;
  /** Chance of the good event; null: it was not judged. */
  readonly p: number | null;
  /** Log-probability of its least likely token; null where nothing was scored. */
  readonly leastNats: number | null;
  /** Tokens of code; comments and layout are not counted. */
  readonly tokens: number;
  /** Whether a comment keeps all of it quiet. */
  readonly isQuiet: boolean;
}

export function regionRank({ source, judgement, evidence, silence }: Assessment): RegionRank {
  return {
    engine: source.engine,
    p: judgement?.p ?? null,
    leastNats: evidence.signals[REGION_ORDER] ?? null,
    tokens: evidence.signals.tokenCount ?? 0,
    isQuiet: silence !== undefined,
  };
}
