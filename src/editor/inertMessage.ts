import { visible } from '../report/visible.ts';

/**
 * Words that are not Candor's own, in a notification: one line, and no link. The editor makes one of `[words](command:name)`
 * there, which runs the command; it reads nothing else.
 */
export function inertMessage(text: string): string {
  return visible(text).replaceAll('](', '] (');
}
