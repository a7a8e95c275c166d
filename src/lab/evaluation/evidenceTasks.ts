import type { ErrorReason } from '../../core/candorError.ts';
import type { RegionEvidence } from '../../core/risk/regionEvidence.ts';
import type { Observation } from '../../core/risk/observation.ts';
import { regionObservation } from '../../core/risk/regionObservation.ts';
import type { SignalValues } from '../../core/words.ts';
import type { LabelledItem } from './labelledItem.ts';

/** What an item says of itself, without its text. */
export type ItemLabels = Pick<LabelledItem, 'id' | 'label' | 'group' | 'repository' | 'commit' | 'atMs'>;

/** A completion, and what is known of it; `region` is null where it has no code or no score. */
export interface KnownItem {
  readonly item: ItemLabels;
  readonly region: Observation | null;
  readonly signals: SignalValues;
  /** Whether its tokens came with the data. */
  readonly isRecorded: boolean;
}

/** Lines of labelled data, with their numbers from 1. */
export interface EvidenceTask {
  readonly lines: readonly { readonly number: number; readonly line: string }[];
  readonly grammarsUrl: string;
}

/** One a line, or the first line's fault. */
export type EvidenceAnswer = readonly LineAnswer[] | { readonly failed: ErrorReason; readonly message: string };

export type LineAnswer =
  | { readonly number: number; readonly known: KnownItem }
  /** It has no tokens of its own: an engine is to score it. */
  | { readonly number: number; readonly item: LabelledItem };

/** What is kept of an item: its text is not, for there can be more than the memory holds. */
export function knownItemOf(
  { id, label, group, repository, commit, atMs, tokens }: LabelledItem,
  evidence: RegionEvidence | null,
): KnownItem {
  return {
    item: { id, label, group, repository, commit, atMs },
    region: evidence === null ? null : regionObservation(evidence),
    signals: evidence?.signals ?? {},
    isRecorded: tokens !== null,
  };
}
