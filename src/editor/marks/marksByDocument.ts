import type { JudgedText } from '../../app/auditor/auditor.ts';
import { lineIndexOf, positionAt } from '../../core/lineIndex.ts';
import type { JoinedText, Subject } from '../subject.ts';
import { chooseMarks } from './chooseMarks.ts';
import type { Mark } from './mark.ts';

/** The marks of a joined text by the URI of the document that each lies in, with offsets there; one across two is left out. */
export function marksByDocument(
  { documents }: Subject,
  { starts, text }: JoinedText,
  { assessments, source }: JudgedText,
): Map<string, readonly Mark[]> {
  const lines = lineIndexOf(text);
  const lineOf = (offset: number): number => positionAt(lines, offset).line;
  const judgedLines = assessments.reduce((sum, { region }) => sum + lineOf(region.end) - lineOf(region.start) + 1, 0);
  const marks = chooseMarks(assessments, judgedLines, source.engine);
  return new Map(
    documents.map((document, index) => {
      const from = starts[index] ?? 0;
      const to = starts[index + 1] ?? text.length;
      const own = marks
        .filter(({ start, end }) => from <= start && end <= to)
        .map((mark): Mark => ({ ...mark, start: mark.start - from, end: mark.end - from }));
      return [document.uri.toString(), own];
    }),
  );
}
