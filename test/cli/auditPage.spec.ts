import { readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { VERDICT_CAUSE } from '../../src/app/capture/decision.ts';
import { placeDigests } from '../../src/app/capture/placeDigests.ts';
import { CORRECT_TARGET } from '../../src/capture/following/editorTargets.ts';
import { openLedger } from '../../src/ledger/openLedger.ts';
import { runCandor } from '../support/runCandor.ts';
import { someLedgerAssessment } from '../support/someLedgerAssessment.ts';
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

it('lists what comments keep quiet, with the reasons', { timeout: 60_000 }, async () => {
  const folder = temporaryFolder({
    ...FILES,
    'a.js': `// candor-ignore-file: copied from <upstream>\n${FILES['a.js']}`,
  });
  const { code, stdout } = await runCandor(folder, ['audit', '--engine=ngram', '--format=html']);
  expect(code).toBe(0);
  const page = stdout.replaceAll(/\s+/g, ' ');
  expect(page).toMatch(/1 comment keeps \d places? quiet/);
  expect(page).toMatch(
    /<span class="place">a\.js:1<\/span><\/th> <td class="text">copied from &#60;upstream&#62;<\/td>/,
  );
});

it('says what people said in the editor of code that is as it was then', { timeout: 60_000 }, async () => {
  const folder = temporaryFolder(FILES);
  const state = temporaryFolder();
  const audit = (...args: readonly string[]): ReturnType<typeof runCandor> =>
    runCandor(folder, ['audit', '--engine=ngram', ...args], { env: { XDG_STATE_HOME: state } });
  expect((await audit('--format=html')).stdout).toContain('Nobody has said of code in these files');

  const report = JSON.parse((await audit('--format=json')).stdout) as {
    files: { path: string; regions: { id: string }[] }[];
  };
  const { path, regions } = report.files.find((file) => file.path === 'a.js')!;
  const places = placeDigests(readFileSync(join(state, 'candor', 'region-salt'), 'utf8'));
  const ledger = await openLedger(join(state, 'candor', 'ledger.sqlite'));
  const workspace = places.workspace(realpathSync(folder));
  const document = places.document(path);
  ledger.addAssessments([someLedgerAssessment({ id: '1', region: regions[0]!.id, workspace, document })]);
  ledger.addOutcomes([
    {
      assessment: '1',
      target: CORRECT_TARGET,
      happened: false,
      cause: VERDICT_CAUSE,
      retainedShare: 1,
      workedOn: true,
      atMs: 1,
    },
  ]);
  ledger.close();
  const said = (await audit('--format=html')).stdout.replaceAll(/\s+/g, ' ');
  expect(said).toContain('People spoke of 1 region here, and called 0 fine.');

  writeFiles(folder, { 'a.js': 'function f(a, b) {\n  return a - b;\n}\n' });
  const later = (await audit('--format=html')).stdout.replaceAll(/\s+/g, ' ');
  expect(later).toContain('People spoke of 0 regions here, and called 0 fine. 1 more word is about code');
});
