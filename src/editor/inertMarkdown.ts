import { visible } from '../report/visible.ts';

/**
 * A fenced block in which nothing is Markdown, whatever the text says: the fence is longer than any run of backticks in
 * it. Every line is made visible, so that neither control nor bidirectional characters act.
 *
 * @param language names the colours, as the editor knows it
 */
export function codeBlock(text: string, language = 'plaintext'): string {
  const longestRun = Math.max(0, ...Array.from(text.matchAll(/`+/g), ([run]) => run.length));
  const fence = '`'.repeat(Math.max(3, longestRun + 1));
  const lines = text.split(/\r\n|\r|\n/).map(visible);
  return [`${fence}${/^[\w-]+$/.test(language) ? language : 'plaintext'}`, ...lines, fence].join('\n');
}

/** Words that are not Candor's own, in the middle of a sentence: no character of them is Markdown, HTML or an icon. */
export function inertText(text: string): string {
  return Array.from(visible(text), (character) => {
    return /[\p{L}\p{N} ]/u.test(character) ? character : `&#${character.codePointAt(0) ?? 0xfffd};`;
  }).join('');
}
