import { describe, expect, it } from 'vitest';
import type { RegionFate } from '../../../../src/history/fate/regionFate.ts';
import { RegionFollower, type LandedFile } from '../../../../src/history/fate/regionFollower.ts';
import type { LanguageId } from '../../../../src/syntax/languages.ts';
import { codeLeaves } from '../../../support/codeLeaves.ts';

const DAY_MS = 86_400_000;

/** A change of files by path: null for one that is not there. */
type Versions = Readonly<Record<string, readonly [before: string | null, after: string | null]>>;

function landedFiles(
  versions: Versions,
  language: LanguageId,
  renames: Readonly<Record<string, string>>,
): LandedFile[] {
  return Object.entries(versions).map(([path, [before, after]]) => ({
    pathBefore: before === null ? null : path,
    pathAfter: after === null ? null : (renames[path] ?? path),
    before: async () => (before === null ? null : codeLeaves(before, language)),
    after: async () => (after === null ? null : codeLeaves(after, language)),
  }));
}

interface Case {
  readonly language?: LanguageId;
  /** The file, in which what stands between « and » is the region. */
  readonly code: string;
  readonly landings: readonly (Versions & { readonly fix?: never })[];
  readonly fixes?: readonly number[];
  readonly renames?: Readonly<Record<string, string>>;
}

/** Follows the region marked in `code`, the file f, through landings a day apart. */
async function fateOf({ language = 'typescript', code, landings, fixes = [], renames = {} }: Case): Promise<{
  readonly fate: RegionFate;
  readonly words: readonly string[];
}> {
  const text = code.replaceAll(/[«»]/g, '');
  const leaves = await codeLeaves(text, language);
  const [start, end] = [code.indexOf('«'), code.indexOf('»') - 1];
  const startOf = (ordinal: number): number => leaves.spans.starts[leaves.spans.leaves[ordinal] ?? 0] ?? 0;
  const inside = [...leaves.ordinals.keys()].filter((leaf) => {
    const at = startOf(leaves.ordinals[leaf] ?? 0);
    return at >= start && at < end;
  });
  const follower = new RegionFollower();
  follower.add({ id: 'r', path: 'f', firstLeaf: inside[0]!, endLeaf: inside.at(-1)! + 1 });
  for (const [index, versions] of landings.entries()) {
    await follower.apply({
      hash: `landing ${index}`,
      atMs: (index + 1) * DAY_MS,
      isFix: fixes.includes(index),
      files: landedFiles(versions, language, renames),
    });
  }
  return { fate: follower.fateOf('r')!, words: inside.map((leaf) => leaves.words[leaf]!) };
}

/** The events of a region whose file changes once, and the words of its leaves and gaps that changed. */
async function eventsOf(before: string, after: string, language: LanguageId = 'typescript'): Promise<string> {
  const bare = before.replaceAll(/[«»]/g, '');
  const { fate, words } = await fateOf({ code: before, language, landings: [{ f: [bare, after] }] });
  const leaves = words.filter((_, index) => !Number.isNaN(fate.leafChangesMs[index]!));
  const gaps = words
    .slice(0, -1)
    .flatMap((word, index) => (Number.isNaN(fate.gapChangesMs[index]!) ? [] : [`${word}_${words[index + 1]}`]));
  return [
    ...(fate.touched ? ['touched'] : []),
    ...(fate.extended ? ['extended'] : []),
    ...(fate.censored ? [fate.censored.why] : []),
    ...leaves,
    ...gaps,
  ].join(' ');
}

const ADD = 'function add(a, b) {\n  const sum = a + b;\n  return sum;\n}\n';

describe('what counts as a change', () => {
  it.each([
    ['nothing', `«${ADD}»`, ADD, ''],
    ['layout', `«${ADD}»`, ADD.replaceAll('\n', ' '), ''],
    ['comments', `«${ADD}»`, `/** Adds. */\n${ADD.replace('return', '// so\n  return')}`, ''],
    ['quotes', "«log('a', 'b');»", 'log("a", "b");', ''],
    ['a comma before a bracket', '«log(a, b)»', 'log(\n  a,\n  b,\n);', ''],
    ['code outside', `let x = 1;\n«${ADD}»`, `let y = 2;\n${ADD}let z = 3;\n`, ''],
    ['an operator', `«${ADD}»`, ADD.replace('+', '-'), 'touched +'],
    ['a name of a local, where it is declared', `«${ADD}»`, ADD.replaceAll('sum', 'total'), 'touched sum'],
    ['a deleted statement', `«${ADD}»`, ADD.replace('  const sum = a + b;\n', ''), 'touched const sum = a + b'],
    ['a new operand', `«${ADD}»`, ADD.replace('a + b', 'a + b + 1'), 'touched b_return'],
    ['a new parameter', `«${ADD}»`, ADD.replace('(a, b)', '(a, b, c)'), 'touched b_)'],
    ['a new statement', `«${ADD}»`, ADD.replace('  return', '  log(sum);\n  return'), 'extended'],
    ['a statement like its neighbour', '«f(a);\nf(b);»', 'f(a);\nf(c);\nf(b);', 'extended'],
    ['a new argument', '«call(first, second)»', 'call(first, other, second)', 'extended'],
    ['a new element', '«const list = [1, 2];»', 'const list = [1, 3, 2];', 'extended'],
    ['a new member', '«class A {\n  a() {}\n  b() {}\n}»', 'class A {\n  a() {}\n  c() {}\n  b() {}\n}', 'extended'],
    ['a new function between two like it', `«${ADD}»${ADD.replace('add', 'two')}`, `${ADD}${ADD.replace('add', 'one')}${ADD.replace('add', 'two')}`, ''], // prettier-ignore
    ['the next function goes', `«${ADD}»${ADD.replace('add', 'two')}`, ADD, ''],
    ['a wrapping block', '«f(a);\ng(b);»', 'if (x) {\n  f(a);\n  g(b);\n}', ''],
  ])('%s', async (_, before, after, events) => {
    expect(await eventsOf(before, after)).toBe(events);
  });

  it.each<[string, LanguageId, string, string, string]>([
    [
      'python',
      'python',
      "«def f(a):\n    return g('x', a)\n»",
      'def f(a):\n    return g(\n        "x",\n        a,\n    )\n',
      '',
    ],
    ['python', 'python', '«def f(a):\n    b = a\n    return b\n»', 'def f(a):\n    b = a\n    if b < 0:\n        raise E()\n    return b\n', 'extended'], // prettier-ignore
    ['go', 'go', 'package p\n«func f() int {\n\ta := 1\n\treturn a\n}»\n', 'package p\nfunc f() int {\n\ta := 1\n\tlog(a)\n\treturn a\n}\n', 'extended'], // prettier-ignore
    ['rust', 'rust', '«fn f() -> i32 { let a = 1; a }»', 'fn f() -> i32 { let a = 1; log(a); a }', 'extended'],
    ['java', 'java', '«class A { int f() { int a = 1; return a; } }»', 'class A { int f() { int a = 1; log(a); return a; } }', 'extended'], // prettier-ignore
    ['c', 'c', '«int f() { int a = 1; return a; }»', 'int f() { int a = 1; log(a); return a; }', 'extended'],
    ['ruby', 'ruby', '«def f\n  a = 1\n  a\nend»', 'def f\n  a = 1\n  log(a)\n  a\nend', 'extended'],
    ['php', 'php', '<?php\n«function f() { $a = 1; return $a; }»', '<?php\nfunction f() { $a = 1; log($a); return $a; }', 'extended'], // prettier-ignore
    ['csharp', 'csharp', '«class A { int F() { int a = 1; return a; } }»', 'class A { int F() { int a = 1; Log(a); return a; } }', 'extended'], // prettier-ignore
    ['cpp', 'cpp', '«int f() { int a = 1; return a; }»', 'int f() { int a = 1; log(a); return a; }', 'extended'],
  ])('in %s', async (_, language, before, after, events) => {
    expect(await eventsOf(before, after, language)).toBe(events);
  });
});

describe('a region in landing after landing', () => {
  const CHANGED = ADD.replace('+', '-');

  it('remembers the first change, and the first by a fix', async () => {
    const { fate } = await fateOf({
      code: `«${ADD}»`,
      landings: [{ f: [ADD, CHANGED] }, { f: [CHANGED, CHANGED.replace('return', 'throw')] }],
      fixes: [1],
    });
    expect(fate.touched).toEqual({ atMs: DAY_MS, landing: 'landing 0' });
    expect(fate.fixed).toEqual({ atMs: 2 * DAY_MS, landing: 'landing 1' });
  });

  it('is not touched by a fix of what was put in later', async () => {
    const more = ADD.replace('  return', '  log(1);\n  return');
    const { fate } = await fateOf({
      code: `«${ADD}»`,
      landings: [{ f: [ADD, more] }, { f: [more, more.replace('log(1)', 'log(2)')] }],
      fixes: [1],
    });
    expect(fate).toMatchObject({ touched: null, fixed: null, extended: { landing: 'landing 0' } });
  });

  it('is followed into the file that it is moved to', async () => {
    const { fate } = await fateOf({
      code: `let x = 1;\n«${ADD}»`,
      landings: [
        { f: [`let x = 1;\n${ADD}`, 'let x = 1;\n'], g: ['let y = 2;\n', `let y = 2;\n${ADD}`] },
        { g: [`let y = 2;\n${ADD}`, `let y = 2;\n${CHANGED}`] },
      ],
    });
    expect(fate.touched).toEqual({ atMs: 2 * DAY_MS, landing: 'landing 1' });
  });

  it('is followed to another place in its file, and where its file is renamed', async () => {
    const other = 'class Other {\n  method(one, two, three) {\n    return one * two * three;\n  }\n}\n';
    const { fate } = await fateOf({
      code: `«${ADD}»${other}${other}`,
      landings: [
        { f: [`${ADD}${other}${other}`, `${other}${other}${ADD}`] },
        { f: [`${other}${other}${ADD}`, `${other}${other}${ADD}`] },
      ],
      renames: {},
    });
    expect(fate.touched).toBeNull();
    const renamed = await fateOf({ code: `«${ADD}»`, landings: [{ f: [ADD, ADD] }], renames: { f: 'h' } });
    expect(renamed.fate).toMatchObject({ touched: null, censored: null });
  });

  it('keeps the leaves whose name was changed along with a declaration elsewhere, but not with one of its own', async () => {
    const use = 'function total(list) {\n  return sumOf(list) + sumOf([1]);\n}\n';
    const { fate } = await fateOf({
      code: `«${use}»`,
      landings: [
        {
          f: [use, use.replaceAll('sumOf', 'addAll')],
          g: ['export function sumOf(a) { return a; }\n', 'export function addAll(a) { return a; }\n'],
        },
      ],
    });
    expect(fate.touched).toBeNull();
    expect(await eventsOf(`«${ADD}»`, ADD.replace('add', 'plus'))).toBe('touched add');
    expect(await eventsOf(`«${use}»`, use.replaceAll('sumOf', 'addAll'))).toBe('touched sumOf sumOf');
  });

  it('is censored with its file, and when a feature goes', async () => {
    const gone = await fateOf({ code: `«${ADD}»`, landings: [{ f: [ADD, null] }] });
    expect(gone.fate).toMatchObject({ touched: null, censored: { why: 'file-deleted', atMs: DAY_MS } });
    const whole = `let x = 1;\n${ADD}`;
    const feature: Versions = { a: ['a;', null], b: ['b;', null], c: ['c;', null], f: [whole, 'let x = 1;\n'] };
    const removed = await fateOf({ code: `let x = 1;\n«${ADD}»`, landings: [feature] });
    expect(removed.fate).toMatchObject({ touched: null, censored: { why: 'feature-removed' } });
    const deleted = await fateOf({ code: `let x = 1;\n«${ADD}»`, landings: [{ f: [whole, 'let x = 1;\n'] }] });
    expect(deleted.fate).toMatchObject({ touched: { atMs: DAY_MS }, censored: null });
  });

  it('is censored where a version cannot be read', async () => {
    const follower = new RegionFollower();
    follower.add({ id: 'r', path: 'f', firstLeaf: 0, endLeaf: 3 });
    const unreadable = (): Promise<null> => Promise.resolve(null);
    const files = [{ pathBefore: 'f', pathAfter: 'f', before: unreadable, after: unreadable }];
    await follower.apply({ hash: 'h', atMs: 5, isFix: true, files });
    expect(follower.fateOf('r')).toMatchObject({ fixed: null, censored: { why: 'unreadable', atMs: 5 } });
    expect(follower.fateOf('unknown')).toBeNull();
  });
});
