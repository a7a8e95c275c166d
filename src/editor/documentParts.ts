import type * as vscode from 'vscode';
import type { Origin } from '../core/words.ts';
import type { Stretch } from '../capture/following/carryStretches.ts';
import type { JoinedText, Subject } from './subject.ts';

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
