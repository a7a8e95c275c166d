import { leafReadings } from '../../assess/leafReadings.ts';
import type { RegionPart } from '../../assess/partsOfRegions.ts';
import { signalsOfLeaves } from '../../assess/signalsOfLeaves.ts';
import type { SignalValues } from '../../core/words.ts';
import type { Engine } from '../../engines/engine.ts';
import type { CodeLeaves } from '../../syntax/codeLeaves.ts';
import { alignTokens } from '../../syntax/alignTokens.ts';

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
  const { surprisals, wasSeen } = leafReadings(scored, alignment, spans);
  const surprisalNats = (ordinal: number): number => surprisals.ofLeaves(ordinal, ordinal + 1);
  return parts.map((part) => ({ signals: signalsOfLeaves(scored, alignment, spans, part), surprisalNats, wasSeen }));
}
