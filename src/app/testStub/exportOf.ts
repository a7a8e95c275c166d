import { escapePattern } from './escapePattern.ts';
import type { TestedFunction } from './testedFunction.ts';

/**
 * How a module of JavaScript or TypeScript gives a name away, in what it says anywhere: `export { name }`, `module.exports = { name }`.
 * A name that is given away under another one counts as hidden.
 */
export function exportOf(text: string, name: string): TestedFunction['exported'] {
  const word = `(?<![\\w$])${escapePattern(name)}(?![\\w$])`;
  const says = (pattern: string): boolean => new RegExp(pattern, 'm').test(text);
  if (says(`^\\s*export\\s+default\\s+${word}\\s*;?\\s*$`)) return 'default';
  if (says(`^\\s*export\\s*\\{[^}]*${word}\\s+as\\s+default\\b`)) return 'default';
  if (says(`^\\s*export\\s*\\{[^}]*${word}\\s*[,}]`)) return 'named';
  if (says(`^\\s*(?:module\\.)?exports\\.${escapePattern(name)}\\s*=`)) return 'named';
  if (says(`^\\s*module\\.exports\\s*=\\s*${word}\\s*;?\\s*$`)) return 'default';
  if (says(`^\\s*module\\.exports\\s*=\\s*\\{[^}]*${word}\\s*[,:}(]`)) return 'named';
  return 'hidden';
}
