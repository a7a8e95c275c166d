import { cpSync } from 'node:fs';
import type { Locator } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { sampleFolder } from '../support/sampleWorkspace.ts';
import { folderForFile } from '../vscode/folderForFile.ts';
import type { Decoration } from '../vscode/inPage.mjs';
import { packagedExtension } from '../vscode/packagedExtension.ts';
import { waitFor } from '../vscode/waitFor.ts';
import { windowForFile } from '../vscode/windowForFile.ts';
import type { Workbench } from '../vscode/workbench.ts';

// From "something is doubtful" to "changed" or "looked at", by keyboard alone.

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

/** Puts the cursor on one mark after the other until the lightbulb of one offers an entry, and leaves it open. */
async function lightbulbWith(entry: string): Promise<Decoration> {
  const marks = await waitFor(
    'marks',
    async () => {
      const found = (await workbench.decorations()).filter(({ kind }) => kind === 'box');
      return found.length > 0 && found;
    },
    AUDIT_MS,
  );
  for (const mark of marks) {
    await workbench.goToLine(mark.line, mark.start + 1);
    await waitFor(
      'the lightbulb',
      async () => {
        await workbench.press('Escape');
        await workbench.press('Control+.');
        await menuEntry('Candor: show the tokens here').waitFor({ timeout: 5_000 });
        return true;
      },
      AUDIT_MS,
    );
    if ((await menuEntry(entry).count()) > 0) return mark;
    await workbench.press('Escape');
  }
  throw new Error(`No lightbulb offers "${entry}".`);
}

const menuEntry = (text: string): Locator =>
  workbench.page.locator('.action-widget .monaco-list-row', { hasText: text }).first();

const lineOf = async (mark: Decoration, below = 0): Promise<string | undefined> =>
  (await workbench.editorLines()).get(mark.line + below);

test('what was likelier is put in by the lightbulb, after a look at the change', async () => {
  await workbench.openFile('service/notifications.py');
  await workbench.runCommand('Candor: Audit file');
  const mark = await lightbulbWith('Candor: replace with');
  const before = await lineOf(mark);
  await menuEntry('Candor: replace with').click();
  await workbench.page.locator('.pane', { hasText: 'Refactor Preview' }).first().waitFor();
  expect(await lineOf(mark)).toBe(before);
  const panel = workbench.page.locator('.part.panel');
  await panel.locator('.monaco-list-row .edit-checkbox').first().click();
  await panel.locator('.monaco-button', { hasText: 'Apply' }).click();
  await waitFor('the change', async () => (await lineOf(mark)) !== before);
  await workbench.press('ControlOrMeta+Z');
});

test('a comment with a reason keeps a mark away', async () => {
  await workbench.openFile('service/validators.py');
  await workbench.runCommand('Candor: Audit file');
  const mark = await lightbulbWith('Candor: ignore here, with a reason');
  const before = await lineOf(mark);
  await menuEntry('Candor: ignore here, with a reason').click();
  await waitFor('the question', () => workbench.quickInput());
  await workbench.fillQuickInput('looked at by hand');
  await workbench.press('Enter');
  await waitFor('the comment', async () => (await lineOf(mark))?.trim() === '# candor-ignore: looked at by hand');
  expect(await lineOf(mark, 1)).toBe(before);
  await waitFor(
    'the mark to be gone',
    async () => {
      const left = (await workbench.decorations()).filter(({ kind }) => kind === 'box');
      return !left.some(({ line, text }) => line === mark.line + 1 && text === mark.text);
    },
    AUDIT_MS,
  );
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
