import type { Band } from '../../core/words.ts';

/** A completion as it was judged: nothing here rests on a number where nobody has one. */
export interface JudgedCompletion {
  readonly band: Band;
  /** Its statements, in order, by their offsets in its text. */
  readonly statements: readonly JudgedStatement[];
}

export interface JudgedStatement {
  readonly start: number;
  readonly end: number;
  /** Chance of the good event, in [0, 1]; null where nothing is calibrated. */
  readonly p: number | null;
}

export interface DoubtSettings {
  /** Shows nothing of a completion in the band `doubt`. */
  readonly holdBackDoubtful: boolean;
  /** Cuts a completion before its first doubtful statement. */
  readonly cutDoubtful: boolean;
}

/**
 * A statement that is less likely right than this is doubtful. It is R-U-SURE's p (Johnson, Tarlow and Walder 2023, arXiv 2303.00732) and
 * says what a mistake costs: a wrong character outweighs p / (1 - p) right ones, here 7/3.
 */
export const LEAST_P = 0.7;

/**
 * How much of a completion is worth showing: up to its first doubtful statement, by R-U-SURE's rule.
 *
 * There a character may be shown as sure, which is worth 2P - 1 (it is kept, or deleted again), or as unsure, P - 0.3, for p = 0.7 and
 * q = 0.5: to show it as sure gains P - p. Here what is unsure is not shown. A model writes each statement on top of those before, so
 * nothing is kept behind a doubtful one. Of the beginnings that remain the one that gains most,
 *
 *     sum over its statements of length (P - p),
 *
 * is the longest, since each of its statements adds to the sum: the end of the last one before the first with P < p. Without chances
 * nothing is cut.
 *
 * @param length of the completion's text
 * @returns how many units to show, all or fewer; null: none, it is held back
 */
export function cutDoubtful(
  { band, statements }: JudgedCompletion,
  length: number,
  settings: DoubtSettings,
  leastP: number = LEAST_P,
): number | null {
  if (settings.holdBackDoubtful && band === 'doubt') return null;
  if (!settings.cutDoubtful) return length;
  const doubtful = statements.findIndex(({ p }) => p !== null && p < leastP);
  if (doubtful < 0) return length;
  return statements[doubtful - 1]?.end ?? null;
}
