import type { Assessment, RiskySpan } from '../../core/words.ts';

/** How early a mark wants to be read, among the marks of its file. */
export const LEVELS = ['first', 'next', 'later'] as const;

export type Level = (typeof LEVELS)[number];

/** A span that is shown to be read. Offsets follow the edits of the text; the span's own are those it was judged at. */
export interface Mark {
  readonly start: number;
  readonly end: number;
  readonly level: Level;
  readonly assessment: Assessment;
  readonly span: RiskySpan;
}
