import { visible } from '../../report/visible.ts';
import { wordsOf } from './identifiers.ts';
import type { Doubt } from './stubRequest.ts';

/** A comment and a title have room for so much of the code. */
const MOST_UNITS = 60;
const MOST_TITLE_UNITS = 40;

/** Why there is a test, in one line of a comment; null where nothing is in doubt. */
export function doubtComment(doubt: Doubt | null): string | null {
  if (doubt === null) return null;
  const there = quoted(doubt.text);
  return doubt.expected === null
    ? `The engine was unsure of ${there} here: choose an input for which it matters.`
    : `The engine expected ${quoted(doubt.expected)} in place of ${there} here: choose an input on which the two differ.`;
}

/** What a test is of, in one line. */
export function doubtTitle(name: string, doubt: Doubt | null): string {
  if (doubt === null) return name;
  const there = inert(doubt.text, MOST_TITLE_UNITS);
  return doubt.expected === null
    ? `${name}: ${there}`
    : `${name}: ${there} or ${inert(doubt.expected, MOST_TITLE_UNITS)}`;
}

/** The same for a language in which the name of a test is a name: words that follow that of the function. */
export function doubtWords(doubt: Doubt | null): readonly string[] {
  if (doubt === null) return [];
  const [there, expected] = [wordsOf(doubt.text), wordsOf(doubt.expected ?? '')];
  return there.length > 0 && expected.length > 0 ? [...there, 'or', ...expected] : there;
}

function quoted(code: string): string {
  return `\`${inert(code, MOST_UNITS).replaceAll('`', "'")}\``;
}

/**
 * Code of the file or of the model that stays in its comment, on its line, in every language: a backslash joins lines in C and begins a
 * character in Java, in a comment too; `?>` ends one in PHP, and `??/` is a backslash in old C++.
 */
function inert(code: string, mostUnits: number): string {
  const line = visible(code.replaceAll(/\s+/g, ' ').trim())
    .replaceAll('\\', '/')
    .replaceAll('*/', '* /')
    .replaceAll('?>', '? >')
    .replaceAll('??/', '? ?/')
    // What marks a place in a stub is none of a stranger's.
    .replaceAll(/[\uE000-\uF8FF]/g, '\uFFFD');
  return line.length > mostUnits ? `${line.slice(0, mostUnits).replace(/[\uD800-\uDBFF]$/, '')}…` : line;
}

/** A text as a literal in quotes, for languages in which a backslash escapes the quote; no text of ours has a backslash. */
export function inQuotes(text: string, quote: '"' | "'"): string {
  return quote + text.replaceAll(quote, `\\${quote}`) + quote;
}
