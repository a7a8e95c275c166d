import { describe, expect, it } from 'vitest';
import { createToolCalls } from '../../../../src/capture/recorder/toolCalls.ts';

function textsOf(...bodies: readonly unknown[]): readonly string[] {
  const calls = createToolCalls();
  for (const body of bodies) calls.read(body);
  return calls.texts();
}

const CODE = 'def add(a, b):\n    return a + b\n';
const OTHER = 'const total = sum(items);';

const call = (index: number, piece: string): object => ({ index, function: { arguments: piece } });
const chunk = (...calls: readonly object[]): object => ({ choices: [{ index: 0, delta: { tool_calls: calls } }] });

describe('texts among the arguments of tools', () => {
  it('of a chat that comes whole', () => {
    const args = JSON.stringify({ path: 'src/a.py', content: CODE, edits: [{ old: 'x', new: OTHER }], line: 3 });
    expect(textsOf({ choices: [{ index: 0, message: { tool_calls: [{ function: { arguments: args } }] } }] })).toEqual([
      CODE,
      OTHER,
    ]);
  });

  it('of two calls whose pieces are mixed', () => {
    const [one, two] = [JSON.stringify({ content: CODE }), JSON.stringify({ content: OTHER })];
    const bodies = Array.from(one).flatMap((unit, at) => [chunk(call(0, unit)), chunk(call(1, two.charAt(at)))]);
    expect(textsOf(...bodies, chunk(call(1, two.slice(one.length))))).toEqual([CODE, OTHER]);
  });

  it('of the old kind of call', () => {
    const function_call = { name: 'write', arguments: JSON.stringify({ content: CODE }) };
    expect(textsOf({ choices: [{ message: { function_call } }] })).toEqual([CODE]);
  });

  it('of Ollama', () => {
    expect(textsOf({ message: { tool_calls: [{ function: { arguments: { content: CODE } } }] }, done: true })).toEqual([
      CODE,
    ]);
  });

  it('of Responses, once although they are repeated', () => {
    const items = [
      { type: 'function_call', arguments: JSON.stringify({ content: CODE }) },
      { type: 'custom_tool_call', input: OTHER },
    ];
    const events = items.map((item, at) => ({ type: 'response.output_item.done', output_index: at, item }));
    expect(textsOf(...events, { type: 'response.completed', response: { output: items } })).toEqual([CODE, OTHER]);
    expect(textsOf({ object: 'response', output: items })).toEqual([CODE, OTHER]);
  });

  it.each([
    ['a path', 'src/core/words.ts(1)'],
    ['a sentence', 'Look at the file and say what it does'],
    ['a short text', 'a = b;'],
    ['an address', 'https://example.com/a?b={c}'],
  ])('but not %s', (_, text) => {
    expect(textsOf(chunk(call(0, JSON.stringify({ text }))))).toEqual([]);
  });

  it.each([
    ['cut short', chunk(call(0, '{"content":"def add('))],
    ['no JSON', chunk(call(0, 'def add(a, b): pass'))],
    [
      'of other shapes',
      { choices: [null, { delta: { tool_calls: 'x' } }, { delta: { tool_calls: [null, { function: [] }] } }] },
    ],
    ['nothing', null],
  ])('nor arguments that are %s', (_, body) => {
    expect(textsOf(body)).toEqual([]);
  });

  it('nor what is nested beyond reason', () => {
    const deep = `${'['.repeat(50)}${JSON.stringify(CODE)}${']'.repeat(50)}`;
    expect(textsOf(chunk(call(0, deep)))).toEqual([]);
  });
});
