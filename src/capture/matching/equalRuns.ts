import type { Anchor } from './fingerprintTable.ts';
import { SHINGLE_LEXEMES } from './fingerprints.ts';
import type { Lexemes } from './lexemes.ts';

/** `length` lexemes that two texts share, in a row: from index `at` on in the one, from `from` on in the other. */
export interface Run {
  readonly at: number;
  readonly from: number;
  readonly length: number;
}

/** Bounds the work on texts that repeat themselves. */
const MOST_RUNS = 256;

/** Grows shared fingerprints to runs that cannot be longer, and drops those that turn out to be none. */
export function equalRuns(text: Lexemes, recorded: Lexemes, anchors: readonly Anchor[]): readonly Run[] {
  const runs: Run[] = [];
  const reached = new Map<number, number>();
  for (const { at, from } of anchors) {
    if (runs.length >= MOST_RUNS) break;
    const diagonal = from - at;
    const floor = reached.get(diagonal) ?? 0;
    if (at < floor) continue;
    let before = 0;
    while (at - before > floor && from > before && areEqual(text, recorded, at - before - 1, from - before - 1))
      before++;
    let after = 0;
    while (at + after < text.count && from + after < recorded.count) {
      if (!areEqual(text, recorded, at + after, from + after)) break;
      after++;
    }
    if (after < SHINGLE_LEXEMES) continue;
    reached.set(diagonal, at + after);
    runs.push({ at: at - before, from: from - before, length: before + after });
  }
  return runs;
}

export function areEqual(text: Lexemes, recorded: Lexemes, at: number, from: number): boolean {
  return text.hashes[at] === recorded.hashes[from];
}
