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
 * Carries stretches along with an edit. A stretch takes in what is typed inside it and at its edges, and shrinks by what is deleted of
 * it.
 *
 *     ab[cdef]gh      `X` typed before the f       ab[cdeXf]gh
 *     ab[cdef]gh      `b` to `d` replaced by `X`   aX[ef]gh
 *     ab[cdef]gh      `X` typed after the f        ab[cdefX]gh
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

/**
 * The same, but what is written at an edge of a stretch, or across it, is none of the stretch.
 *
 *     ab[cdef]gh      `X` typed after the f        ab[cdef]Xgh
 *     ab[cdef]gh      `f` and `g` replaced by `X`  ab[cde]Xh
 */
export function carryClosedStretches<S extends Stretch>(
  stretches: readonly S[],
  changes: readonly TextChange[],
): readonly S[] {
  return stretches.map((stretch) => {
    const start = carryOffset(stretch.start, changes, true);
    // A change up to the end or across it: the stretch ends where the change begins.
    const across = changes.find((change) => change.start < stretch.end && stretch.end <= change.end);
    const end = carryOffset(Math.max(stretch.start, across?.start ?? stretch.end), changes, false);
    return { ...stretch, start, end: Math.max(start, end) };
  });
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
