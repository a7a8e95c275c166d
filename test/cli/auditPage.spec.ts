import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runCandor } from '../support/runCandor.ts';
import { temporaryFolder, writeFiles } from '../support/temporaryFolder.ts';

const FILES = { 'a.js': 'function f(a, b) {\n  return a + b;\n}\n', 'b.js': 'const </script> = 1;\n' };

it('writes a page that stands alone, beside an earlier report', { timeout: 60_000 }, async () => {
  const folder = temporaryFolder(FILES);
  const audit = (...args: readonly string[]): ReturnType<typeof runCandor> =>
    runCandor(folder, ['audit', '--engine=ngram', ...args]);
  expect(await audit('--format=json', '--out=old.json')).toMatchObject({ code: 0 });
  expect(await audit('--format=html', '--out=page.html', '--compare=old.json')).toMatchObject({ code: 0, stdout: '' });
  const page = readFileSync(join(folder, 'page.html'), 'utf8');
  expect(page).toMatch(/^<!doctype html>/i);
  expect(page).not.toMatch(/<script|src="|href="http/);
  expect(page).toContain('old.json');

  writeFiles(folder, { 'no.json': '{}' });
  const wrong = await audit('--format=html', '--compare=no.json');
  expect(wrong.code).not.toBe(0);
  expect(wrong.stderr).toContain('no.json is no report to compare with');
  expect((await audit('--compare=old.json')).stderr).toContain('--compare is for the page');
});
