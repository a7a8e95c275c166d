import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editJson, type JsonEdit } from '../../../../src/capture/recorder/editJson.ts';

const set = (path: string, value: unknown): JsonEdit => ({ path: path.split('.'), change: 'set', value });
const replace = (path: string, value: unknown): JsonEdit => ({ path: path.split('.'), change: 'replace', value });
const remove = (path: string): JsonEdit => ({ path: path.split('.'), change: 'remove' });
const unsay = (path: string): JsonEdit => ({ path: path.split('.'), change: 'unsay' });

describe('editJson changes what it is told, and nothing else', () => {
  it.each<[string, string, JsonEdit, string]>([
    ['a new member at the end', '{"a":1.0}', set('b', true), '{"a":1.0,"b":true}'],
    ['a member of an empty object', ' { } ', set('b', 5), ' {"b":5 } '],
    ['a member that is there', '{"b" : null, "a":1e400}', set('b', 5), '{"b" : 5, "a":1e400}'],
    ['a member that is there twice', '{"b":1,"b":2}', set('b', 5), '{"b":5,"b":5}'],
    ['a value that is not ASCII', '{}', set('b', 'é'), '{"b":"\\u00e9"}'],
    ['a replacement', '{"t":[1,2],"n":0}', replace('t', []), '{"t":[],"n":0}'],
    ['a replacement of nothing', '{"n":0}', replace('t', []), '{"n":0}'],
    ['the first of two removed', '{"t":[1],"n":0}', remove('t'), '{"n":0}'],
    ['the last of two removed', '{ "n": 0, "t": {"t":1} }', remove('t'), '{ "n": 0 }'],
    ['the only one removed', '{"t":1}', remove('t'), '{}'],
    ['several of one name removed', '{"t":1,"a":1,"t":2,"b":2,"t":3,"t":4}', remove('t'), '{"a":1,"b":2}'],
    ['all of one name removed', '{ "t":1 , "t":2 }', remove('t'), '{  }'],
    ['the last one unsaid', '{"c":[{"i":0,"l":{"x":1}}]}', unsay('c.*.l'), '{"c":[{"i":0}]}'],
    ['one between others unsaid', '{"c":[{"l":{"x":1},"i":0}]}', unsay('c.*.l'), '{"c":[{"l":null,"i":0}]}'],
    [
      'each item of a list',
      '{"c":[{"l":1,"i":0}, {"l":[],"i":1}]}',
      replace('c.*.l', null),
      '{"c":[{"l":null,"i":0}, {"l":null,"i":1}]}',
    ],
    ['items at the root', '[{"l":1},{"l":2}]', remove('*.l'), '[{},{}]'],
    ['a name in a string', '{"a":"\\\\\\"l\\":1","l":1}', remove('l'), '{"a":"\\\\\\"l\\":1"}'],
    ['brackets in a string', '{"a":"}]{[","l":1,"b":"\\\\"}', remove('l'), '{"a":"}]{[","b":"\\\\"}'],
    ['a name that is spelt with an escape', '{"\\u006c":1,"l":2,"b":3}', remove('l'), '{"b":3}'],
    ['a path through another kind of value', '{"c":{"l":1}}', remove('c.*.l'), '{"c":{"l":1}}'],
    ['a root that is no object', '5', set('a', 1), '5'],
  ])('%s', (_, json, edit, expected) => {
    expect(editJson(json, [edit])).toBe(expected);
  });

  it('adds a member to any object, and takes it away again', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.jsonValue(), fc.nat(3), (object, value, indent) => {
        const json = JSON.stringify(object, null, indent);
        const name = 'logprobs!';
        const added = editJson(json, [{ path: [name], change: 'set', value }]);
        expect(JSON.parse(added)).toStrictEqual({
          ...(JSON.parse(json) as object),
          [name]: JSON.parse(JSON.stringify(value)) as unknown,
        });
        // An empty object that was spelt over lines is one all the same.
        expect(editJson(added, [{ path: [name], change: 'remove' }])).toBe(json);
        expect(editJson(added, [{ path: [name], change: 'unsay' }])).toBe(json);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it('finds any member of any value, through bytes as through characters', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.jsonValue(), (value, other) => {
        const whole = { a: [{ x: value, l: 1, é: other }, { l: value }, other], 'b"\\': value };
        const json = JSON.stringify(whole, null, 1);
        const bytes = Buffer.from(json).toString('latin1');
        const edited = editJson(bytes, [{ path: ['a', '*', 'l'], change: 'replace', value: 'new' }]);
        const expected = structuredClone(JSON.parse(json) as typeof whole);
        for (const item of expected.a) {
          if (typeof item === 'object' && item !== null && 'l' in item) Object.assign(item, { l: 'new' });
        }
        expect(JSON.parse(Buffer.from(edited, 'latin1').toString())).toStrictEqual(expected);
      }),
      { seed: 2, numRuns: 300 },
    );
  });
});
