import { setTimeout } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { createTurns } from '../../../../src/app/agents/createTurns.ts';

const never = new AbortController().signal;

/** Work that lasts until it is told to end. */
function openWork(): { readonly work: () => Promise<string>; readonly end: (result: string) => void; started: number } {
  const { promise, resolve } = Promise.withResolvers<string>();
  const open = {
    started: 0,
    end: resolve,
    work: () => {
      open.started++;
      return promise;
    },
  };
  return open;
}

describe('createTurns', () => {
  it('does one thing after the other, in order, whatever becomes of each', async () => {
    const turns = createTurns(4);
    const seen: string[] = [];
    const task = (name: string, fails = false) =>
      turns.take(never, async () => {
        seen.push(`${name} begins`);
        await setTimeout(5);
        seen.push(`${name} ends`);
        if (fails) throw new Error(name);
        return name;
      });
    const results = await Promise.allSettled([task('a'), task('b', true), task('c')]);
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(seen).toEqual(['a', 'b', 'c'].flatMap((name) => [`${name} begins`, `${name} ends`]));
    expect(await task('d')).toBe('d');
  });

  it('refuses what would wait behind too many', async () => {
    const turns = createTurns(1);
    const first = openWork();
    const answers = [turns.take(never, first.work), turns.take(never, () => Promise.resolve('second'))];
    await expect(turns.take(never, first.work)).rejects.toMatchObject({ reason: 'bad-call' });
    first.end('first');
    expect(await Promise.all(answers)).toEqual(['first', 'second']);
    expect(first.started).toBe(1);
  });

  it('lets go of what is aborted while it waits, and makes room for others', async () => {
    const turns = createTurns(1);
    const [first, second, third] = [openWork(), openWork(), openWork()];
    const answer = turns.take(never, first.work);
    const controller = new AbortController();
    const aborted = turns.take(controller.signal, second.work);
    controller.abort(new Error('enough'));
    await expect(aborted).rejects.toThrow('enough');
    const waiting = turns.take(never, third.work);
    first.end('first');
    third.end('third');
    expect(await Promise.all([answer, waiting])).toEqual(['first', 'third']);
    expect(second.started).toBe(0);
  });

  it('answers at once when it is aborted, and begins the next when the work has ended', async () => {
    const turns = createTurns(1);
    const [first, second] = [openWork(), openWork()];
    const controller = new AbortController();
    const aborted = turns.take(controller.signal, first.work);
    const waiting = turns.take(never, second.work);
    controller.abort(new Error('enough'));
    await expect(aborted).rejects.toThrow('enough');
    await setTimeout(5);
    expect(second.started).toBe(0);
    first.end('late');
    second.end('second');
    expect(await waiting).toBe('second');
  });

  it('is not held up for ever by work that does not end', async () => {
    const turns = createTurns(1, 1);
    const controller = new AbortController();
    const hangs = turns.take(controller.signal, openWork().work);
    const waiting = turns.take(never, () => Promise.resolve('second'));
    controller.abort(new Error('enough'));
    await expect(hangs).rejects.toThrow('enough');
    expect(await waiting).toBe('second');
  });

  it('does nothing for whoever has aborted before', async () => {
    const work = openWork();
    await expect(createTurns(1).take(AbortSignal.abort(new Error('no')), work.work)).rejects.toThrow('no');
    expect(work.started).toBe(0);
  });
});
