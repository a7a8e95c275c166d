import { LEAST_LOGPROB_NATS } from '../core/scoredRow.ts';
import type { ScoredText } from '../core/scoredText.ts';
import type { SpanTable } from '../core/spanTable.ts';
import type { TokenAlignment } from '../syntax/alignTokens.ts';
import { LeafSums } from '../syntax/leafSums.ts';

/** What an engine says of each leaf of a text, by its ordinal. */
export interface LeafReadings {
  /** Surprisal in nats of the tokens that are charged to leaves and spans. */
  readonly surprisals: LeafSums;
  /**
   * Whether these very tokens stood in a row before, in the workspace or above in the file; null: the engine does not know,
   * or no token is charged to the leaf.
   */
  readonly wasSeen: (ordinal: number) => boolean | null;
}

/**
 * Lays what an engine said of tokens on leaves. Log-probabilities are clamped as in the signals, so that one token that an
 * engine calls impossible does not hide all others.
 */
export function leafReadings(scored: ScoredText, { chargedLeaves }: TokenAlignment, spans: SpanTable): LeafReadings {
  const costs = scored.measures.logprobsNats.map((logprob) => -Math.max(logprob, LEAST_LOGPROB_NATS));
  const seen = seenLeaves(scored, chargedLeaves, spans.leaves.length);
  return {
    surprisals: new LeafSums(spans, chargedLeaves, costs),
    wasSeen: (ordinal) => seen?.[ordinal] ?? null,
  };
}

/**
 * The last of a leaf's k tokens was seen after the k-1 before it exactly if all of them stood in a row somewhere.
 *
 *     tokens      get  Parcel  Weight        k = 3
 *     contexts     4     1       2           2 >= k-1: "getParcelWeight" was seen, or a longer name that ends so
 */
function seenLeaves(
  { measures: { seenContexts } }: ScoredText,
  chargedLeaves: Int32Array,
  leafCount: number,
): readonly (boolean | null)[] | null {
  if (seenContexts === undefined) return null;
  const seen = new Array<boolean | null>(leafCount).fill(null);
  const counts = new Uint32Array(leafCount);
  for (const [token, leaf] of chargedLeaves.entries()) {
    if (leaf < 0) continue;
    const before = counts[leaf] ?? 0;
    counts[leaf] = before + 1;
    seen[leaf] = (seenContexts[token] ?? Number.NaN) >= before;
  }
  return seen;
}
