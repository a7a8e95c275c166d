import type { Calibration } from '../../core/risk/calibration.ts';
import { noDriftEvidence, observeCommit, type DriftEvidence } from '../../core/risk/driftEvidence.ts';
import { judgeRegion } from '../../core/risk/judgeRegion.ts';
import type { NamedOutcome } from '../../core/risk/predictInOrder.ts';

/** A commit of which nothing new came for so long is complete. */
const COMPLETE_AFTER_MS = 2 * 86_400_000;

/**
 * What the outcomes that a calibration has not seen say of it, commit by commit. A commit counts when all of its outcomes can be
 * known: whether it counts must not depend on how it ended.
 */
export function driftSince(
  { model, origin }: Calibration,
  outcomes: readonly NamedOutcome[],
  nowMs: number,
): DriftEvidence {
  const commits = Map.groupBy(outcomes, ({ commit }) => commit);
  const unseen = Array.from(commits.values())
    .filter((regions) => regions.every(({ atMs }) => atMs > origin.madeAtMs && atMs < nowMs - COMPLETE_AFTER_MS))
    .sort(([one], [other]) => (one?.atMs ?? 0) - (other?.atMs ?? 0));
  return unseen.reduce((evidence, regions) => {
    const predictions = regions.flatMap(({ region, touched }) => {
      const judged = judgeRegion(model, model.key, region);
      return judged === null ? [] : [{ p: 1 - judged.risk, good: !touched }];
    });
    return observeCommit(evidence, predictions);
  }, noDriftEvidence);
}
