import type { ScoredText } from '../core/scoredText.ts';
import { evaluateSignals } from '../core/signals/evaluateSignals.ts';
import { viewOf } from '../core/signals/tokenView.ts';
import type { SpanTable } from '../core/spanTable.ts';
import type { SignalValues } from '../core/words.ts';
import type { TokenAlignment } from '../syntax/alignTokens.ts';
import type { LeafRange } from './riskiestSpans.ts';

/** Signals of the tokens that are charged to these leaves: comments and layout are masked. */
export function signalsOfLeaves(
  scored: ScoredText,
  alignment: TokenAlignment,
  spans: SpanTable,
  leaves: LeafRange,
): SignalValues {
  if (leaves.firstLeaf >= leaves.endLeaf) return {};
  const first = alignment.firstTokens[spans.leaves[leaves.firstLeaf] ?? 0] ?? 0;
  const end = alignment.endTokens[spans.leaves[leaves.endLeaf - 1] ?? 0] ?? 0;
  const tokens: number[] = [];
  for (let token = first; token < end; token++) {
    const leaf = alignment.chargedLeaves[token] ?? -1;
    if (leaf >= leaves.firstLeaf && leaf < leaves.endLeaf) tokens.push(token);
  }
  return evaluateSignals(viewOf(scored, tokens));
}
