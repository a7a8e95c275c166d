import { wildmatch } from './wildmatch.ts';

/** What a line of a `.gitattributes` says of the files that it matches: true and false; null: it takes back what was said before. */
export interface AttributeLine {
  /** Matches paths from the root, with `/`. */
  readonly paths: RegExp;
  readonly generated?: boolean | null;
  readonly vendored?: boolean | null;
}

/** What was said of a file; null: nothing. */
export interface FileAttributes {
  readonly generated: boolean | null;
  readonly vendored: boolean | null;
}

/** A pattern, in quotes where it has blanks, and the attributes. */
const LINE = /^[ \t]*(?:"((?:\\.|[^"\\])*)"|([^ \t]+))[ \t]+(.*)$/;

/** https://github.com/github-linguist/linguist/blob/main/docs/overrides.md */
const LINGUIST = /^([-!]?)linguist-(generated|vendored)(?:=(.*))?$/;

/**
 * What the `.gitattributes` of a folder says of generated and vendored files, in the words that GitHub's linguist gave them:
 *
 *     api/*.ts linguist-generated          generated
 *     lib/** -linguist-vendored            not vendored; so does =false
 *     lib/old.js !linguist-vendored        as if no line had spoken
 *
 * A pattern that matches a folder says nothing of the files in it: https://git-scm.com/docs/gitattributes
 *
 * @param folder relative to the root, with `/`; empty: the root
 */
export function parseAttributes(text: string, folder: string, ignoresCase: boolean): readonly AttributeLine[] {
  return text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .flatMap((line) => {
      const [, quoted, plain = '', attributes = ''] = LINE.exec(line) ?? [];
      const pattern = quoted?.replaceAll(/\\(["\\])/g, '$1') ?? plain;
      // A line with ! is none to git, one with # says nothing, and no file has a name that ends with a slash.
      if (/^[!#]/.test(plain) || pattern.endsWith('/') || !attributes.includes('linguist-')) return [];
      const paths = wildmatch(fromRoot(pattern, folder), ignoresCase);
      const said = saidBy(attributes);
      return paths === null || Object.keys(said).length === 0 ? [] : [{ paths, ...said }];
    });
}

/** What lines say of a file: the last that speaks about it decides, for each attribute. */
export function attributesOf(lines: readonly AttributeLine[], path: string): FileAttributes {
  const matching = lines.filter(({ paths }) => paths.test(path));
  return {
    generated: matching.findLast(({ generated }) => generated !== undefined)?.generated ?? null,
    vendored: matching.findLast(({ vendored }) => vendored !== undefined)?.vendored ?? null,
  };
}

/** Without a slash a pattern speaks about names at any depth. */
function fromRoot(pattern: string, folder: string): string {
  const place = folder === '' ? '' : `${folder.replaceAll(/[\\*?[\]]/g, '\\$&')}/`;
  return `${place}${pattern.includes('/') ? '' : '**/'}${pattern.replace(/^\//, '')}`;
}

function saidBy(attributes: string): Omit<AttributeLine, 'paths'> {
  const said: { generated?: boolean | null; vendored?: boolean | null } = {};
  for (const word of attributes.split(/[ \t]+/)) {
    const [, sign, name, value] = LINGUIST.exec(word) ?? [];
    if (name === 'generated' || name === 'vendored')
      said[name] = sign === '!' ? null : sign === '' && value !== 'false';
  }
  return said;
}
