import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Completion } from '../../../../src/app/completions/completion.ts';
import type { CaretState } from '../../../../src/app/completions/completionCache.ts';
import { createCompleter } from '../../../../src/app/completions/createCompleter.ts';
import { scoredTokens, tokensOf } from './writingEngine.ts';

interface Call {
  readonly prefix: string;
  readonly signal: AbortSignal;
  readonly write: (piece: string) => void;
  readonly end: (text: string | null) => void;
  readonly fail: (error: Error) => void;
}

const calls: Call[] = [];
const completer = (): ReturnType<typeof createCompleter<CaretState>> =>
  createCompleter<CaretState>({
    debounceMs: 100,
    lingerMs: 500,
    mostCached: 10,
    complete: ({ prefix }, write, signal) => {
      const { promise, resolve, reject } = Promise.withResolvers<Completion | null>();
      const end = (text: string | null): void => {
        resolve(text === null ? null : { text, scored: scoredTokens(tokensOf(text)) });
      };
      signal.addEventListener('abort', () => {
        reject(signal.reason as Error);
      });
      calls.push({ prefix, signal, write, end, fail: reject });
      return promise;
    },
  });

const at = (prefix: string, document = 'a'): CaretState => ({ document, prefix, suffix: '' });
const never = new AbortController().signal;
const pass = (ms: number): Promise<unknown> => vi.advanceTimersByTimeAsync(ms);
const textOf = async (asked: Promise<Completion | null>): Promise<string | null> => (await asked)?.text ?? null;

beforeEach(() => {
  vi.useFakeTimers();
  calls.length = 0;
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a completer', () => {
  it('asks after a pause, and once for the same caret', async () => {
    const { request } = completer();
    const asked = textOf(request(at('x'), never));
    await pass(99);
    expect(calls.length).toBe(0);
    await pass(1);
    calls[0]?.end('foo');
    expect(await asked).toBe('foo');
    expect(await textOf(request(at('x'), never))).toBe('foo');
    expect(await textOf(request(at('xf'), never))).toBe('oo');
    expect(calls.length).toBe(1);
  });

  it('asks for the last of several carets in a row', async () => {
    const { request } = completer();
    const asked = ['a', 'ab', 'abc'].map((prefix) => textOf(request(at(prefix), never)));
    await pass(100);
    expect(calls.map(({ prefix }) => prefix)).toEqual(['abc']);
    calls[0]?.end('d');
    expect(await Promise.all(asked)).toEqual([null, null, 'd']);
  });

  it('goes on with what may still be typed', async () => {
    const { request } = completer();
    const first = textOf(request(at('x'), never));
    await pass(100);
    calls[0]?.write('fo');
    const second = textOf(request(at('xf'), never));
    const third = textOf(request(at('xfoo'), never));
    calls[0]?.write('o(a)');
    calls[0]?.end('foo(a)');
    expect(await Promise.all([first, second, third])).toEqual(['foo(a)', 'oo(a)', '(a)']);
    expect(calls.length).toBe(1);
  });

  it('stops what is not what is typed, at once or when it is written', async () => {
    const { request } = completer();
    const first = textOf(request(at('x'), never));
    await pass(100);
    calls[0]?.write('fo');
    const second = textOf(request(at('xg'), never));
    expect(calls[0]?.signal.aborted).toBe(true);
    expect(await first).toBeNull();
    await pass(100);
    expect(calls.map(({ prefix }) => prefix)).toEqual(['x', 'xg']);
    const third = textOf(request(at('xgh'), never));
    expect(calls[1]?.signal.aborted).toBe(false);
    calls[1]?.write('i');
    expect(calls[1]?.signal.aborted).toBe(true);
    await pass(100);
    calls[2]?.end('hi');
    expect(await Promise.all([second, third])).toEqual([null, 'hi']);
    expect(calls[2]?.prefix).toBe('xgh');
  });

  it('asks again where the whole answer is not what was typed', async () => {
    const { request } = completer();
    const first = textOf(request(at('x'), never));
    await pass(100);
    const second = textOf(request(at('xy'), never));
    calls[0]?.end('z');
    expect(await first).toBe('z');
    await pass(100);
    calls[1]?.end('w');
    expect(await second).toBe('w');
  });

  it('gives the answer of a request that was called off to the next one', async () => {
    const { request } = completer();
    const controller = new AbortController();
    const first = textOf(request(at('x'), controller.signal));
    const failed = expect(first).rejects.toThrow('typed on');
    await pass(100);
    controller.abort(new Error('typed on'));
    await failed;
    await pass(400);
    expect(calls[0]?.signal.aborted).toBe(false);
    const second = textOf(request(at('xf'), never));
    await pass(1_000);
    calls[0]?.end('foo');
    expect(await second).toBe('oo');
    expect(calls.length).toBe(1);
  });

  it('stops what nobody waits for any more', async () => {
    const { request } = completer();
    const controller = new AbortController();
    const failed = expect(request(at('x'), controller.signal)).rejects.toThrow('away');
    await pass(100);
    controller.abort(new Error('away'));
    await failed;
    await pass(499);
    expect(calls[0]?.signal.aborted).toBe(false);
    await pass(1);
    expect(calls[0]?.signal.aborted).toBe(true);
  });

  it('asks nobody for a request that was called off within the pause, or before', async () => {
    const { request, close } = completer();
    await expect(request(at('x'), AbortSignal.abort(new Error('late')))).rejects.toThrow('late');
    const controller = new AbortController();
    const failed = expect(request(at('x'), controller.signal)).rejects.toThrow('early');
    controller.abort(new Error('early'));
    await failed;
    close();
    await pass(1_000);
    expect(calls).toEqual([]);
  });

  it('asks for one document at a time', async () => {
    const { request } = completer();
    const first = textOf(request(at('x'), never));
    await pass(100);
    const second = textOf(request(at('x', 'b'), never));
    expect(calls[0]?.signal.aborted).toBe(true);
    await pass(100);
    calls[1]?.end('y');
    expect(await Promise.all([first, second])).toEqual([null, 'y']);
  });

  it('says what failed, and asks again the next time', async () => {
    const { request } = completer();
    const failed = expect(request(at('x'), never)).rejects.toThrow('no connection');
    await pass(100);
    calls[0]?.fail(new Error('no connection'));
    await failed;
    const asked = textOf(request(at('x'), never));
    await pass(100);
    calls[1]?.end(null);
    expect(await asked).toBeNull();
    expect(await textOf(request(at('x'), never))).toBeNull();
    expect(calls.length).toBe(2);
  });

  it('stops when it is closed', async () => {
    const { request, close } = completer();
    const asked = textOf(request(at('x'), never));
    await pass(100);
    close();
    expect(calls[0]?.signal.aborted).toBe(true);
    expect(await asked).toBeNull();
    await pass(1_000);
    expect(vi.getTimerCount()).toBe(0);
  });
});
