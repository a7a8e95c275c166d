/**
 * Words of Candor's own as Markdown, in which a name may occur that somebody else gave. Nothing in it is markup. A mention or a number
 * of an issue is found after Markdown was read, so a backslash would not keep it from being one; an empty comment does.
 */
export function plainWords(words: string): string {
  return words.replaceAll(/[\\`*_[\]<>|~&]/g, '\\$&').replaceAll(/[@#]/g, '$&<!-- -->');
}
