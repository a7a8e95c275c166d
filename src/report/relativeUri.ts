/** A path with `/` as a relative reference (RFC 3986), with nothing in it that Markdown or HTML would read. */
export function relativeUri(path: string): string {
  return path
    .toWellFormed()
    .split('/')
    .map((part) => encodeURIComponent(part).replaceAll(/[!'()*]/g, asByte))
    .join('/');
}

function asByte(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
