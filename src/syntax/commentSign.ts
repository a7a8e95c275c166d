import type { LanguageId } from './languages.ts';

const NUMBER_SIGN: ReadonlySet<string> = new Set<LanguageId>(['python', 'ruby', 'bash']);

/**
 * What begins a comment up to the end of its line; null for a text without a grammar, of which nobody knows. Every
 * language with a grammar has such a sign, so that nobody needs one that must be closed.
 */
export function commentSign(language: LanguageId | 'lines'): string | null {
  if (language === 'lines') return null;
  return NUMBER_SIGN.has(language) ? '#' : '//';
}

/**
 * What begins a comment in most languages, and what closes it before the end of its line, empty where nothing does: for
 * a text without a grammar, where nobody knows which of them holds.
 */
export const USUAL_SIGNS = [
  ['//', ''],
  ['#', ''],
  ['--', ''],
  [';', ''],
  ['%', ''],
  ['/*', '*/'],
  ['<!--', '-->'],
  ['(*', '*)'],
  ['{-', '-}'],
] as const;
