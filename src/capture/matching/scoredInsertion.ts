import { firstThat } from '../../core/firstThat.ts';
import { pickMeasures } from '../../core/pickMeasures.ts';
import { ScoredText } from '../../core/scoredText.ts';
import type { Alternative } from '../../core/words.ts';
import type { Match } from './match.ts';

/**
 * The stretch of a text that a match claims, with the generator's own tokens. A token that lies in a piece with all its
 * characters is kept with everything that is known of it; what else there is, such as a token that was cut or changed
 * and white space that was indented anew, is unscored, a token for each stretch between two kept ones.
 *
 * @param text the text that was matched
 * @returns `text.slice(match.start, match.end)` with tokens that tile it; the Source is the generation's
 */
export function scoredInsertion(text: string, match: Match): ScoredText {
  const { scored } = match.generation;
  const tokenEnds: number[] = [];
  // For each token its index in the generation, or -1.
  const origins: number[] = [];
  const alternatives = new Map<number, readonly Alternative[]>();
  const take = (end: number, origin: number): void => {
    if (end <= (tokenEnds.at(-1) ?? 0)) return;
    const known = scored.alternatives.get(origin);
    if (known !== undefined) alternatives.set(tokenEnds.length, known);
    tokenEnds.push(end);
    origins.push(origin);
  };
  for (const { start, end, from } of match.pieces) {
    const shift = start - match.start - from;
    const fromEnd = from + end - start;
    for (let token = firstTokenFrom(scored, from); token < scored.tokenCount; token++) {
      const tokenEnd = scored.tokenEnd(token);
      if (tokenEnd > fromEnd) break;
      take(scored.tokenStart(token) + shift, -1);
      take(tokenEnd + shift, token);
    }
  }
  take(match.end - match.start, -1);
  return ScoredText.of({
    text: text.slice(match.start, match.end),
    source: scored.source,
    tokenEnds: Uint32Array.from(tokenEnds),
    measures: pickMeasures(scored.measures, origins),
    alternatives,
  });
}

/** Index of the first token that starts at an offset or after it. */
function firstTokenFrom(scored: ScoredText, offset: number): number {
  return firstThat(scored.tokenCount, (token) => scored.tokenStart(token) >= offset);
}
