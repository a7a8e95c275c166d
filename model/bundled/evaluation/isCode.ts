import type { SpanTable } from '../../../src/core/spanTable.ts';

/** How a comment begins in the languages without a grammar. */
const COMMENT = /^(?:\/\/|\/\*|\*|#|--)/;

/** Whether what begins at an offset is no comment: every visible character outside of comments is in a leaf. */
export function isCode({ language, leaves, starts, ends }: SpanTable, text: string, at: number): boolean {
  if (language === 'lines') return !COMMENT.test(text.slice(at, at + 2));
  return leaves.some((leaf) => (starts[leaf] ?? 0) <= at && at < (ends[leaf] ?? 0));
}
