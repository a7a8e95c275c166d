import { describe, expect, it } from 'vitest';
import type {
  BehaviourClusters,
  NoBehaviour,
} from '../../../../../src/syntax/sameCode/behaviour/clusterByBehaviour.ts';
import { clusterByBehaviour } from '../../../../../src/syntax/sameCode/behaviour/clusterByBehaviour.ts';
import { DEFAULT_BEHAVIOUR_LIMITS } from '../../../../../src/syntax/sameCode/behaviour/behaviourTask.ts';
import { textParser } from '../../samples.ts';
import { sandboxFiles } from './sandboxFiles.ts';

const TOOLS = {
  ...sandboxFiles(),
  parser: { spans: (text: string, language: 'javascript') => textParser.spansOf(text, language) },
} as Parameters<typeof clusterByBehaviour>[0];

/** Clusters of what is written at the `|` of a text. */
function clustered(around: string, ...continuations: string[]): Promise<BehaviourClusters | NoBehaviour> {
  const [prefix = '', suffix = ''] = around.split('|');
  return clusterByBehaviour(TOOLS, { prefix, suffix, language: 'javascript' }, continuations, DEFAULT_BEHAVIOUR_LIMITS);
}

const clustersOf = (answer: BehaviourClusters | NoBehaviour): readonly number[] =>
  'reason' in answer ? [] : answer.clusters;

describe('clusterByBehaviour', () => {
  it('puts functions together that do the same in other ways', async () => {
    const answer = await clustered(
      'function sum(numbers) {\n  |\n}\n',
      'return numbers.reduce((a, b) => a + b, 0);',
      'let sum = 0;\n  for (const number of numbers) sum += number;\n  return sum;',
      'return numbers.reduce((a, b) => a - b, 0);',
      'let total = 0; for (let i = 0; i <= numbers.length; i++) total += numbers[i]; return total;',
    );
    expect(clustersOf(answer)).toEqual([0, 0, 1, 2]);
    expect('reason' in answer ? 0 : answer.inputCount).toBeGreaterThan(40);
  });

  it('tells what differs at an edge, in what is mutated, and in what is thrown', async () => {
    const around = 'const first = (items) => {|}';
    const edges = await clustered(around, 'return items.at(-1)', 'return items[items.length - 1]', 'return items[0]');
    expect(clustersOf(edges)).toEqual([0, 0, 1]);
    const mutation = await clustered(
      around,
      'return items.sort().join()',
      'return items.toSorted().join()',
      'return [...items].sort().join()',
    );
    expect(clustersOf(mutation)[0]).toBe(0);
    expect(clustersOf(mutation)[2]).not.toBe(0);
    const thrown = await clustered(
      'function half(x) {|}',
      'if (x < 0) throw new RangeError(); return x / 2',
      'if (x < 0) throw new RangeError("negative: " + x); return x / 2',
      'if (x < 0) throw new Error(); return x / 2',
    );
    expect(clustersOf(thrown)).toEqual([0, 0, 1]);
  });

  it('finds objects by the properties that are read', async () => {
    const answer = await clustered(
      'class A { static area({ size: { width, height }, scale = 1 }) { return | } }',
      'width * height * scale',
      'scale * height * width',
      'width + height',
    );
    expect(clustersOf(answer)).toEqual([0, 0, 1]);
  });

  it('takes the innermost function that depends on its arguments alone', async () => {
    const around = 'function outer(list, limit) { return list.filter((item) => { | }) }';
    const inner = await clustered(around, 'return item > 1', 'return 1 < item');
    expect(clustersOf(inner)).toEqual([0, 0]);
    const outer = await clustered(around, 'return item > limit', 'return limit < item', 'return item >= limit');
    expect(clustersOf(outer)).toEqual([0, 0, 1]);
  });

  it('gives what does not parse, does not end or is never seen to work a cluster of its own', async () => {
    const answer = await clustered(
      'function twice(x) { |\n}',
      'return x * 2',
      'return x +',
      'for (;;);',
      'return x * 2 // twice',
      'return null.a',
      'return x.a.b.c',
      'for (;;);',
    );
    expect(clustersOf(answer)).toEqual([0, 1, 2, 0, 3, 4, 2]);
  });

  it.each<[NoBehaviour['reason'], string, string]>([
    ['foreign-names', 'function f(a) { | }', 'return g(a)'],
    ['foreign-names', 'const f = (a) => { | }', 'return f(a)'],
    ['foreign-names', 'function f(a) { | }', 'return eval(a)'],
    ['foreign-names', 'function f(a) { | }', 'return Date.now()'],
    ['not-plain', 'class A { f(a) { | } }', 'return this.a + a'],
    ['not-plain', 'async function f(a) { | }', 'return a'],
    ['not-plain', 'function* f(a) { | }', 'return a'],
    ['not-plain', 'class A { *f(a) { | } }', 'return a'],
    ['not-plain', 'class A { get f() { | } }', 'return 1'],
    ['not-plain', 'function f(a) { | }', "return import('a')"],
    ['no-function', 'a = |', 'b'],
    ['too-little-ran', 'function f(a) { | }', 'return a.b.c.d()'],
  ])('says %s for %s and %s', async (reason, around, continuation) => {
    expect(await clustered(around, continuation, `${continuation};`)).toEqual({ reason });
  });

  it('says so for other languages', async () => {
    const place = { prefix: 'def f(a):\n  return ', suffix: '', language: 'python' } as const;
    expect(await clusterByBehaviour(TOOLS, place, ['a', 'b'])).toEqual({ reason: 'other-language' });
  });

  it('lets recursion and own methods be', async () => {
    const answer = await clustered(
      'function count(n) { | }',
      'return n > 0 ? 1 + count(n - 1) : 0',
      'return n <= 0 ? 0 : 1 + count(n - 1)',
    );
    expect('reason' in answer).toBe(false);
  });
});
