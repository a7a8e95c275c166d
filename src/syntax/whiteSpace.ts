/**
 * Whether a UTF-16 unit is white space, as `\s` in a regular expression: it is layout, and no leaf needs to hold it.
 * All white space lies in the basic plane, so half of a surrogate pair is never white.
 */
export function isWhiteSpace(unit: number): boolean {
  if (unit < 0x80) return unit === 0x20 || (unit >= 0x09 && unit <= 0x0d);
  return (
    unit === 0xa0 ||
    unit === 0xfeff ||
    (unit >= 0x1680 &&
      (unit === 0x1680 ||
        (unit >= 0x2000 && unit <= 0x200a) ||
        unit === 0x2028 ||
        unit === 0x2029 ||
        unit === 0x202f ||
        unit === 0x205f ||
        unit === 0x3000))
  );
}

/** Offset of the first unit in [start, end) that is not white space, or `end`. */
export function firstVisible(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && isWhiteSpace(text.charCodeAt(at))) at++;
  return at;
}

/** Offset after the last unit in [start, end) that is not white space, or `start`. */
export function lastVisibleEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && isWhiteSpace(text.charCodeAt(at - 1))) at--;
  return at;
}
