import { commentSign, USUAL_SIGNS } from './commentSign.ts';
import type { LanguageId } from './languages.ts';

/** The words that say in a comment that somebody has looked: at a line and what begins there, or at a file. */
export const SUPPRESSION_WORDS = { line: 'candor-ignore', file: 'candor-ignore-file' } as const;

/** What a line of a comment says to Candor. */
export interface SuppressionWords {
  readonly scope: keyof typeof SUPPRESSION_WORDS;
  /** In one line, with a letter or a digit in it; empty where the comment says none. */
  readonly reason: string;
}

/** A word that no letter, digit or quotation mark adjoins, so that `candor-ignored` and mentions in quotes are none. */
const WORD = /(?<![\p{L}\p{N}_`'"])candor-ignore(-file)?(?![\p{L}\p{N}_-])(:?)/u;

/**
 * What a line of a comment says, its signs included; null if it says nothing to Candor. A word without a colon is a
 * mention, unless it is all that the line holds: then it lacks its reason.
 */
export function suppressionWordsIn(line: string): SuppressionWords | null {
  const found = WORD.exec(line);
  if (found === null) return null;
  const [word, file, colon] = found;
  const rest = line.slice(found.index + word.length);
  if (colon === '' && (isReason(line.slice(0, found.index)) || isReason(rest))) return null;
  return { scope: file === undefined ? 'line' : 'file', reason: isReason(rest) ? withoutCloser(rest) : '' };
}

/** Words without what closes a comment. */
function withoutCloser(words: string): string {
  const trimmed = words.trim();
  const closer = USUAL_SIGNS.find(([, one]) => one !== '' && trimmed.endsWith(one))?.[1] ?? '';
  const open = trimmed.slice(0, trimmed.length - closer.length);
  return (closer === '*/' ? open.replace(/(?<!\*)\*+$/, '') : open).trimEnd();
}

/** Whether words are a reason: they hold a letter or a digit of any script. */
export function isReason(words: string): boolean {
  return /[\p{L}\p{N}]/u.test(words);
}

/**
 * A line, without its ending, to put above the line that it silences, or for `file` above all code of a file.
 * `indentation` is the white space that begins the line below. Null where nobody knows the sign of a comment, and for a
 * reason that is none.
 */
export function suppressionComment(
  language: LanguageId | 'lines',
  indentation: string,
  reason: string,
  scope: keyof typeof SUPPRESSION_WORDS = 'line',
): string | null {
  const sign = commentSign(language);
  return sign === null || !isReason(reason)
    ? null
    : `${indentation}${sign} ${SUPPRESSION_WORDS[scope]}: ${inOneComment(reason)}`;
}

/**
 * A reason that stays in its comment, on its line. A backslash may join lines in C and begins a character in Java, in a
 * comment too; in PHP `?>` ends a comment.
 */
function inOneComment(reason: string): string {
  return reason
    .replaceAll(/[\s\p{Cc}\u2028\u2029]+/gu, ' ')
    .replaceAll('\\', '/')
    .replaceAll('?>', '? >')
    .trim();
}
