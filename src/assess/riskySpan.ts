import type { ScoredText } from '../core/scoredText.ts';
import { NO_CATEGORY, type SpanTable } from '../core/spanTable.ts';
import { CATEGORIES, type Alternative, type RiskySpan } from '../core/words.ts';
import type { TokenAlignment } from '../syntax/alignTokens.ts';
import { typesToSpan } from '../syntax/typesToSpan.ts';
import type { SpanChoice } from './riskiestSpans.ts';
import { signalsOfLeaves } from './signalsOfLeaves.ts';

/** A chosen span in the words that everybody speaks. */
export function riskySpan(
  laid: {
    readonly text: string;
    readonly spans: SpanTable;
    readonly scored: ScoredText;
    readonly alignment: TokenAlignment;
  },
  choice: SpanChoice,
  alternatives: readonly Alternative[] = [],
): RiskySpan {
  const { text, spans, scored, alignment } = laid;
  const { span, share } = choice;
  const nameSpan = spans.nameSpans[span] ?? -1;
  const category = spans.categories[span] ?? NO_CATEGORY;
  return {
    start: spans.starts[span] ?? 0,
    end: spans.ends[span] ?? 0,
    type: spans.typeNames[spans.types[span] ?? 0] ?? '',
    category: category === NO_CATEGORY ? null : (CATEGORIES[category] ?? null),
    path: typesToSpan(spans, span).slice(0, -1),
    ...(nameSpan >= 0 && { name: text.slice(spans.starts[nameSpan], spans.ends[nameSpan]) }),
    share,
    signals: signalsOfLeaves(scored, alignment, spans, {
      firstLeaf: spans.leafStarts[span] ?? 0,
      endLeaf: spans.leafEnds[span] ?? 0,
    }),
    alternatives,
  };
}
