import { describe, expect, it } from 'vitest';
import { fixedLines } from '../../../../src/lab/fixes/fixedLines.ts';
import { codeLeaves } from '../../../support/codeLeaves.ts';

/** Lines from 0 of the two versions. */
async function compared(
  before: readonly string[],
  after: readonly string[],
): Promise<{ changed: readonly number[]; insertedBefore: readonly number[]; fresh: readonly number[] }> {
  const leaves = (lines: readonly string[]): ReturnType<typeof codeLeaves> =>
    codeLeaves(lines.join('\n'), 'javascript');
  const { changed, insertedBefore, fresh } = fixedLines(await leaves(before), await leaves(after));
  return { changed: [...changed], insertedBefore: [...insertedBefore], fresh: [...fresh] };
}

const FUNCTION = ['function f(a, b) {', '  const c = a + b;', '  if (c) {', '    g(c);', '  }', '  return c;', '}'];

/** The function with some lines replaced: none for null, several for a list. */
const with_ = (changes: Readonly<Record<number, string | readonly string[]>>): readonly string[] =>
  FUNCTION.flatMap((line, at) => changes[at] ?? line);

describe('the lines of a fix', () => {
  it('are those of which something changed', async () => {
    expect(await compared(FUNCTION, with_({ 1: '  const c = a - b;' }))).toEqual({
      changed: [1],
      insertedBefore: [],
      fresh: [1],
    });
  });

  it('are those that are gone', async () => {
    expect(await compared(FUNCTION, with_({ 3: [] }))).toEqual({ changed: [3], insertedBefore: [], fresh: [] });
  });

  it.each([
    ['inside', { 3: '    g(c, a);' }, 3],
    ['at the end', { 5: '  return c || b;' }, 5],
    ['at the beginning', { 3: '    await g(c);' }, 3],
    ['inside, on a line of its own', { 3: ['    g(', '      a,', '      c);'] }, 3],
  ])('are those to which something was added %s', async (_, change, line) => {
    const { changed, insertedBefore } = await compared(FUNCTION, with_(change));
    expect({ changed, insertedBefore }).toEqual({ changed: [line], insertedBefore: [] });
  });

  it('are none where whole lines came in between: what follows is told', async () => {
    expect(await compared(FUNCTION, with_({ 5: ['  if (!c) throw a;', '  return c;'] }))).toEqual({
      changed: [],
      insertedBefore: [5],
      fresh: [5],
    });
  });

  it('are none of a bracket alone', async () => {
    const { changed, insertedBefore } = await compared(FUNCTION, with_({ 4: ['  } else {', '    h();', '  }'] }));
    expect({ changed, insertedBefore }).toEqual({ changed: [], insertedBefore: [5] });
  });

  it('are none where only the layout, a comment or a semicolon changed', async () => {
    const laidOut = with_({ 0: ['function f(', '  a,', '  b,', ') {'], 3: ['    // Go.', '    g(c)'] });
    expect(await compared(FUNCTION, laidOut)).toEqual({ changed: [], insertedBefore: [], fresh: [] });
  });

  it('are none inside a text over several lines', async () => {
    const before = ['const a = `one', '  two`;', 'const b = 1;'];
    const after = ['const a = `one', '  three`;', 'const b = 2;'];
    expect((await compared(before, after)).changed).toEqual([2]);
  });

  it('are none for the same text', async () => {
    expect(await compared(FUNCTION, FUNCTION)).toEqual({ changed: [], insertedBefore: [], fresh: [] });
  });
});
