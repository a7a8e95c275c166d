import { isJudged, type FileReport, type JudgedFile } from '../audit/report.ts';
import { positionAt } from '../core/lineIndex.ts';
import { quietPlaces } from '../core/quietPlaces.ts';

/** A comment that keeps something quiet in a report. */
export interface SilencingComment {
  readonly path: string;
  /** From 0. */
  readonly line: number;
  /** Text of the file. */
  readonly reason: string;
  /** Places that it keeps quiet, at least 1. */
  readonly places: number;
}

/** The comments that keep something quiet, in order of the files. One that silences nothing that would be named is none of them. */
export function silencingComments(files: Iterable<FileReport>): readonly SilencingComment[] {
  const found: SilencingComment[] = [];
  for (const file of files) if (isJudged(file)) found.push(...commentsOf(file));
  return found;
}

/** In the order in which they first keep something quiet. */
function commentsOf({ path, lines, assessments }: JudgedFile): readonly SilencingComment[] {
  const silences = assessments.flatMap((assessment) => quietPlaces(assessment).map(({ silence }) => silence));
  const byComment = Map.groupBy(silences, ({ start }) => start);
  return Array.from(byComment, ([start, same]) => ({
    path,
    line: positionAt(lines, start).line,
    reason: same[0]?.reason ?? '',
    places: same.length,
  }));
}
