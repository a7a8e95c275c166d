import type { LanguageId } from '../../syntax/languages.ts';

const NUMBER_SIGN: ReadonlySet<string> = new Set<LanguageId>(['python', 'ruby', 'bash']);

/** What begins a comment up to the end of its line; null for a text without a grammar, of which nobody knows. */
export function commentSign(language: LanguageId | 'lines'): string | null {
  if (language === 'lines') return null;
  return NUMBER_SIGN.has(language) ? '#' : '//';
}
