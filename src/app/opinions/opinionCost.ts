import { continuationCount } from '../../core/opinions/continuationCount.ts';
import type { Engine, TextRange } from '../../engines/engine.ts';
import { mostTokensFor } from './writeAgain.ts';
import type { OpinionPlace } from './placeAround.ts';

/** What a second opinion would cost, to be said before it is asked for. */
export interface OpinionCost {
  /** Name of the engine, as in its Source. */
  readonly engine: string;
  readonly place: OpinionPlace;
  /** Samples, by how unsure the engine is in the stretch; of an engine that is not asked for that beforehand, the middle. */
  readonly count: number;
  /** The highest entropy there; null where nobody asked. */
  readonly entropyNats: number | null;
  /** Tokens of one sample at most. */
  readonly mostTokens: number;
  /** UTF-16 units that the engine is shown with each at most. */
  readonly mostUnits: number;
  /** Whether it is asked what it thinks of the code, too: so many calls more. */
  readonly questions: number;
}

/** A second opinion is asked for at a desk: fewer samples say little, and more take long. */
export const SAMPLE_COUNTS = { fewest: 5, middle: 8, most: 20 } as const;

/** The limits of Cautious Next Token Prediction, arXiv 2507.03038. */
const ENTROPIES = { lowEntropyNats: 1, highEntropyNats: 3 } as const;

/** @param stretch what is in doubt */
export async function opinionCost(
  engine: Pick<Engine, 'name' | 'score' | 'capabilities'>,
  { text, path }: { readonly text: string; readonly path: string },
  { place, stretch }: { readonly place: OpinionPlace; readonly stretch: TextRange },
  {
    mostUnits,
    questions,
    isPaid,
  }: { readonly mostUnits: number; readonly questions: number; readonly isPaid: boolean },
  abortSignal: AbortSignal,
): Promise<OpinionCost> {
  const ranges = [{ start: stretch.start, end: Math.max(stretch.end, stretch.start + 1) }];
  const entropyNats =
    isPaid || engine.capabilities.score !== 'prefill'
      ? null
      : highestOf(
          (await engine.score({ text, path, within: ranges, detail: { topK: 0, ranges }, abortSignal })).measures
            .entropiesNats ?? [],
        );
  const { fewest, middle, most } = SAMPLE_COUNTS;
  const count = entropyNats === null ? middle : continuationCount(entropyNats, { fewest, most, ...ENTROPIES });
  return { engine: engine.name, place, count, entropyNats, mostTokens: mostTokensFor(place), mostUnits, questions };
}

/** Null where none is known. */
function highestOf(values: Iterable<number>): number | null {
  const known = Array.from(values).filter((value) => !Number.isNaN(value));
  return known.length === 0 ? null : Math.max(...known);
}
