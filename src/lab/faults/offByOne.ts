/** A whole number in decimal digits as it would be written one more and, above 0, one less; null for any other text. */
export function offByOne(digits: string): readonly string[] | null {
  if (!/^(?:0|[1-9]\d{0,8})$/.test(digits)) return null;
  const value = Number(digits);
  return value === 0 ? ['1'] : [String(value + 1), String(value - 1)];
}
