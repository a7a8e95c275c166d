import type { RecordedGeneration } from '../recordedGeneration.ts';

/**
 * How surely a text is what was recorded.
 *
 * `certain`: enough of it, and nothing else that was recorded explains it as well. `weak`: too short, too common or too
 * little covered to be sure. `ambiguous`: a generation of another text explains it as well; the newest is
 * named.
 */
export type Certainty = 'certain' | 'weak' | 'ambiguous';

/** A stretch of a text, `[start, end)`, that equals the generation's text from `from` on, UTF-16 unit by unit. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  readonly from: number;
}

/** A stretch of a text that a recorded generation explains. Offsets are UTF-16 units. */
export interface Match {
  readonly generation: RecordedGeneration;
  /** At least one; rising, and not overlapping, in the text and in the generation. */
  readonly pieces: readonly Piece[];
  /** Where the first piece starts. */
  readonly start: number;
  /** Where the last piece ends. */
  readonly end: number;
  /** Share of the visible characters of `[start, end)` that are in pieces, in (0, 1]. */
  readonly coverage: number;
  readonly certainty: Certainty;
}
