import { createHash } from 'node:crypto';

/** A number in [0, 1) that a text always has. */
export function chanceOf(key: string): number {
  return createHash('sha256').update(key).digest().readUInt32LE(0) / 2 ** 32;
}

/** The same order in every run, and no other. */
export function shuffled<Item>(items: readonly Item[], key: (item: Item) => string): Item[] {
  return items
    .map((item) => ({ item, chance: chanceOf(key(item)) }))
    .sort((a, b) => a.chance - b.chance)
    .map(({ item }) => item);
}
