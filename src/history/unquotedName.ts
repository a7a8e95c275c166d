const ESCAPES: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/**
 * A name that git has put in quotes, as in C: each odd byte is a letter or three octal digits behind a backslash.
 *
 * @param quoted a byte a character, and so is what comes back
 */
export function unquotedName(quoted: string): string {
  return quoted
    .slice(1, quoted.lastIndexOf('"'))
    .replaceAll(/\\([0-7]{3}|.)/g, (_, escaped: string) =>
      /\d/.test(escaped) ? String.fromCharCode(Number.parseInt(escaped, 8)) : (ESCAPES[escaped] ?? escaped),
    );
}
