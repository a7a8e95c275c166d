import type { AssessmentId } from '../../core/words.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { LedgerAssessment } from '../../ledger/ledgerAssessment.ts';
import type { Stretch } from './carryStretches.ts';
import { FOLLOWED_MS, horizonMs, SOUND_TARGET, SURVIVAL_TARGETS } from './editorTargets.ts';
import { fateOfRegion, type HashedText, type RegionFate } from './fateOfRegion.ts';
import { outcomesDue } from './outcomesDue.ts';
import { leavesIn, rangeOfLeaves } from './regionTrace.ts';

/** What was known of a region when it arrived, as the ledger has it. */
export type RegionFacts = Pick<LedgerAssessment, 'atMs' | 'origin' | 'tool' | 'source' | 'judgement' | 'band'>;

/** What an editor knows of a region that it follows in an open document. */
export interface SeenRegion {
  readonly assessment: AssessmentId;
  /** Where its edits have left it; null: nobody knows, and it is looked for. */
  readonly range: Stretch | null;
  readonly isCheckedOut: boolean;
  readonly isUndone: boolean;
  readonly hadErrors: boolean | null;
  readonly failedTest: boolean;
  readonly workedOn: boolean;
}

/** Where a region is, and when it is next to be looked at. */
export interface PlacedRegion {
  readonly assessment: AssessmentId;
  readonly facts: RegionFacts;
  /** null: it is not there, or cannot be told from others like it. */
  readonly range: Stretch | null;
  /** null: it could not be found. */
  readonly fate: Pick<RegionFate, 'event' | 'retainedShare'> | null;
  /** Unix milliseconds; null: all is known of it. */
  readonly dueMs: number | null;
}

/** A document at a moment. */
export interface DocumentSight {
  /** Salted digests, as in the ledger. */
  readonly workspace: string;
  readonly document: string;
  readonly seenMs: number;
  /** What the editor knows of; the ledger's other regions of the document are looked for. */
  readonly regions: readonly SeenRegion[];
}

/** Nothing is known of a region that nobody followed since it arrived, as after the window was opened anew. */
const NOBODY_LOOKED = {
  isCheckedOut: false,
  isUndone: false,
  hadErrors: null,
  failedTest: false,
  workedOn: true,
} as const;

/**
 * Looks at all followed regions of a document, keeps the outcomes that are due in the ledger, and says where the regions are.
 * After a day, and some grace for windows that were closed, a region is followed no more.
 */
export function seeDocument(
  ledger: Ledger,
  text: HashedText,
  { workspace, document, seenMs, regions }: DocumentSight,
): readonly PlacedRegion[] {
  const seen = new Map(regions.map((region) => [region.assessment, region]));
  const followed = ledger.assessmentsSince(workspace, seenMs - 2 * FOLLOWED_MS, document);
  return followed.map(({ assessment, outcomes }): PlacedRegion => {
    const region = seen.get(assessment.id);
    const fate = fateIn(text, assessment, region?.range ?? null);
    const settled = outcomesDue({
      assessment: assessment.id,
      arrivedMs: assessment.atMs,
      seenMs,
      fate,
      ...(region ?? NOBODY_LOOKED),
      known: outcomes,
    });
    if (settled.length > 0) ledger.addOutcomes(settled);
    const range = fate?.place ? rangeOfLeaves(text.leaves, fate.place) : (region?.range ?? null);
    return {
      assessment: assessment.id,
      facts: factsOf(assessment),
      range,
      fate: fate && { event: fate.event, retainedShare: fate.retainedShare },
      dueMs: nextDueMs(assessment, seenMs),
    };
  });
}

/** What became of an assessment's region in a text, whose place is known or not. */
export function fateIn(
  text: HashedText,
  { leafHashes: hashes, outsideNames }: LedgerAssessment,
  range: Stretch | null,
): RegionFate | null {
  const hint = range === null ? null : leavesIn(text.leaves, range.start, range.end);
  return fateOfRegion({ hashes, outsideNames }, text, hint);
}

export function factsOf({ atMs, origin, tool, source, judgement, band }: LedgerAssessment): RegionFacts {
  return { atMs, origin, tool, source, judgement, band };
}

/** When the next clock of a region runs out; null: all have. */
export function nextDueMs({ atMs }: Pick<LedgerAssessment, 'atMs'>, nowMs: number): number | null {
  const ends = [...SURVIVAL_TARGETS, SOUND_TARGET].map((target) => atMs + (horizonMs(target) ?? 0));
  return ends.filter((endMs) => endMs > nowMs).sort((one, other) => one - other)[0] ?? null;
}
