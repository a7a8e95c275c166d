import { isDeepStrictEqual } from 'node:util';
import type { AssessmentId, Outcome } from '../../core/words.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { Stretch } from './carryStretches.ts';
import { COMMITTED_TARGET, FOLLOWED_MS } from './editorTargets.ts';
import type { HashedText } from './fateOfRegion.ts';
import { fateIn } from './seeDocument.ts';

/** A document when a commit was made. */
export interface CommittedDocument {
  readonly workspace: string;
  readonly document: string;
  readonly seenMs: number;
  /** As the commit has it. */
  readonly committed: HashedText;
  /** As it stands in the editor or on the disk. */
  readonly working: HashedText;
  /** Where edits have left regions in the working text, as far as the editor knows. */
  readonly ranges: ReadonlyMap<AssessmentId, Stretch>;
}

/** A region may wait long for its commit. */
const LONGEST_WAIT_MS = 14 * FOLLOWED_MS;

/**
 * Settles for each region of a document whether it was committed as it arrived. A region that the commit does not have, while
 * the working text still has it, was not committed yet: it waits for the next.
 */
export function seeCommit(ledger: Ledger, at: CommittedDocument): void {
  const { workspace, document, seenMs, committed, working, ranges } = at;
  const isSame = committed.leaves.text === working.leaves.text;
  for (const { assessment, outcomes } of ledger.assessmentsSince(workspace, seenMs - LONGEST_WAIT_MS, document)) {
    if (assessment.atMs > seenMs) continue;
    if (outcomes.some(({ target }) => isDeepStrictEqual(target, COMMITTED_TARGET))) continue;
    const range = ranges.get(assessment.id) ?? null;
    const now = fateIn(working, assessment, range);
    const then = isSame ? now : fateIn(committed, assessment, null);
    const isIn = then !== null && then.retainedShare > 0;
    // Deleted before it was ever committed, as far as anybody followed it.
    const isGone = now !== null && now.retainedShare === 0;
    if (!isIn && !isGone) continue;
    const happened = isIn && then.event !== 'changed';
    const outcome: Outcome = {
      assessment: assessment.id,
      target: COMMITTED_TARGET,
      happened,
      ...(!happened && { cause: 'edited' }),
      retainedShare: isIn ? then.retainedShare : 0,
      workedOn: true,
      atMs: seenMs,
    };
    ledger.addOutcomes([outcome]);
  }
}
