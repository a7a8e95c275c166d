/**
 * Whether bytes end inside a character of UTF-8, as llama-server decides it: by the lead bytes among the last four. So
 * bytes that continue a character which began before them count as whole.
 */
export function endsInsideCharacter(bytes: ArrayLike<number>): boolean {
  for (let back = 1; back <= Math.min(4, bytes.length); back++) {
    if (lengthOf(bytes[bytes.length - back] ?? 0) > back) return true;
  }
  return false;
}

/** Bytes of the character that a byte begins; 1 for one that begins none. */
function lengthOf(lead: number): number {
  if ((lead & 0xe0) === 0xc0) return 2;
  if ((lead & 0xf0) === 0xe0) return 3;
  return (lead & 0xf8) === 0xf0 ? 4 : 1;
}
