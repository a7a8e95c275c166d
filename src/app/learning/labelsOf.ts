import type { RegionLabel } from '../../audit/report.ts';
import type { LearnedFrom } from '../../ledger/ledger.ts';
import { VERDICT_CAUSE } from '../capture/decision.ts';

/**
 * What people said of regions, as reports tell it. Of the same region the last word counts; what is in none of the documents, and what
 * only a test said, is left out.
 *
 * @param outcomes in the order in which they were known
 * @param pathOf by the digest of a document, as the ledger has it
 */
export function labelsOf(
  outcomes: readonly LearnedFrom[],
  pathOf: ReadonlyMap<string, string>,
): readonly RegionLabel[] {
  const labels = new Map<string, RegionLabel>();
  for (const { assessment, outcome } of outcomes) {
    const path = pathOf.get(assessment.document);
    if (outcome.cause !== VERDICT_CAUSE || path === undefined) continue;
    const { region } = assessment;
    labels.set(JSON.stringify([path, region]), { path, region, isFine: outcome.happened });
  }
  return [...labels.values()];
}
