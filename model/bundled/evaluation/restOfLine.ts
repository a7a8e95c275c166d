import type { Tokenizer } from '../../../src/engines/tokenizer/tokenizer.ts';
import { chanceOf, shuffled } from '../chanceOf.ts';
import type { ClozeMaker } from './cloze.ts';
import { isCode } from './isCode.ts';

/** Shorter lines are brackets. Without white space. */
const LEAST_CHARACTERS = 8;

/** More does not fit into a small model's context, and all are to be shown the same. */
const PREFIX_CHARACTERS = 2_000;

/** The rest of a random line of code, cut at a random token boundary: at or behind its first character, before its last. */
export function restOfLine(tokenizer: Tokenizer): ClozeMaker {
  return (path, text, spans, seed) => {
    const lines = Array.from(text.matchAll(/[^\r\n]+/g), ({ 0: line, index }) => ({
      line: line.trim(),
      start: index + line.search(/\S/),
    }));
    const chosen = shuffled(lines, ({ start }) => `${seed} ${start}`).find(
      ({ line, start }) => line.replace(/\s+/g, '').length >= LEAST_CHARACTERS && isCode(spans, text, start),
    );
    if (chosen === undefined) return null;
    const end = chosen.start + chosen.line.length;
    const cuts = [...new Set(tokenizer.encode(text).ends)].filter((cut) => chosen.start <= cut && cut < end);
    const start = cuts[Math.floor(chanceOf(seed) * cuts.length)];
    if (start === undefined) return null;
    const prefix = text.slice(Math.max(0, start - PREFIX_CHARACTERS), start);
    return { path, start, prefix, truth: text.slice(start, end) };
  };
}
