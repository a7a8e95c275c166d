import type { RegionPart } from '../../assess/partsOfRegions.ts';
import { signalsOfLeaves } from '../../assess/signalsOfLeaves.ts';
import { LEAST_LOGPROB_NATS } from '../../core/scoredRow.ts';
import type { ScoredText } from '../../core/scoredText.ts';
import type { SignalValues } from '../../core/words.ts';
import type { Engine } from '../../engines/engine.ts';
import type { CodeLeaves } from '../../syntax/codeLeaves.ts';
import { alignTokens } from '../../syntax/alignTokens.ts';
import { LeafSums } from '../../syntax/leafSums.ts';

/** What an engine says of a region. */
export interface RegionScore {
  readonly signals: SignalValues;
  /** By ordinal of a leaf among the leaves of the file: surprisal in nats of the tokens that are charged to it. */
  readonly surprisalNats: (ordinal: number) => number;
  /**
   * Whether these very tokens stood in a row before, in the workspace or above in the file, by the same ordinal; null: the
   * engine does not know, or no token is charged to the leaf.
   */
  readonly wasSeen: (ordinal: number) => boolean | null;
}

/** An engine that scores regions. */
export interface RegionScorer {
  readonly name: string;
  readonly engine: Engine;
  /** Alternatives of each token to ask for, and entropies and ranks with them; 0: log-probabilities alone, which costs less. */
  readonly topK: number;
}

/**
 * Lets an engine score regions of a text, by what it knows at this moment.
 *
 * @param parts in order of the text
 * @returns one score a part
 */
export async function scoreRegions(
  { engine, topK }: RegionScorer,
  path: string,
  { text, spans }: CodeLeaves,
  parts: readonly RegionPart[],
): Promise<readonly RegionScore[]> {
  const ranges = parts.map(({ start, end }) => ({ start, end }));
  const scored = await engine.score({ text, path, within: ranges, ...(topK > 0 && { detail: { topK, ranges } }) });
  const alignment = alignTokens(spans, text, scored.tokenEnds);
  const costs = scored.measures.logprobsNats.map((logprob) => -Math.max(logprob, LEAST_LOGPROB_NATS));
  const sums = new LeafSums(spans, alignment.chargedLeaves, costs);
  const surprisalNats = (ordinal: number): number => sums.ofLeaves(ordinal, ordinal + 1);
  const seen = seenLeaves(scored, alignment.chargedLeaves, spans.leaves.length);
  const wasSeen = (ordinal: number): boolean | null => seen?.[ordinal] ?? null;
  return parts.map((part) => ({ signals: signalsOfLeaves(scored, alignment, spans, part), surprisalNats, wasSeen }));
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
