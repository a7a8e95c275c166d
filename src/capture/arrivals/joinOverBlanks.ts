import type { Stretch } from '../following/carryStretches.ts';

/**
 * Joins stretches between which there is nothing to see: words of a suggestion that was taken word by word, with the blanks
 * between them, arrived as one.
 *
 * @param stretches in order, not overlapping
 */
export function joinOverBlanks(text: string, stretches: readonly Stretch[]): readonly Stretch[] {
  const joined: Stretch[] = [];
  for (const { start, end } of stretches) {
    const last = joined.at(-1);
    if (last !== undefined && text.slice(last.end, start).trim() === '') {
      joined[joined.length - 1] = { start: last.start, end };
    } else joined.push({ start, end });
  }
  return joined;
}
