import type { Assessment } from '../../core/words.ts';
import type { JoinedText, Subject } from '../subject.ts';
import type { JudgedRegion } from './judgedRegion.ts';

/** The regions of a joined text by the URI of the document that each lies in, with offsets there; one across two is left out. */
export function regionsByDocument(
  { documents }: Subject,
  { starts, text }: JoinedText,
  assessments: readonly Assessment[],
): Map<string, readonly JudgedRegion[]> {
  return new Map(
    documents.map((document, index) => {
      const from = starts[index] ?? 0;
      const to = starts[index + 1] ?? text.length;
      const own = assessments
        .filter(({ region }) => from <= region.start && region.end <= to)
        .map((assessment): JudgedRegion => ({
          start: assessment.region.start - from,
          end: assessment.region.end - from,
          assessment,
        }));
      return [document.uri.toString(), own];
    }),
  );
}
