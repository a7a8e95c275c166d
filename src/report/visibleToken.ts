import { visible } from './visible.ts';

/** A token as it can be shown in one line: its white space is seen as what it is, and nothing in it acts. */
export function visibleToken(text: string): string {
  return visible(text.replaceAll('\n', '⏎').replaceAll('\r', '').replaceAll('\t', '⇥')).replaceAll(' ', '·');
}
