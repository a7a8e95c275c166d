/** The first of 0 .. count-1 that is so, or `count`; whatever comes after one that is so must be so too (binary search). */
export function firstThat(count: number, isSo: (index: number) => boolean): number {
  let low = 0;
  let high = count;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isSo(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}
