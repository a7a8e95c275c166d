import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { mapInOrder } from '../../../src/audit/mapInOrder.ts';

const unhandled: unknown[] = [];
const note = (reason: unknown): number => unhandled.push(reason);
beforeEach(() => {
  unhandled.length = 0;
  process.on('unhandledRejection', note);
});
afterEach(() => {
  process.off('unhandledRejection', note);
});

/** Lets everything that is ready run, and Node notice what nobody caught. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Work that is done when the test says so. */
class Bench {
  readonly started: number[] = [];
  readonly #ends = new Map<number, PromiseWithResolvers<string>>();

  readonly work = (item: number): Promise<string> => {
    this.started.push(item);
    const end = Promise.withResolvers<string>();
    this.#ends.set(item, end);
    return end.promise;
  };

  end(item: number): void {
    this.#ends.get(item)!.resolve(`done ${item}`);
  }

  fail(item: number, reason: Error): void {
    this.#ends.get(item)!.reject(reason);
  }
}

describe('mapInOrder', () => {
  it('yields in the order of the items, whichever is ready first', async () => {
    const bench = new Bench();
    const results = mapInOrder([1, 2, 3], 3, bench.work);
    const first = results.next();
    await settled();
    for (const item of [3, 2, 1]) bench.end(item);
    expect(
      [await first, await results.next(), await results.next(), await results.next()].map(
        ({ value }) => value as unknown,
      ),
    ).toEqual(['done 1', 'done 2', 'done 3', undefined]);
  });

  it('has at most `width` items under way or waiting to be taken', async () => {
    const bench = new Bench();
    const results = mapInOrder([1, 2, 3, 4, 5], 2, bench.work);
    const first = results.next();
    await settled();
    expect(bench.started).toEqual([1, 2]);
    bench.end(2);
    await settled();
    expect(bench.started).toEqual([1, 2]);
    bench.end(1);
    await first;
    await settled();
    expect(bench.started.length).toBeLessThanOrEqual(3);
    const second = results.next();
    await second;
    await settled();
    expect(bench.started).toEqual([1, 2, 3]);
  });

  it('gives every result once, for any width', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(), { maxLength: 20 }), fc.integer({ min: 1, max: 6 }), async (items, width) => {
        let underWay = 0;
        let most = 0;
        const results: number[] = [];
        const work = async (item: number): Promise<number> => {
          most = Math.max(most, ++underWay);
          for (let turn = item % 4; turn > 0; turn--) await Promise.resolve();
          underWay--;
          return item + 1;
        };
        for await (const result of mapInOrder(items, width, work)) results.push(result);
        expect(results).toEqual(items.map((item) => item + 1));
        expect(most).toBeLessThanOrEqual(width);
      }),
    );
  });

  it('fails in its turn, with the results before it given, and nothing left unhandled', async () => {
    const bench = new Bench();
    const results = mapInOrder([1, 2, 3, 4], 3, bench.work);
    const first = results.next();
    await settled();
    bench.fail(2, new Error('two'));
    bench.fail(3, new Error('three'));
    await settled();
    bench.end(1);
    expect((await first).value).toBe('done 1');
    const second = results.next();
    await settled();
    if (bench.started.includes(4)) bench.fail(4, new Error('four'));
    await expect(second).rejects.toThrow('two');
    expect((await results.next()).done).toBe(true);
    await settled();
    expect(unhandled).toEqual([]);
  });

  it('stops early when its reader does, and starts nothing more', async () => {
    const bench = new Bench();
    const seen: string[] = [];
    const reading = (async () => {
      for await (const result of mapInOrder([1, 2, 3, 4, 5], 2, bench.work)) {
        seen.push(result);
        break;
      }
    })();
    await settled();
    bench.end(1);
    await settled();
    bench.fail(2, new Error('nobody asks any more'));
    await reading;
    await settled();
    expect(seen).toEqual(['done 1']);
    expect(bench.started).toEqual([1, 2]);
    expect(unhandled).toEqual([]);
  });

  it('fails when the work throws at once, after what is under way has ended', async () => {
    const bench = new Bench();
    const results = mapInOrder([1, 2], 3, (item) => {
      if (item === 2) throw new Error('at once');
      return bench.work(item);
    });
    const first = results.next();
    await settled();
    bench.fail(1, new Error('one'));
    await expect(first).rejects.toThrow('at once');
    await settled();
    expect(unhandled).toEqual([]);
  });
});
