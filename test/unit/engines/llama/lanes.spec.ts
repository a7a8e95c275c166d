import { describe, expect, it } from 'vitest';
import { createLanes } from '../../../../src/engines/llama/lanes.ts';
import type { TokenEvaluator } from '../../../../src/engines/llama/tokenEvaluator.ts';

const never = new AbortController().signal;

/** An evaluator that knows the tokens from 0 up to a number. */
function knowing(known: number): TokenEvaluator {
  return {
    contextTokens: 9,
    startToken: 1,
    evaluatedTokens: known,
    knownTokens: (tokens) => tokens.filter((token) => token < known).length,
    evaluate: () => Promise.resolve(),
  };
}

/** Works that end when they are told to, and say which evaluator they got. */
function openWork(): { work: (evaluator: TokenEvaluator) => Promise<TokenEvaluator>; end: () => void } {
  const ended = Promise.withResolvers<undefined>();
  return {
    work: (evaluator) => ended.promise.then(() => evaluator),
    end: () => {
      ended.resolve(undefined);
    },
  };
}

const tick = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('createLanes', () => {
  it('opens another evaluator only when none is free, and no more than it may', async () => {
    let opened = 0;
    const lanes = createLanes(knowing(1), 2, () => Promise.resolve(knowing((opened += 1))));
    await lanes.use([], never, () => Promise.resolve());
    await lanes.use([], never, () => Promise.resolve());
    expect(opened).toBe(0);
    const works = [openWork(), openWork(), openWork()];
    const ends = works.map(({ work }) => lanes.use([], never, work));
    await tick();
    expect(opened).toBe(1);
    for (const { end } of works) end();
    const [first, second, third] = await Promise.all(ends);
    expect(first).not.toBe(second);
    expect([first, second]).toContain(third);
    expect(opened).toBe(1);
    expect(new Set([first, second, third]).size).toBe(2);
  });

  it('gives the free evaluator that knows most of the tokens', async () => {
    const fresh = knowing(5);
    const lanes = createLanes(knowing(2), 2, () => Promise.resolve(fresh));
    const works = [openWork(), openWork()];
    const ends = works.map(({ work }) => lanes.use([], never, work));
    for (const { end } of works) end();
    await Promise.all(ends);
    const best = (evaluator: TokenEvaluator): Promise<TokenEvaluator> => Promise.resolve(evaluator);
    expect(await lanes.use([0, 1, 2, 3, 4], never, best)).toBe(fresh);
  });

  it('serves those who wait in order, and passes over one who gave up', async () => {
    const lanes = createLanes(knowing(1), 1, () => Promise.reject(new Error('one is enough')));
    const first = openWork();
    const order: string[] = [];
    const leaving = new AbortController();
    const note = (name: string) => () => Promise.resolve(void order.push(name));
    const ends = [
      lanes.use([], never, first.work),
      lanes.use([], never, note('b')),
      lanes.use([], leaving.signal, note('gone')).catch((reason: unknown) => reason),
      lanes.use([], never, note('c')),
    ];
    leaving.abort('enough');
    first.end();
    expect((await Promise.all(ends))[2]).toBe('enough');
    expect(order).toEqual(['b', 'c']);
    await expect(lanes.use([], AbortSignal.abort('late'), note('d'))).rejects.toBe('late');
  });

  it('goes on with what is open when no other can be opened', async () => {
    let tries = 0;
    const lanes = createLanes(knowing(1), 4, () => {
      tries += 1;
      return Promise.reject(new Error('no memory'));
    });
    const works = Array.from({ length: 5 }, openWork);
    const ends = works.map(({ work }) => lanes.use([], never, work));
    await tick();
    for (const { end } of works) end();
    expect(new Set(await Promise.all(ends)).size).toBe(1);
    expect(tries).toBe(1);
  });

  it('gives an evaluator back after a work that failed', async () => {
    const lanes = createLanes(knowing(1), 1, () => Promise.reject(new Error('one is enough')));
    await expect(lanes.use([], never, () => Promise.reject(new Error('failed')))).rejects.toThrow('failed');
    await lanes.use([], never, () => Promise.resolve());
  });
});
