/** How many items have each key; items whose key is null are left out. */
export function countBy<Item>(items: Iterable<Item>, keyOf: (item: Item) => string | null): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const item of items) {
    const key = keyOf(item);
    if (key !== null) counts[key] = (counts[key] ?? 0) + 1;
  }
  return counts;
}
