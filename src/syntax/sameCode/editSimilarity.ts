/**
 * How like each other two sequences are: 1 - edits / the longer length, where an edit inserts, deletes or replaces one item
 * (Levenshtein 1966). In [0, 1], the same both ways, and 1 exactly for equal ones, two empty ones included. O(n m).
 */
export function editSimilarity(one: readonly string[], other: readonly string[]): number {
  const longer = Math.max(one.length, other.length);
  if (longer === 0) return 1;
  // row[j]: edits between what was read of `one` and the first j items of `other`.
  let row = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (const [index, item] of one.entries()) {
    const next = [index + 1];
    for (const [column, otherItem] of other.entries()) {
      const replaced = (row[column] ?? 0) + (item === otherItem ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return 1 - (row[other.length] ?? 0) / longer;
}
