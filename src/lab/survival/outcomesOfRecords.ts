import type { TouchedRegion } from '../../core/risk/fitLeafHazards.ts';
import { partObservations } from '../../core/risk/partObservations.ts';
import type { NamedOutcome } from '../../core/risk/predictInOrder.ts';
import { regionObservation } from '../../core/risk/regionObservation.ts';
import { labelledRegions, type HistoryEvent } from './labelledRegions.ts';
import { evidenceOf } from './survivalEvidence.ts';
import { recordId, type AfterDays, type SurvivalRecord } from './survivalRecord.ts';

const DAY_MS = 86_400_000;

/** What became of regions, as a model of risk learns it from one engine's evidence. */
export function outcomesOfRecords(
  records: readonly SurvivalRecord[],
  engine: string,
  event: HistoryEvent,
  horizonDays: number,
): readonly NamedOutcome[] {
  return labelledRegions(records, event, horizonDays).map(({ record, label }) => ({
    id: recordId(record),
    region: regionObservation(evidenceOf(record, engine)),
    touched: label === 0,
    commit: record.landing,
    atMs: record.landedAtMs,
    knownAtMs: record.landedAtMs + horizonDays * DAY_MS,
  }));
}

/**
 * Where the regions were changed that went bad: for `survives` all that changed within the horizon, for `sound` what the first
 * fix changed.
 */
export function touchedRegionsOf(
  records: readonly SurvivalRecord[],
  engine: string,
  event: HistoryEvent,
  horizonDays: number,
): readonly TouchedRegion[] {
  return labelledRegions(records, event, horizonDays)
    .filter(({ label }) => label === 0)
    .map(({ record }) => {
      const { changed, gapsChanged } = record.leaves;
      const { fixed } = record.fate;
      const isIn = (days: AfterDays): boolean =>
        days !== null && (event === 'sound' ? days === fixed : days <= horizonDays);
      return {
        parts: partObservations(evidenceOf(record, engine)),
        changed: changed.flatMap((days, leaf) =>
          leaf === 0 ? [isIn(days)] : [isIn(gapsChanged[leaf - 1] ?? null), isIn(days)],
        ),
        commit: `${record.repository} ${record.landing}`,
      };
    });
}
