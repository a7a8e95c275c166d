import { seededRandom } from '../core/seededRandom.ts';

/** The items in an order drawn by the seed (Fisher and Yates). */
export function shuffled<Item>(items: readonly Item[], seed: number): Item[] {
  const random = seededRandom(seed);
  // Each item gets its place by a number of its own, so that the order does not depend on how a swap is written.
  return items
    .map((item) => ({ item, at: random.uniform() }))
    .sort((a, b) => a.at - b.at)
    .map(({ item }) => item);
}
