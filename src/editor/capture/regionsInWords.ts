/** `1 region is`, `3 regions are`: the beginning of a sentence on regions. */
export function regionsInWords(count: number): string {
  return count === 1 ? '1 region is' : `${count} regions are`;
}
