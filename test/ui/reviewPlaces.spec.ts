import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { git } from '../support/gitRepository.ts';
import { sampleFolder } from '../support/sampleWorkspace.ts';
import { folderForFile } from '../vscode/folderForFile.ts';
import { packagedExtension } from '../vscode/packagedExtension.ts';
import { waitFor } from '../vscode/waitFor.ts';
import { windowForFile } from '../vscode/windowForFile.ts';
import type { Workbench } from '../vscode/workbench.ts';

// Where doubt shows besides the marks: over functions, beside file names, among changes to commit, in a merge.

const AUDIT_MS = 60_000;

const workspace = folderForFile();
const open = windowForFile(() => {
  cpSync(sampleFolder, workspace, { recursive: true });
  const inRepository = (...args: readonly string[]): string => git(workspace, ...args);
  const file = join(workspace, 'web', 'validators.ts');
  const before = readFileSync(file, 'utf8');
  const commitWith = (line: string, message: string): void => {
    writeFileSync(file, `${line}\n${before}`);
    inRepository('commit', '-qam', message);
  };
  inRepository('init', '-q', '-b', 'main');
  inRepository('add', '.');
  inRepository('commit', '-qm', 'The sample');
  inRepository('checkout', '-qb', 'theirs');
  commitWith('export const LIMIT = 20;', 'Theirs');
  inRepository('checkout', '-q', 'main');
  commitWith('export const LIMIT = 10;', 'Ours');
  return { workspace, vsix: packagedExtension() };
});

let workbench: Workbench;
beforeAll(() => {
  ({ workbench } = open());
});

async function lenses(): Promise<readonly string[]> {
  return workbench.page.locator('.codelens-decoration a').allTextContents();
}

async function badges(): Promise<readonly string[]> {
  const rows = await workbench.page.locator('[aria-label*="to look at"]').all();
  return Promise.all(rows.map(async (row) => (await row.getAttribute('aria-label')) ?? ''));
}

async function openFileName(): Promise<string> {
  return (await workbench.page.locator('.tab.active').first().getAttribute('data-resource-name')) ?? '';
}

test('the queue goes over regions in all files, and the badge of a file goes with the last one that was looked at', async () => {
  await workbench.runCommand('Candor: Audit workspace');
  await waitFor('the report', async () => ((await workbench.treeRows('Report'))?.length ?? 0) > 1, AUDIT_MS);
  const files = new Set<string>();
  for (let seen = 0; seen < 10; seen++) {
    const before = await workbench.statusBarItem('status.editor.selection');
    await workbench.press('Control+F9');
    await waitFor('the next region', async () => {
      const now = await workbench.statusBarItem('status.editor.selection');
      return now !== null && `${now.text} ${await openFileName()}` !== `${before?.text ?? ''} `;
    });
    await waitFor(
      'the count',
      async () => (await workbench.page.locator('.pane', { hasText: `${seen + 1} of` }).count()) > 0,
    );
    files.add(await openFileName());
  }
  expect(files.size).toBeGreaterThan(2);
  await workbench.press('Control+Shift+F9');
  await workbench.runCommand('File: Focus on Files Explorer');
  await waitFor('no badge', async () => (await badges()).length === 0);
});

test('a line over a function with marks says what is known of it, and who looked at it', async () => {
  await workbench.openFile('service/validators.py');
  await workbench.runCommand('Candor: Audit file');
  await waitFor('the lines', async () => (await lenses()).some((title) => title.startsWith('Candor: ')), AUDIT_MS);
  expect((await lenses()).some((title) => /^Candor: least likely token \d+\.\d bits · [123] marks?$/.test(title))).toBe(
    true,
  );
  await waitFor('the other half', async () => (await lenses()).includes('say that I looked at it'));
  const lens = workbench.page.locator('.codelens-decoration a', { hasText: 'say that I looked at it' }).first();
  await lens.click();
  await waitFor('the word', async () => (await lenses()).includes('looked at'));
  await workbench.changeSettings({ 'candor.lenses.enabled': false });
  await workbench.openFile('service/validators.py');
  await waitFor('no lines', async () => !(await lenses()).some((title) => title.startsWith('Candor')));
  await workbench.changeSettings({});
});

test('changes are audited where they are committed, and carry their badge there', async () => {
  writeFileSync(
    join(workspace, 'web', 'fresh.ts'),
    'export function weigh(parts: number[]): number {\n  return parts.reduce((sum, part) => sum ^ part, 0xbeef) << 3;\n}\n',
  );
  await workbench.runCommand('Source Control: Focus on Changes View');
  await waitFor(
    'the change',
    async () => (await workbench.page.locator('.scm-view', { hasText: 'fresh.ts' }).count()) > 0,
  );
  await workbench.runCommand('Candor: Audit what is not committed');
  await waitFor(
    'the report',
    async () => {
      const rows = await workbench.treeRows('Report');
      return rows?.some(({ label }) => label === 'fresh.ts') === true && rows.length <= 3;
    },
    AUDIT_MS,
  );
  await workbench.runCommand('Source Control: Focus on Changes View');
  await waitFor(
    'the badge',
    async () => (await workbench.page.locator('.scm-view [aria-label*="to look at"]').count()) > 0,
  );
});

test('in a merge the result is audited like any text', async () => {
  git(workspace, 'add', '.');
  git(workspace, 'commit', '-qm', 'Fresh', '--allow-empty');
  expect(() => git(workspace, 'merge', 'theirs')).toThrow();
  await workbench.openFile('web/validators.ts');
  await waitFor('the conflict', async () =>
    Array.from((await workbench.editorLines()).values()).some((line) => line.startsWith('<<<<<<<')),
  );
  await workbench.page.getByText('Resolve in Merge Editor').first().click();
  await workbench.page.locator('.merge-editor').first().waitFor({ timeout: AUDIT_MS });
  await workbench.page.locator('.merge-editor .code-view.result .view-lines').click();
  await workbench.page.locator('.editor-actions [aria-label^="Audit file"]').first().click();
  await waitFor(
    'marks in the result',
    async () => (await workbench.page.locator('.merge-editor .result [class*="ced-"]').count()) > 0,
    AUDIT_MS,
  );
});
