import type { Tokenizer } from '../../../src/engines/tokenizer/tokenizer.ts';
import { shuffled } from '../chanceOf.ts';
import { statementHoles, type Hole } from '../statementHoles.ts';
import type { ClozeMaker } from './cloze.ts';
import { isCode } from './isCode.ts';

/** Longer statements are not asked for. */
const MOST_TOKENS = 40;

/** What is shown of the text around: with the statement and what goes on from it, it fits into a context of 256 tokens. */
export const SHOWN_TOKENS = { prefix: 120, suffix: 60 } as const;

/** A random statement, no comment, between what stands before and after it. */
export function filledStatement(tokenizer: Tokenizer): ClozeMaker {
  const isShort = (text: string, { start, end }: Hole): boolean =>
    tokenizer.encode(text.slice(start, end)).ids.length <= MOST_TOKENS;
  return (path, text, spans, seed) => {
    const holes = shuffled(statementHoles(spans, text), ({ start, end }) => `${seed} ${start} ${end}`);
    const hole = holes.find((one) => isShort(text, one) && isCode(spans, text, one.start));
    if (hole === undefined) return null;
    return {
      path,
      start: hole.start,
      prefix: lastTokens(text.slice(0, hole.start), SHOWN_TOKENS.prefix),
      suffix: firstTokens(text.slice(hole.end), SHOWN_TOKENS.suffix),
      truth: text.slice(hole.start, hole.end),
    };
  };

  function lastTokens(text: string, count: number): string {
    return text.slice(tokenizer.encode(text).ends.at(-count - 1) ?? 0);
  }

  function firstTokens(text: string, count: number): string {
    return text.slice(0, tokenizer.encode(text).ends[count - 1]);
  }
}
