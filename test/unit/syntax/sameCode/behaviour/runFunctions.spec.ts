import { describe, expect, it } from 'vitest';
import { CandorError } from '../../../../../src/core/candorError.ts';
import {
  DEFAULT_BEHAVIOUR_LIMITS,
  type BehaviourAnswer,
} from '../../../../../src/syntax/sameCode/behaviour/behaviourTask.ts';
import { runFunctions } from '../../../../../src/syntax/sameCode/behaviour/runFunctions.ts';
import { sandboxFiles } from './sandboxFiles.ts';

const LIMITS = { ...DEFAULT_BEHAVIOUR_LIMITS, callMs: 300, functionMs: 3_000 };

async function outcomes(source: string, ...inputs: string[]): Promise<BehaviourAnswer> {
  const answers = await runFunctions(sandboxFiles(), [{ source, inputs }], LIMITS);
  return answers?.[0] ?? null;
}

describe('runFunctions', () => {
  it('tells values, mutated arguments and the classes of errors', async () => {
    expect(await outcomes('(a, b) => a + b', '[1, 2]', '["x", null]', '[-0, -0]', '[NaN, 1]')).toEqual([
      'v [3,[1,2]]',
      'v ["xnull",["x",null]]',
      'v [-0,[-0,-0]]',
      'v [NaN,[NaN,1]]',
    ]);
    expect(await outcomes('a => { a.sort(); a[4] = a }', '[[2, 1]]')).toEqual(['v [undefined,[[1,2,hole,hole,^2]]]']);
    expect(await outcomes('(a) => a.b.c', '[{}]', '[{ b: { c: { z: 1, a: undefined } } }]')).toEqual([
      'e TypeError',
      'v [{"a":undefined,"z":1},[{"b":{"c":{"a":undefined,"z":1}}}]]',
    ]);
    expect(await outcomes('function (a) { a.push(1); throw new RangeError(a) }', '[[]]')).toEqual([
      'e RangeError [[1]]',
    ]);
    expect(await outcomes('a => { throw a }', '["x"]')).toEqual(['e thrown ["x",["x"]]']);
    expect(await outcomes('a => new Map([[a, new Set([a])]])', '[1]')).toEqual(['v [Map[1,Set[1]],[1]]']);
    expect(await outcomes('a => a', '[() => 1]')).toEqual(['o']);
  });

  it('calls anew for each input, with a function made anew', async () => {
    expect(await outcomes('(n => () => n++)(0)', '[]', '[]')).toEqual(['v [0,[]]', 'v [0,[]]']);
  });

  it('answers null for what is no expression', async () => {
    expect(await outcomes('a =>', '[1]')).toBeNull();
  });

  it('has no host, no clock, no chance and no modules', async () => {
    const absent = [
      'process',
      'require',
      'console',
      'setTimeout',
      'fetch',
      'Date',
      'performance',
      'WeakRef',
      'std',
      'os',
    ];
    expect(
      await outcomes(`() => [${absent.map((name) => `typeof ${name}`).join()}].every(t => t === 'undefined')`, '[]'),
    ).toEqual(['v [true,[]]']);
    expect(await outcomes('() => typeof Math.random', '[]')).toEqual(['v ["undefined",[]]']);
    expect(await outcomes("() => Function('return process')()", '[]')).toEqual(['e ReferenceError []']);
    expect(await outcomes("() => (() => 0).constructor('return this.process')()", '[]')).toEqual(['v [undefined,[]]']);
    const [imported] = (await outcomes("a => { import('node:fs').then(fs => a.push(fs)) }", '[[]]')) ?? [];
    expect(imported).toBe('v [undefined,[[]]]');
  });

  it('gives each function a context that no other has touched', async () => {
    const dirty = {
      source: '() => { Object.prototype.a = 1; Array.prototype.push = 0; JSON.stringify = 0 }',
      inputs: ['[]'],
    };
    const clean = { source: 'b => { b.push(b.a); return b }', inputs: ['[[]]'] };
    const answers = await runFunctions(sandboxFiles(), [dirty, clean], LIMITS);
    expect(answers?.[1]).toEqual(['v [[undefined],[[undefined]]]']);
  });

  it('cannot be made to answer by changed built-ins', async () => {
    const source = `a => {
      Object.keys = Array.isArray = JSON.stringify = Reflect.apply = String = () => 'v [1,[]]';
      Array.prototype.sort = Array.prototype.indexOf = Function.prototype.call = () => { throw 1 };
      return { b: a };
    }`;
    expect(await outcomes(source, '[1]', '[2]')).toEqual(['v [{"b":1},[1]]', 'v [{"b":2},[2]]']);
  });

  it.each([
    ['an endless loop', '() => { for (;;); }'],
    ['an endless loop that catches', '() => { for (;;) try { for (;;); } catch {} }'],
    ['an endless search', "() => /(a+)+b/.test('a'.repeat(40))"],
    ['more and more memory', '() => { const a = []; for (;;) a.push(new Array(1000).fill(1)) }'],
    ['a string that doubles', "() => { let a = 'a'; for (;;) a += a }"],
    ['an answer without end', "() => 'a'.repeat(1e7)"],
    ['an answer of many parts', '() => new Array(1e6).fill({ a: 1 })'],
    ['recursion', '() => { const f = () => f() + 1; return f() }'],
    ['recursion in the engine', '() => { const a = []; a[0] = a; return a + JSON.stringify([]) + `${a}` }'],
    ['deep nesting', '() => { let a = []; for (let i = 0; i < 1e5; i++) a = [a]; return a }'],
    ['a proxy that never ends', '() => new Proxy({}, { ownKeys() { for (;;); } })'],
    ['a getter that grows', '() => ({ get a() { return { get a() { for (;;); } } } })'],
    ['a jump out of the context', '() => { throw { toString() { for (;;); }, get message() { for (;;); } } }'],
  ])('bounds %s, and goes on', async (_, source) => {
    const started = performance.now();
    const good = { source: 'a => a', inputs: ['[1]'] };
    const answers = await runFunctions(sandboxFiles(), [{ source, inputs: ['[]'] }, good], LIMITS);
    expect(performance.now() - started).toBeLessThan(15_000);
    const [bad, sound] = answers ?? [];
    // Whatever it came to, it is no value that was taken over, and short.
    for (const outcome of bad ?? []) expect(outcome).toMatch(/^(?:[to]|e .{0,100}|v .{0,100})$/);
    expect(sound).toEqual(['v [1,[1]]']);
  });

  it('gives up a function that does not end again and again', async () => {
    const inputs = new Array<string>(5).fill('[]');
    expect(await outcomes('() => { for (;;); }', ...inputs)).toBeNull();
    expect(await outcomes('() => { for (;;); }', '[]', '[]')).toEqual(['t', 't']);
  });

  it('stops when it is told to', async () => {
    const controller = new AbortController();
    const tasks = [{ source: '() => { for (;;); }', inputs: new Array<string>(1_000).fill('[]') }];
    const run = runFunctions(
      sandboxFiles(),
      tasks,
      { ...LIMITS, mostEndless: 1e6, functionMs: 60_000, wholeMs: 60_000 },
      controller.signal,
    );
    setTimeout(() => {
      controller.abort();
    }, 300);
    await expect(run).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('fails where the sandbox is not whole', async () => {
    const { workerUrl, wasmUrl } = sandboxFiles();
    const isCorrupt = (error: unknown): boolean => CandorError.is(error, 'corrupt');
    const tasks = [{ source: 'a => a', inputs: ['[]'] }];
    await expect(runFunctions({ workerUrl, wasmUrl: new URL('none', wasmUrl) }, tasks, LIMITS)).rejects.toSatisfy(
      isCorrupt,
    );
    await expect(runFunctions({ workerUrl, wasmUrl: workerUrl }, tasks, LIMITS)).rejects.toSatisfy(isCorrupt);
  });

  it('says when all the time is over', async () => {
    const tasks = new Array(20).fill({ source: '() => { for (;;); }', inputs: ['[]', '[]'] });
    expect(await runFunctions(sandboxFiles(), tasks, { ...LIMITS, mostSteps: 1e9, wholeMs: 1_000 })).toBeNull();
  });
});
