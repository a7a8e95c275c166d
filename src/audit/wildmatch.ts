/** Classes of characters as a bracket names them: `[[:digit:]]`. ASCII, as git has them. */
const CLASSES: Readonly<Record<string, string>> = {
  alnum: '0-9A-Za-z',
  alpha: 'A-Za-z',
  blank: ' \\t',
  digit: '0-9',
  lower: 'a-z',
  space: '\\s',
  upper: 'A-Z',
  xdigit: '0-9A-Fa-f',
};

/**
 * A pattern of git for whole paths, as a regular expression: `*` and `?` match no `/`, `**` between slashes any number of folders.
 *
 *     a/*.ts      a/x.ts, not a/b/x.ts
 *     a/**&#47;x   a/x, a/b/x, a/b/c/x
 *     a/**        all that lies in a
 *
 * @returns null for a pattern that matches nothing, as one with an open bracket
 */
export function wildmatch(pattern: string, ignoresCase: boolean): RegExp | null {
  const firstWildcard = pattern.search(/[*?[\\]/);
  let source = '';
  for (let at = 0; at < pattern.length;) {
    const rest = pattern.slice(at);
    const folders = /^\*\*+/.exec(rest)?.[0];
    // Git compares what stands before the first wildcard on its own, and what is left begins anew.
    const isAtStart = at === 0 || pattern[at - 1] === '/' || at === firstWildcard;
    if (folders !== undefined && isAtStart && rest[folders.length] === '/') {
      source += '(?:.*/)?';
      at += folders.length + 1;
    } else if (folders !== undefined && isAtStart && rest.length === folders.length) {
      source += '.*';
      at = pattern.length;
    } else if (rest.startsWith('*')) {
      source += '[^/]*';
      at += folders?.length ?? 1;
    } else if (rest.startsWith('?')) {
      source += '[^/]';
      at += 1;
    } else if (rest.startsWith('[')) {
      const bracket = /^\[([!^]?)(\]?(?:\[:\w+:\]|\\.|[^\\\]])*)\]/s.exec(rest);
      if (bracket === null) return null;
      source += `(?!/)[${bracket[1] === '' ? '' : '^'}${insideOfBracket(bracket[2] ?? '')}]`;
      at += bracket[0].length;
    } else {
      const escaped = rest.startsWith('\\') ? rest.slice(1, 2) : rest.slice(0, 1);
      if (escaped === '') return null;
      source += escaped.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
      at += rest.startsWith('\\') ? 2 : 1;
    }
  }
  try {
    return new RegExp(`^${source}$`, ignoresCase ? 'is' : 's');
  } catch {
    // A range that runs backwards.
    return null;
  }
}

function insideOfBracket(inside: string): string {
  return inside.replaceAll(/\[:(\w+):\]|\\(.)|([[\]^])/gs, (_, name?: string, escaped?: string, odd?: string) =>
    name === undefined ? `\\${escaped ?? odd ?? ''}` : (CLASSES[name] ?? ''),
  );
}
