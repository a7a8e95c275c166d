import { pickMeasures } from '../../core/pickMeasures.ts';
import { ScoredText } from '../../core/scoredText.ts';
import type { Alternative } from '../../core/words.ts';

/**
 * A stretch of a scored text. A token that lies in it with all its characters keeps what is known of it; a piece of one that was cut is
 * a token that nobody scored.
 *
 * @param start of the stretch, an offset in UTF-16 units; `end` after it. Both are taken into the text
 */
export function sliceScored(scored: ScoredText, start: number, end: number): ScoredText {
  const from = Math.min(Math.max(0, start), scored.text.length);
  const to = Math.min(Math.max(from, end), scored.text.length);
  const tokenEnds: number[] = [];
  // Of each token its index in the whole, or -1 for a piece.
  const origins: number[] = [];
  const alternatives = new Map<number, readonly Alternative[]>();
  for (let token = 0; token < scored.tokenCount; token++) {
    const [tokenStart, tokenEnd] = [scored.tokenStart(token), scored.tokenEnd(token)];
    if (tokenEnd <= from || tokenStart >= to || from === to) continue;
    const isWhole = tokenStart >= from && tokenEnd <= to;
    const known = isWhole ? scored.alternatives.get(token) : undefined;
    if (known !== undefined) alternatives.set(tokenEnds.length, known);
    origins.push(isWhole ? token : -1);
    tokenEnds.push(Math.min(tokenEnd, to) - from);
  }
  return ScoredText.of({
    text: scored.text.slice(from, to),
    source: scored.source,
    tokenEnds: Uint32Array.from(tokenEnds),
    measures: pickMeasures(scored.measures, origins),
    alternatives,
  });
}
