import type * as vscode from 'vscode';
import type { Origin } from '../core/words.ts';
import type { TextChange } from './marks/carryMarks.ts';
import type { JoinedText, Subject } from './subject.ts';

/** A stretch of a text, by offsets. */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** Parts of documents to judge, as offsets in them. */
export interface DocumentParts {
  readonly origin: Origin;
  readonly ranges: readonly (Stretch & { readonly document: vscode.TextDocument })[];
}

export function rangesInJoined(subject: Subject, joined: JoinedText, parts: DocumentParts): readonly Stretch[] {
  return parts.ranges.map(({ document, start, end }) => {
    const from = joined.starts[subject.documents.indexOf(document)] ?? 0;
    return { start: from + start, end: from + end };
  });
}

export function rangesByDocument({ ranges }: DocumentParts): Map<string, readonly Stretch[]> {
  return Map.groupBy(ranges, ({ document }) => document.uri.toString());
}

/** The parts that the documents of a subject still have. */
export function partsOfRanges(
  { documents }: Subject,
  origin: Origin,
  ranges: ReadonlyMap<string, readonly Stretch[]>,
): DocumentParts {
  const living = documents.flatMap((document) =>
    (ranges.get(document.uri.toString()) ?? []).map(({ start, end }) => ({ document, start, end })),
  );
  return { origin, ranges: living };
}

/**
 * Carries parts along with an edit. A part takes in what is typed inside it and at its end, and shrinks by what is deleted of
 * it.
 *
 *     ab[cdef]gh      `X` typed before the f      ab[cdeXf]gh
 *     ab[cdef]gh      `b` to `d` replaced by `X`   aX[ef]gh
 */
export function carryParts(parts: readonly Stretch[], changes: readonly TextChange[]): readonly Stretch[] {
  return parts.map(({ start, end }) => ({
    start: carryOffset(start, changes, false),
    end: carryOffset(end, changes, true),
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
