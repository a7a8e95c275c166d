import { INTERVAL_LEVEL } from '../risk/judgeRegion.ts';
import type { Judgement } from '../words.ts';

/** How many regions will need a change. */
export interface ExpectedChanges {
  /** Regions with a judgement. */
  readonly judged: number;
  /** Regions without: what becomes of them nobody knows, so they add nothing, and are not taken for fine. */
  readonly leftOut: number;
  /** Of the judged ones, in [0, judged]; null where there is none. */
  readonly expected: {
    readonly mean: number;
    readonly low: number;
    readonly high: number;
    readonly level: number;
  } | null;
}

/** Standard normal quantile of (1 + INTERVAL_LEVEL) / 2. */
const QUANTILE = 1.6448536269514722;

/**
 * The number of regions whose good event will not happen: sum (1 - p). Its interval carries two doubts, as the root of the sum
 * of their squares:
 *
 *     luck        1.645 sqrt(sum p (1 - p)): were all p right, the number would still vary (Poisson's binomial distribution)
 *     ignorance   sum (high - p) downwards, sum (p - low) upwards: one model made all p, so they err together
 *
 * That regions of one commit share their fate is not in it: where they do, the number varies more.
 *
 * @param judgements of the regions; null: not judged. All of one target, or the sum has no meaning
 */
export function expectedChanges(
  judgements: readonly (Pick<Judgement, 'p' | 'low' | 'high'> | null)[],
): ExpectedChanges {
  const known = judgements.filter((judgement) => judgement !== null);
  const [judged, leftOut] = [known.length, judgements.length - known.length];
  if (judged === 0) return { judged, leftOut, expected: null };
  const total = (of: (judgement: Pick<Judgement, 'p' | 'low' | 'high'>) => number): number =>
    known.reduce((sum, judgement) => sum + of(judgement), 0);
  const mean = total(({ p }) => 1 - p);
  const luck = QUANTILE * Math.sqrt(total(({ p }) => p * (1 - p)));
  const low = Math.max(
    0,
    mean -
      Math.hypot(
        luck,
        total(({ p, high }) => high - p),
      ),
  );
  const high = Math.min(
    judged,
    mean +
      Math.hypot(
        luck,
        total((one) => one.p - one.low),
      ),
  );
  return { judged, leftOut, expected: { mean, low, high, level: INTERVAL_LEVEL } };
}
