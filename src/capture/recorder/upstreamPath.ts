/** Where a request goes on the upstream. */
export interface UpstreamPath {
  /** Path and query, as they are sent. */
  readonly target: string;
  /** The path alone. */
  readonly path: string;
}

/** Deeper than this nobody encodes a path, and nobody decodes it. */
const MOST_DECODINGS = 4;

/**
 * The path on the upstream for what a client asks after the secret: always below the upstream's own. A path that steps upwards, or
 * might for somebody who decodes it once more, is refused, not resolved: clients resolve theirs before they send them.
 *
 * @param base path of the upstream, without a slash at its end
 * @param rest '' or what begins with `/` or `?`
 * @returns null where it is refused
 */
export function upstreamPath(base: string, rest: string): UpstreamPath | null {
  const query = rest.indexOf('?');
  const asked = query < 0 ? rest : rest.slice(0, query);
  if (!/^[\x21-\x7e]*$/.test(rest) || rest.includes('#') || !staysBelow(asked)) return null;
  const path = `${base}${asked}`;
  return { path, target: `${path === '' ? '/' : path}${query < 0 ? '' : rest.slice(query)}` };
}

function staysBelow(path: string): boolean {
  let decoded = path;
  for (let depth = 0; depth < MOST_DECODINGS; depth++) {
    if (decoded.split(/[/\\]/).some((segment) => /^\.\.?(;|$)/.test(segment))) return false;
    const before = decoded;
    decoded = decodedOnce(decoded);
    if (decoded === before) return true;
  }
  return false;
}

/** Byte by byte, so that what is no UTF-8 is decoded too. */
function decodedOnce(path: string): string {
  return path.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}
