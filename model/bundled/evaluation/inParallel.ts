/**
 * Does a work for each item, as many at once as there are workers, of which each does one at a time.
 * @returns the results in the order of the items
 * @throws what the first work threw that failed
 */
export async function inParallel<Item, Worker, Result>(
  items: readonly Item[],
  workers: readonly Worker[],
  work: (item: Item, worker: Worker) => Promise<Result>,
): Promise<readonly Result[]> {
  const results: Result[] = [];
  const queue = items.entries();
  const runs = workers.map(async (worker) => {
    for (const [index, item] of queue) results[index] = await work(item, worker);
  });
  await Promise.all(runs);
  return results;
}
