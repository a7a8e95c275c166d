import { cpSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { sampleFolder } from '../support/sampleWorkspace.ts';
import { folderForFile } from '../vscode/folderForFile.ts';
import { packagedExtension } from '../vscode/packagedExtension.ts';
import { waitFor } from '../vscode/waitFor.ts';
import { windowForFile } from '../vscode/windowForFile.ts';
import type { Workbench } from '../vscode/workbench.ts';

// What was looked at is counted and remembered. The actions on the way are in byKeyboard.spec.ts.

const AUDIT_MS = 60_000;

const workspace = folderForFile();
const open = windowForFile(() => {
  cpSync(sampleFolder, workspace, { recursive: true });
  return { workspace, vsix: packagedExtension() };
});

let workbench: Workbench;
beforeAll(() => {
  ({ workbench } = open());
});

async function progress(): Promise<readonly [done: number, all: number]> {
  return waitFor(
    'the progress',
    async () => {
      const said = await workbench.page.locator('.pane', { hasText: 'looked at' }).first().textContent();
      const [, done, all] = /(\d+) of (\d+) looked at/.exec(said ?? '') ?? [];
      return done !== undefined && all !== undefined && ([Number(done), Number(all)] as const);
    },
    AUDIT_MS,
  );
}

async function auditWorkspace(): Promise<void> {
  await workbench.runCommand('Candor: Audit workspace');
  await waitFor('the report', async () => ((await workbench.treeRows('Report'))?.length ?? 0) > 1, AUDIT_MS);
}

test('the keys go from region to region, and what was looked at is counted and remembered', async () => {
  await auditWorkspace();
  const [none, all] = await progress();
  expect(none).toBe(0);
  expect(all).toBeGreaterThan(20);
  await workbench.press('Alt+F9');
  await waitFor('the first', async () => (await progress())[0] === 1);
  const first = await workbench.statusBarItem('status.editor.selection');
  await workbench.press('Alt+F9');
  await waitFor(
    'the next',
    async () => (await workbench.statusBarItem('status.editor.selection'))?.text !== first?.text,
  );
  const [before] = await progress();
  await waitFor('the word for it', async () =>
    (await workbench.treeRows('Report'))?.some(({ description }) => description.includes('looked at')),
  );

  const loaded = workbench.page.waitForEvent('load', { timeout: 60_000 });
  await workbench.runCommand('Developer: Reload Window');
  await loaded;
  await waitFor('the window', () => workbench.statusBarItem('candor.status'), AUDIT_MS);
  await auditWorkspace();
  expect(await progress()).toEqual([before, all]);
});

test('the command asks for a place and a reason', async () => {
  await workbench.goToLine(0);
  await workbench.runCommand('Candor: Ignore here, with a reason');
  await waitFor('the question', () => workbench.quickInput());
  await workbench.fillQuickInput('...');
  await workbench.press('Enter');
  expect((await workbench.quickInput())?.value).toBe('...');
  await workbench.press('Escape');
});
