import { ScoredText } from '../../core/scoredText.ts';
import type { Alternative, Source } from '../../core/words.ts';
import type { TextWindow } from './textWindows.ts';

/**
 * Joins the scores of a text's windows, each of which scored its context as well. Of the context nothing is kept, so what
 * is left of a token that began in it is unscored.
 */
export function joinWindows(
  text: string,
  source: Source,
  windows: readonly { readonly window: TextWindow; readonly scored: ScoredText }[],
): ScoredText {
  const tokenEnds: number[] = [];
  const logprobsNats: number[] = [];
  const alternatives = new Map<number, readonly Alternative[]>();
  for (const { window, scored } of windows) {
    for (let index = 0; index < scored.tokenCount; index++) {
      const end = window.contextStart + scored.tokenEnd(index);
      if (end <= window.start) continue;
      const isWhole = window.contextStart + scored.tokenStart(index) >= window.start;
      const ofToken = scored.alternatives.get(index);
      if (isWhole && ofToken !== undefined) alternatives.set(tokenEnds.length, ofToken);
      logprobsNats.push(isWhole ? (scored.measures.logprobsNats[index] ?? Number.NaN) : Number.NaN);
      tokenEnds.push(end);
    }
  }
  return ScoredText.of({
    text,
    source,
    tokenEnds: Uint32Array.from(tokenEnds),
    measures: { logprobsNats: Float64Array.from(logprobsNats) },
    alternatives,
  });
}
