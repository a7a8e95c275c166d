import { html, type Markup } from './markup.ts';

/** Where a link to a line of a file leads; null: nowhere, and the place is words alone. Lines count from 0. */
export type LinkOf = (path: string, line: number) => string | null;

/** A place in a file, as a link where it leads somewhere. */
export function placeLink(path: string, line: number, linkOf: LinkOf): Markup {
  const place = `${path}:${line + 1}`;
  const link = linkOf(path, line);
  return link === null ? html`<span class="place">${place}</span>` : html`<a class="place" href="${link}">${place}</a>`;
}
