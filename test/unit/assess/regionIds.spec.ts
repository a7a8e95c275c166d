import { describe, expect, it } from 'vitest';
import { assessText } from '../../../src/assess/assessText.ts';
import { regionIds } from '../../../src/assess/regionIds.ts';
import { inProcessParser } from '../../support/inProcessParser.ts';
import { scriptedEngine } from '../../support/scriptedEngine.ts';

describe('regionIds', () => {
  it('tells regions apart by their leaves, and equal ones by their number', () => {
    const [a, b, again, third] = regionIds('salt', [
      ['a', '=', '1'],
      ['b', '=', '1'],
      ['a', '=', '1'],
      ['a', '=', '1'],
    ]);
    expect(a).toMatch(/^[0-9a-f]{16}\.1$/);
    expect(b).toMatch(/^[0-9a-f]{16}\.1$/);
    expect(b).not.toBe(a);
    expect(again).toBe(a?.replace(/1$/, '2'));
    expect(third).toBe(a?.replace(/1$/, '3'));
  });

  it('tells where one leaf ends and the next begins', () => {
    const ids = regionIds('salt', [['ab', 'c'], ['a', 'bc'], ['abc'], ['ab', 'c', ''], []]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.every((id) => id.endsWith('.1'))).toBe(true);
  });

  it('gives others nothing to compare with: another salt, another identity', () => {
    expect(regionIds('one', [['a']])).not.toEqual(regionIds('two', [['a']]));
    expect(regionIds('one', [['a']])).toEqual(regionIds('one', [['a']]));
  });
});

describe('the identity of a region', () => {
  const assessor = { engine: scriptedEngine({ logprobNats: () => -1 }), parser: inProcessParser, salt: 'salt' };
  const FIRST = 'function first(a, b) {\n  return a + b; // sum\n}\n';
  const SECOND = 'function second() {\n  return "x  y";\n}\n';

  async function idsOf(text: string): Promise<ReadonlyMap<string | undefined, string>> {
    const { regions } = await assessText(assessor, { text, path: 'a.js', language: 'javascript' });
    return new Map(regions.map(({ assessment }) => [assessment.region.name, assessment.region.id]));
  }

  it('stays when the region is moved, indented, formatted, or its comments change', async () => {
    const before = await idsOf(FIRST + SECOND);
    expect(await idsOf(SECOND + FIRST)).toEqual(new Map([...before].reverse()));
    expect(await idsOf(FIRST.replaceAll('\n', '\r\n  ') + SECOND)).toEqual(before);
    expect(
      await idsOf(`${FIRST.replace('(a, b)', '(a,\n    b)').replace('// sum', '/* the sum */')}\n\n// more\n${SECOND}`),
    ).toEqual(before);
  });

  it('changes with any leaf of the region, and of no other', async () => {
    const before = await idsOf(FIRST + SECOND);
    for (const changed of [
      FIRST.replace('a + b', 'a - b'),
      FIRST.replace('a + b', 'a + c'),
      FIRST.replace('(a, b)', '(b, a)'),
    ]) {
      const after = await idsOf(changed + SECOND);
      expect(after.get('first')).not.toBe(before.get('first'));
      expect(after.get('second')).toBe(before.get('second'));
    }
  });

  it('sees the blanks inside of strings', async () => {
    expect((await idsOf(SECOND.replace('x  y', 'x y'))).get('second')).not.toBe((await idsOf(SECOND)).get('second'));
  });
});
