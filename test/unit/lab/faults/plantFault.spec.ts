import { describe, expect, test } from 'vitest';
import type { FaultKind } from '../../../../src/lab/faults/faultKinds.ts';
import { plantFault, type FaultTarget } from '../../../../src/lab/faults/plantFault.ts';
import { slippedLines } from '../../../../src/lab/faults/slippedLines.ts';
import { findRegions } from '../../../../src/syntax/findRegions.ts';
import type { LanguageId } from '../../../../src/syntax/languages.ts';
import { isSkipped } from '../../../../src/syntax/skipped.ts';
import { inProcessParser } from '../../../support/inProcessParser.ts';
import { randomNumbers } from '../../../support/randomNumbers.ts';

async function targetOf(text: string, language: LanguageId): Promise<FaultTarget> {
  const spans = await inProcessParser.spans(text, language);
  if (isSkipped(spans)) throw new Error('not parsed');
  const region = findRegions(spans, text).find(({ kind }) => kind === 'function')!;
  return { text, language, spans, region };
}

/** Slips of each kind, drawn in a function with one place for one of them. */
const ONE_PLACE: readonly (readonly [
  FaultKind,
  LanguageId,
  before: string,
  after: string,
  faults: readonly number[],
])[] = [
  ['operator', 'python', 'def f():\n    return p[q] - r[s]\n', 'def f():\n    return p[q] + r[s]\n', [1]],
  ['bound', 'rust', 'fn f() {\n  g(p()..=q(r..));\n}\n', 'fn f() {\n  g(p()..q(r..));\n}\n', [1]],
  [
    'argumentOrder',
    'go',
    'package p\n\nfunc f() {\n\tg(\n\t\tx,\n\t\ty,\n\t)\n}\n',
    'package p\n\nfunc f() {\n\tg(\n\t\ty,\n\t\tx,\n\t)\n}\n',
    [4, 5],
  ],
  [
    'variableInScope',
    'java',
    'class A {\n  int f(int p, int q) {\n    return p;\n  }\n}\n',
    'class A {\n  int f(int p, int q) {\n    return q;\n  }\n}\n',
    [2],
  ],
  ['literal', 'typescript', 'function f() {\n  return true;\n}\n', 'function f() {\n  return false;\n}\n', [1]],
  ['negation', 'c', 'int f() {\n  return !g();\n}\n', 'int f() {\n  return g();\n}\n', [1]],
  ['method', 'python', 'def f():\n    xs.first(p)\n\nxs.last(q)\n', 'def f():\n    xs.last(p)\n\nxs.last(q)\n', [1]],
  [
    'missingGuard',
    'typescript',
    'function f() {\r\n  // Not here.\r\n  if (p < q) {\r\n    return;\r\n  }\r\n  // Else.\r\n  g(); // 😀\r\n}\r\n',
    'function f() {\r\n  // Else.\r\n  g(); // 😀\r\n}\r\n',
    [2],
  ],
];

test.each(ONE_PLACE)('a slip of kind %s in %s', async (kind, language, before, after, faults) => {
  const target = await targetOf(before, language);
  for (let seed = 0; seed < 40; seed++) {
    const fault = await plantFault(target, inProcessParser, randomNumbers(seed));
    if (fault?.kind !== kind || fault.text !== after) continue;
    expect(fault.faults).toEqual(faults);
    expect(fault.text.slice(fault.start, fault.start + fault.after.length)).toBe(fault.after);
    expect(before.slice(fault.start, fault.start + fault.before.length)).toBe(fault.before);
    return;
  }
  expect.unreachable('never drawn');
});

describe('plantFault', () => {
  test('has nothing to do with a function in which nothing can slip', async () => {
    const target = await targetOf('function f() {\n  g();\n  h();\n}\n', 'typescript');
    expect(await plantFault(target, inProcessParser, randomNumbers(1))).toBe(null);
  });

  test('does not end up with what breaks the syntax, nor with what the parser gives up on', async () => {
    const target = await targetOf('function f(a: number, b: number) {\n  return a < b;\n}\n', 'typescript');
    const refusing = { ...inProcessParser, keepsParsing: () => Promise.resolve([false]) };
    expect(await plantFault(target, refusing, randomNumbers(1))).toBe(null);
    const tired = { ...inProcessParser, spans: () => Promise.resolve({ skipped: 'too-slow' as const }) };
    expect(await plantFault(target, tired, randomNumbers(1))).toBe(null);
  });

  test('rejects with the reason of the signal', async () => {
    const target = await targetOf('function f(a: number, b: number) {\n  return a < b;\n}\n', 'typescript');
    const reason = new Error('enough');
    const call = plantFault(target, inProcessParser, randomNumbers(1), AbortSignal.abort(reason));
    await expect(call).rejects.toBe(reason);
  });

  test('draws the kinds alike, and the places of a kind alike', async () => {
    // Three literals, and one or two places of each of three other kinds.
    const target = await targetOf('function f() {\n  g(10 / p[q], 20, 30, !r[s] && t[u]);\n}\n', 'typescript');
    const random = randomNumbers(7);
    const draws = 900;
    const kinds = new Map<string, number>();
    const literals = new Map<string, number>();
    for (let draw = 0; draw < draws; draw++) {
      const fault = (await plantFault(target, inProcessParser, random))!;
      kinds.set(fault.kind, (kinds.get(fault.kind) ?? 0) + 1);
      if (fault.kind === 'literal') literals.set(fault.before, (literals.get(fault.before) ?? 0) + 1);
    }
    const possible = ['argumentOrder', 'literal', 'negation', 'operator'];
    expect([...kinds.keys()].sort()).toEqual(possible);
    const chance = 1 / possible.length;
    // Four standard deviations.
    for (const [kind, count] of kinds) {
      expect(Math.abs(count - draws * chance), kind).toBeLessThan(4 * Math.sqrt(draws * chance * (1 - chance)));
    }
    const literalCount = kinds.get('literal')!;
    expect([...literals.keys()].sort()).toEqual(['10', '20', '30']);
    for (const [literal, count] of literals) {
      expect(Math.abs(count - literalCount / 3), literal).toBeLessThan(4 * Math.sqrt((literalCount * 2) / 9));
    }
  });
});

describe('slippedLines', () => {
  const linesOf = async (before: string, start: number, end: number, replacement: string): Promise<unknown> => {
    const after = before.slice(0, start) + replacement + before.slice(end);
    const [old, fresh] = await Promise.all([targetOf(before, 'javascript'), targetOf(after, 'javascript')]);
    return slippedLines({ before: old, after: fresh, start, end, replacement });
  };
  const text = 'function f() {\n  return a + 1;\n}\n';
  const at = text.indexOf('a + 1');

  test('are those of the new leaves', async () => {
    expect(await linesOf(text, at, at + 1, 'b')).toEqual([1]);
    expect(await linesOf(text, at, at + 1, 'b +\n c')).toEqual([1, 2]);
  });

  test('are that of the next leaf where all is left out', async () => {
    expect(await linesOf(text, at, at + 5, '')).toEqual([1]);
    expect(await linesOf('function f() {\n  a();\n\n  b();\n}\n', 17, 21, '')).toEqual([3]);
  });

  test('are none where the leaves are the same', async () => {
    expect(await linesOf(text, at, at + 5, 'a  +  1')).toBe(null);
    expect(await linesOf(text, at, at + 5, 'a + /* one */ 1')).toBe(null);
  });

  test('are none where leaves outside read differently', async () => {
    // What follows becomes a comment, or a text.
    expect(await linesOf(text, at, at + 1, 'b //')).toBe(null);
    expect(await linesOf('function f() {\n  return a + `1`;\n}\n', at, at + 1, 'b`')).toBe(null);
  });
});
