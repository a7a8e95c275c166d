/** A stretch of a text, in UTF-16 units. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** A replacement in a text, as editors tell it: all of one event speak of the text before the event. */
export interface TextChange {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/**
 * Carries stretches along with an edit. A stretch takes in what is typed inside it and at its end, and shrinks by what is deleted of
 * it.
 *
 *     ab[cdef]gh      `X` typed before the f      ab[cdeXf]gh
 *     ab[cdef]gh      `b` to `d` replaced by `X`   aX[ef]gh
 */
export function carryStretches<S extends Stretch>(
  stretches: readonly S[],
  changes: readonly TextChange[],
): readonly S[] {
  return stretches.map((stretch) => ({
    ...stretch,
    start: carryOffset(stretch.start, changes, false),
    end: carryOffset(stretch.end, changes, true),
  }));
}

function carryOffset(offset: number, changes: readonly TextChange[], isEnd: boolean): number {
  let shift = 0;
  for (const { start, end, text } of changes) {
    const isBefore = end < offset || (end === offset && (isEnd || start < end));
    if (isBefore) shift += text.length - (end - start);
    // A change across the edge: what it wrote belongs to what stands before it.
    else if (start < offset) shift += start + text.length - offset;
  }
  return offset + shift;
}
