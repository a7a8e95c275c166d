import { skipReasonOfText, type SkipReason } from '../../audit/readSource.ts';
import { lineIndexOf, positionAt } from '../../core/lineIndex.ts';
import type { TextRange } from '../../engines/engine.ts';
import type { Parts } from './auditor.ts';

/** A stretch of a text that is judged by itself. */
export interface TextPiece {
  readonly text: string;
  /** Where it begins in the text. */
  readonly offset: number;
  /** The parts of it to judge, with offsets in the piece. Absent: all of it. */
  readonly within?: Parts;
}

/**
 * What to judge of a text: all of it at once or, where it is too long and only parts of it are asked for, the lines that
 * the parts lie on.
 *
 *     text     ....|....(..|.).....|......|...(.)|...
 *     pieces        [             ]        [     ]
 *
 * @returns why there is nothing to judge, where there is nothing
 */
export function piecesToJudge(text: string, within?: Parts): readonly TextPiece[] | SkipReason {
  const reason = skipReasonOfText(text);
  if (reason === null) return [{ text, offset: 0, ...(within && { within }) }];
  if (reason !== 'over 1 MB' || within === undefined) return reason;
  const pieces = linesOfRanges(text, within.ranges).map((lines): TextPiece => {
    const ranges = within.ranges
      .filter((range) => lines.start <= range.start && range.start < lines.end)
      .map(({ start, end }) => ({ start: start - lines.start, end: end - lines.start }));
    return {
      text: text.slice(lines.start, lines.end),
      offset: lines.start,
      within: { origin: within.origin, ranges },
    };
  });
  const reasons = pieces.map((piece) => skipReasonOfText(piece.text));
  const judged = pieces.filter((_, index) => reasons[index] === null);
  return judged.length > 0 ? judged : (reasons[0] ?? reason);
}

/** The whole lines that ranges lie on, in order; neighbouring lines are one stretch. */
export function linesOfRanges(text: string, ranges: readonly TextRange[]): readonly TextRange[] {
  const lines = lineIndexOf(text);
  const stretches: TextRange[] = [];
  for (const range of ranges.toSorted((a, b) => a.start - b.start)) {
    const first = positionAt(lines, range.start).line;
    // A range that ends where a line begins has nothing of that line.
    const last = positionAt(lines, Math.max(range.start, range.end - 1)).line;
    const start = lines.lineStarts[first] ?? 0;
    const end = lines.lineStarts[last + 1] ?? text.length;
    const before = stretches.at(-1);
    if (before !== undefined && start <= before.end) {
      stretches[stretches.length - 1] = { start: before.start, end: Math.max(before.end, end) };
    } else stretches.push({ start, end });
  }
  return stretches;
}
