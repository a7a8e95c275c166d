/**
 * Text as it can be shown in one line of a terminal: a tab is one space, and control, bidirectional and other invisible
 * characters, with which source can pretend to be what it is not (Trojan Source, CVE-2021-42574), become U+FFFD.
 */
export function visible(text: string): string {
  return text.replaceAll('\t', ' ').replaceAll(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, '\uFFFD');
}
