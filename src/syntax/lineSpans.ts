import { lineIndexOf } from '../core/lineIndex.ts';
import { NO_CATEGORY, SPAN_FLAGS, type SpanTable } from '../core/spanTable.ts';
import { SpanTableBuilder } from './spanTableBuilder.ts';
import { firstVisible, lastVisibleEnd } from './whiteSpace.ts';

const TEXT = 0;
const LINE = 1;

/** The spans of a text without a grammar: below the root, each line that is not blank is a leaf, without its layout. */
export function lineSpans(text: string): SpanTable {
  const builder = new SpanTableBuilder(16 + text.length / 32);
  const root = builder.open(0, text.length, 0, TEXT, NO_CATEGORY, SPAN_FLAGS.named);
  const { lineStarts } = lineIndexOf(text);
  for (let index = 0; index < lineStarts.length; index++) {
    const lineStart = lineStarts[index] ?? 0;
    const lineEnd = lineStarts[index + 1] ?? text.length;
    const start = firstVisible(text, lineStart, lineEnd);
    if (start < lineEnd) {
      const end = lastVisibleEnd(text, start, lineEnd);
      const line = builder.open(start, end, root, LINE, NO_CATEGORY, SPAN_FLAGS.named);
      builder.markLeaf(line);
      builder.close(line);
    }
  }
  builder.close(root);
  return builder.finish('lines', text.length, ['text', 'line']);
}
