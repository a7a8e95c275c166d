/**
 * Does `work` on the items, at most `width` at a time, and yields the results in the items' order. At most `width`
 * results wait to be taken, so memory stays bounded however many items there are.
 */
export async function* mapInOrder<Item, Result>(
  items: Iterable<Item>,
  width: number,
  work: (item: Item) => Promise<Result>,
): AsyncGenerator<Result> {
  const running: Promise<Result>[] = [];
  try {
    for (const item of items) {
      const result = work(item);
      // A failure waits for its turn; until then it must not count as unhandled.
      result.catch(() => undefined);
      running.push(result);
      if (running.length < width) continue;
      const first = running.shift();
      if (first !== undefined) yield await first;
    }
    for (let first = running.shift(); first !== undefined; first = running.shift()) yield await first;
  } finally {
    // Whoever stops early leaves the rest to end on its own; its failures are nobody's any more.
    await Promise.allSettled(running);
  }
}
