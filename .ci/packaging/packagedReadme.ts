/**
 * A page of the repository as it goes into the package, where its neighbours are missing: pictures with an address in the
 * repository are left out, links to one keep their text. Addresses elsewhere and on the page itself stay.
 */
export function packagedReadme(markdown: string): string {
  return markdown
    .replace(/^!\[[^\]]*\]\((?!https:)[^)]*\)\n\n?/gm, '')
    .replace(/(?<![!\w])\[([^\]]+)\]\((?!https?:|#)[^)\s]*\)/g, '$1');
}
