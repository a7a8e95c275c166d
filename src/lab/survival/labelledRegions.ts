import type { SurvivalRecord } from './survivalRecord.ts';

export type HistoryEvent = 'sound' | 'survives';

/** A region whose fate within the horizon is known. */
export interface LabelledRegion {
  readonly record: SurvivalRecord;
  /** 1: the good event. */
  readonly label: 0 | 1;
}

/**
 * The regions of which is known, at the horizon, whether an event came to pass. Those that a competing event took out before,
 * while it had not been lost yet, are left out (docs/targets.md).
 */
export function labelledRegions(
  records: readonly SurvivalRecord[],
  event: HistoryEvent,
  horizonDays: number,
): readonly LabelledRegion[] {
  return records.flatMap((record): LabelledRegion[] => {
    const { fate, followedDays } = record;
    if (followedDays < horizonDays) return [];
    const lostDays = (event === 'sound' ? fate.fixed : fate.touched) ?? Infinity;
    if (lostDays <= horizonDays) return [{ record, label: 0 }];
    return (fate.censored ?? Infinity) <= horizonDays ? [] : [{ record, label: 1 }];
  });
}

const DAY_MS = 86_400_000;

/** When the fate of a region was known: at its horizon, never before, or failures would be known first. */
export function knownMs({ record }: LabelledRegion, horizonDays: number): number {
  return record.landedAtMs + horizonDays * DAY_MS;
}

/** As many outcomes the rate of other repositories is worth beside a repository's own. */
const PRIOR_OUTCOMES = 6;

/**
 * The logit of how often regions of a repository went bad that had reached their horizon before a moment.
 *
 * @param othersRate share of other repositories' regions that went bad, in (0, 1)
 */
export function pastRateLogit(
  ofRepository: readonly LabelledRegion[],
  atMs: number,
  horizonDays: number,
  othersRate: number,
): number {
  const known = ofRepository.filter((region) => knownMs(region, horizonDays) <= atMs);
  const bad = known.filter(({ label }) => label === 0).length;
  const rate = (bad + PRIOR_OUTCOMES * othersRate) / (known.length + PRIOR_OUTCOMES);
  return Math.log(rate / (1 - rate));
}
