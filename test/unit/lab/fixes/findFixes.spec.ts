import { describe, expect, it } from 'vitest';
import { openRepository } from '../../../../src/history/openRepository.ts';
import { findFixes, type Fix } from '../../../../src/lab/fixes/findFixes.ts';
import { commitAll, gitRepository } from '../../../support/gitRepository.ts';
import { inProcessParser } from '../../../support/inProcessParser.ts';
import { writeFiles } from '../../../support/temporaryFolder.ts';

const body = (name: string, lines: number, middle = `  step(${name});`): string =>
  [
    `export function ${name}(value) {`,
    '  // What it does.',
    ...Array.from({ length: lines - 4 }, (_, line) => `  const v${line} = use(value, ${line});`),
    middle,
    `  return finish(${name});`,
    '}',
    '',
  ].join('\n');

/** A file with two functions. */
const file = (middle?: string, lines = 8): string => `${body('first', 6)}\n${body('second', lines, middle)}`;

interface Step {
  readonly message: string;
  readonly files: Readonly<Record<string, string>>;
}

async function fixesIn(
  steps: readonly Step[],
  most = { changed: 9, inserted: 9 },
  seed = 1,
): Promise<{ readonly fixes: readonly Fix[]; readonly commits: readonly string[] }> {
  const folder = gitRepository({ 'src/a.js': file(), 'src/b.js': file(), 'test/a.test.js': 'test();\n' });
  const commits = steps.map(({ message, files }) => {
    writeFiles(folder, files);
    return commitAll(folder, message);
  });
  const tools = { repository: await openRepository(folder), parser: inProcessParser };
  return { fixes: await findFixes(tools, { name: 'o/r', ref: 'HEAD', seed, most }), commits };
}

const one = async (message: string, files: Readonly<Record<string, string>>): Promise<Fix | undefined> =>
  (await fixesIn([{ message, files }])).fixes[0];

describe('a small fix', () => {
  it('is the function as it was, with the line that was wrong', async () => {
    const { fixes, commits } = await fixesIn([
      { message: 'Start', files: { 'src/c.js': 'x();\n' } },
      {
        message: 'Fix the step',
        files: { 'src/a.js': file('  step(value);'), 'test/a.test.js': 'more();\ntests();\n', 'README.md': 'Fixed.\n' },
      },
    ]);
    expect(fixes).toHaveLength(1);
    const [fix] = fixes;
    expect(fix).toMatchObject({ kind: 'changed', landing: commits[1], parent: commits[0], path: 'src/a.js' });
    const { item } = fix!;
    expect(item.prefix + item.text + item.suffix).toBe(file());
    expect(item.text.startsWith('export function second')).toBe(true);
    expect(item.faults.map((line) => item.text.split('\n')[line])).toEqual(['  step(second);']);
    expect(item).toMatchObject({ group: `o/r ${commits[1]}`, language: 'javascript', path: 'src/a.js' });
  });

  it('of what was missing is of a kind of its own', async () => {
    const fix = await one('Fix a crash', { 'src/a.js': file('  check(value);\n  step(second);') });
    expect(fix?.kind).toBe('inserted');
    expect(fix?.item.faults.map((line) => fix.item.text.split('\n')[line])).toEqual(['  step(second);']);
  });

  it.each([
    ['does not say that it fixes anything', 'Change the step', { 'src/a.js': file('  step(value);') }],
    ['is of two files', 'Fix it', { 'src/a.js': file('  step(value);'), 'src/b.js': file('  step(value);') }],
    ['is of two functions', 'Fix it', { 'src/a.js': file('  step(value);').replace('step(first)', 'step(value)') }],
    ['is of no function', 'Fix it', { 'src/a.js': `${file()}const c = 1;\n` }],
    ['is of tests', 'Fix it', { 'test/a.test.js': file() }],
    ['is of the layout', 'Fix it', { 'src/a.js': file('  step(\n    second,\n  );') }],
    ['is of many lines', 'Fix it', { 'src/a.js': file('  a();\n  b();\n  c();\n  d();\n  e();\n  f(value);') }],
    ['is of a new file', 'Fix it', { 'src/c.js': file() }],
  ])('is none if it %s', async (_, message, files) => {
    expect(await one(message, files)).toBeUndefined();
  });

  it.each([
    [4, 0],
    [5, 1],
    [80, 1],
    [81, 0],
  ])('is of a function of 5 to 80 lines of code, so of %i lines counts %i times', async (lines, count) => {
    const { fixes } = await fixesIn([
      { message: 'Grow', files: { 'src/a.js': file(undefined, lines) } },
      { message: 'Fix it', files: { 'src/a.js': file('  step(value);', lines) } },
    ]);
    expect(fixes).toHaveLength(count);
  });

  it('leaves three sound lines', async () => {
    const before = 'function f() {\n  a(1);\n  b(1);\n  c(1);\n  d(1);\n}\n';
    const fixed = async (after: string): Promise<number> => {
      const steps = [
        { message: 'Add', files: { 'src/a.js': before } },
        { message: 'Fix it', files: { 'src/a.js': after } },
      ];
      return (await fixesIn(steps)).fixes.length;
    };
    expect(await fixed(before.replace('a(1)', 'a(2)').replace('b(1)', 'b(2)').replace('c(1)', 'c(2)'))).toBe(1);
    expect(await fixed(before.replaceAll('(1)', '(2)'))).toBe(0);
  });
});

describe('fixes', () => {
  const steps = Array.from({ length: 6 }, (_, step) => ({
    message: `Fix step ${step}`,
    files: { 'src/a.js': file(`  step(value, ${step});`) },
  }));

  it('are drawn by the seed, at most so many of a kind, oldest first', async () => {
    const { fixes, commits } = await fixesIn(steps, { changed: 3, inserted: 0 });
    const places = fixes.map(({ landing }) => commits.indexOf(landing));
    expect(places).toHaveLength(3);
    expect(places).toEqual([...places].sort());
    const drawn = async (seed: number): Promise<string> =>
      (await fixesIn(steps, { changed: 3, inserted: 0 }, seed)).fixes.map(({ item }) => item.text).join('');
    expect(await drawn(1)).toBe(fixes.map(({ item }) => item.text).join(''));
    expect(new Set(await Promise.all([1, 2, 3, 4].map(drawn))).size).toBeGreaterThan(1);
  });

  it('end with the reason of the signal', async () => {
    const folder = gitRepository({ 'src/a.js': file() });
    writeFiles(folder, { 'src/a.js': file('  step(value);') });
    commitAll(folder, 'Fix it');
    const repository = await openRepository(folder);
    const options = { name: 'o/r', ref: 'HEAD', seed: 1, most: { changed: 1, inserted: 1 } };
    const reason = new Error('enough');
    const found = findFixes({ repository, parser: inProcessParser }, { ...options, signal: AbortSignal.abort(reason) });
    await expect(found).rejects.toBe(reason);
  });
});
