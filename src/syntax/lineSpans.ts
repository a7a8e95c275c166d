import { NO_CATEGORY, SPAN_FLAGS, type SpanTable } from '../core/spanTable.ts';
import { SpanTableBuilder } from './spanTableBuilder.ts';
import { firstVisible, lastVisibleEnd } from './whiteSpace.ts';

const TEXT = 0;
const LINE = 1;

/** The spans of a text without a grammar: below the root, each line that is not blank is a leaf, without its layout. */
export function lineSpans(text: string): SpanTable {
  const builder = new SpanTableBuilder(16 + text.length / 32);
  const root = builder.open(0, text.length, 0, TEXT, NO_CATEGORY, SPAN_FLAGS.named);
  for (let lineStart = 0; lineStart < text.length; ) {
    const newline = text.indexOf('\n', lineStart);
    const lineEnd = newline === -1 ? text.length : newline;
    const start = firstVisible(text, lineStart, lineEnd);
    if (start < lineEnd) {
      const end = lastVisibleEnd(text, start, lineEnd);
      const line = builder.open(start, end, root, LINE, NO_CATEGORY, SPAN_FLAGS.named);
      builder.markLeaf(line);
      builder.close(line);
    }
    lineStart = lineEnd + 1;
  }
  builder.close(root);
  return builder.finish('lines', text.length, ['text', 'line']);
}
