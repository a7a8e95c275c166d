import { describe, expect, it } from 'vitest';
import { inParallel } from '../../../../../model/bundled/evaluation/inParallel.ts';

describe('inParallel', () => {
  it('does each item once, each worker one at a time, and keeps the order of the items', async () => {
    const busy = new Set<string>();
    const results = await inParallel([30, 1, 20, 2, 3], ['a', 'b'], async (item, worker) => {
      expect(busy.has(worker)).toBe(false);
      busy.add(worker);
      for (let turn = 0; turn < item; turn++) await Promise.resolve();
      busy.delete(worker);
      return 2 * item;
    });
    expect(results).toEqual([60, 2, 40, 4, 6]);
  });

  it('fails with the work that failed', async () => {
    const failing = inParallel([1, 2], ['a'], (item) => Promise.reject(new Error(`no ${item}`)));
    await expect(failing).rejects.toThrow('no 1');
  });
});
