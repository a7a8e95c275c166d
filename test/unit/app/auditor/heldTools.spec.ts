import { setImmediate } from 'node:timers/promises';
import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { createHeldTools, type HeldTools, type OpenTools } from '../../../../src/app/auditor/heldTools.ts';
import type { EngineChoice } from '../../../../src/app/engineChoice.ts';
import type { Tools } from '../../../../src/app/openTools.ts';
import { CandorError } from '../../../../src/core/candorError.ts';
import { inProcessParser } from '../../../support/inProcessParser.ts';
import { randomNumbers } from '../../../support/randomNumbers.ts';
import { scriptedEngine } from '../../../support/scriptedEngine.ts';
import { someCall } from './someCalls.ts';

const server = (name: string): EngineChoice => ({ engine: 'openai', baseUrl: `http://${name}/v1` });

const nameOf = (choice: EngineChoice): string =>
  choice.engine === 'openai' ? choice.baseUrl.slice(7, -3) : choice.engine;

/** Tools that say in a diary when they are opened and closed. */
function withDiary(fails: (name: string) => boolean = () => false): { held: HeldTools; diary: string[] } {
  const diary: string[] = [];
  const open: OpenTools = async (choice, onProgress, signal): Promise<Tools> => {
    const name = nameOf(choice);
    diary.push(`open ${name}`);
    onProgress('downloading', 1, 2);
    await setImmediate();
    await setImmediate();
    if (signal.aborted) {
      diary.push(`gave up ${name}`);
      throw signal.reason;
    }
    if (fails(name)) {
      diary.push(`failed ${name}`);
      throw new CandorError('not-found', `There is no ${name}.`);
    }
    const scoring = { engine: scriptedEngine({ logprobNats: () => -1 }), scout: null, learner: null };
    return {
      ...scoring,
      apart: () => scoring,
      standsInBecause: null,
      device: name,
      parser: inProcessParser,
      close: async () => {
        diary.push(`closing ${name}`);
        await setImmediate();
        diary.push(`closed ${name}`);
      },
    };
  };
  return { held: createHeldTools(open), diary };
}

const deviceOf = (tools: Tools): Promise<string> => Promise.resolve(tools.device);

describe('createHeldTools', () => {
  it('opens once for calls that want the same, compared by value', async () => {
    const { held, diary } = withDiary();
    const used = await Promise.all([1, 2, 3].map(() => held.use(server('a'), someCall(), deviceOf)));
    expect(used).toEqual(['a', 'a', 'a']);
    await held.use({ ...server('a') }, someCall(), deviceOf);
    expect(diary).toEqual(['open a']);
    expect(held.current?.device).toBe('a');
  });

  it('tells everybody who waits how far the opening is', async () => {
    const { held } = withDiary();
    const heard: string[] = [];
    const call = (name: string) => someCall({ onProgress: (activity) => heard.push(`${name} ${activity}`) });
    await Promise.all(['x', 'y'].map((name) => held.use(server('a'), call(name), deviceOf)));
    expect(heard).toEqual(['x downloading', 'y downloading']);
  });

  it('closes the old tools before it opens others, and not before the calls that use them have ended', async () => {
    const { held, diary } = withDiary();
    await held.use(server('a'), someCall(), deviceOf);
    await held.use(server('b'), someCall(), deviceOf);
    expect(diary).toEqual(['open a', 'closing a', 'closed a', 'open b']);
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const long = held.use(server('b'), someCall(), () => promise);
    await held.use(server('c'), someCall(), deviceOf);
    expect(diary.slice(4)).toEqual(['open c']);
    resolve(undefined);
    await long;
    await held.close();
    expect(diary.slice(5).sort()).toEqual(['closed b', 'closed c', 'closing b', 'closing c']);
  });

  it('does not keep an opening that failed', async () => {
    let isThere = false;
    const { held, diary } = withDiary(() => !isThere);
    const attempts = await Promise.allSettled([1, 2].map(() => held.use(server('a'), someCall(), deviceOf)));
    expect(attempts.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(held.current).toBeNull();
    isThere = true;
    expect(await held.use(server('a'), someCall(), deviceOf)).toBe('a');
    expect(diary).toEqual(['open a', 'failed a', 'open a']);
  });

  it('gives up an opening when nobody waits for it any more, and not before', async () => {
    const { held, diary } = withDiary();
    const [one, other] = [new AbortController(), new AbortController()];
    const calls = [one, other].map(({ signal }) => held.use(server('a'), someCall({ abortSignal: signal }), deviceOf));
    const settled = Promise.allSettled(calls);
    await setImmediate();
    one.abort(new Error('enough'));
    await expect(calls[0]).rejects.toThrow('enough');
    expect(await calls[1]).toBe('a');
    await settled;
    const alone = new AbortController();
    const third = held.use(server('b'), someCall({ abortSignal: alone.signal }), deviceOf);
    while (!diary.includes('open b')) await setImmediate();
    alone.abort(new Error('enough'));
    await expect(third).rejects.toThrow('enough');
    expect(await held.use(server('b'), someCall(), deviceOf)).toBe('b');
    expect(diary).toEqual(['open a', 'closing a', 'closed a', 'open b', 'gave up b', 'open b']);
  });

  it('opens none after it is closed, and waits for those that are used', async () => {
    const { held, diary } = withDiary();
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const long = held.use(server('a'), someCall(), () => promise);
    await setImmediate();
    const closing = held.close();
    await expect(held.use(server('a'), someCall(), deviceOf)).rejects.toSatisfy((error) => CandorError.is(error));
    resolve(undefined);
    await long;
    await closing;
    expect(diary).toEqual(['open a', 'closing a', 'closed a']);
  });

  it('leaves nothing open and nobody listening, in whatever order calls come and go', async () => {
    for (let seed = 0; seed < 60; seed++) {
      const random = randomNumbers(seed);
      const { held, diary } = withDiary(() => random() < 0.2);
      const controllers: AbortController[] = [];
      const calls: Promise<unknown>[] = [];
      for (let step = 0; step < 20; step++) {
        const controller = new AbortController();
        controllers.push(controller);
        const choice = server(['a', 'b', 'c'][Math.floor(random() * 3)]!);
        const work = async (tools: Tools): Promise<void> => {
          expect(tools.device).toBe(nameOf(choice));
          if (random() < 0.5) await setImmediate();
          expect(diary.filter((line) => line === `closing ${tools.device}`).length).toBeLessThan(
            diary.filter((line) => line === `open ${tools.device}`).length,
          );
        };
        const call = held.use(choice, someCall({ abortSignal: controller.signal }), work);
        // What rejects before it is waited for is no fault here.
        call.catch(() => undefined);
        calls.push(call);
        if (random() < 0.4) controllers[Math.floor(random() * controllers.length)]!.abort();
        if (random() < 0.4) await setImmediate();
      }
      const unexpected = (await Promise.allSettled(calls)).filter(
        (one) =>
          one.status === 'rejected' && !CandorError.is(one.reason) && (one.reason as Error).name !== 'AbortError',
      );
      expect(unexpected, `seed ${seed}`).toEqual([]);
      await held.close();
      const count = (word: string): number => diary.filter((line) => line.startsWith(`${word} `)).length;
      expect(count('closed'), `seed ${seed}: ${diary.join(', ')}`).toBe(
        count('open') - count('failed') - count('gave up'),
      );
      for (const { signal } of controllers) expect(getEventListeners(signal, 'abort')).toEqual([]);
    }
  });
});
