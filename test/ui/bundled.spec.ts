import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { sampleFolder } from '../support/sampleWorkspace.ts';
import { cacheFolder } from '../vscode/cacheFolder.ts';
import { folderForFile } from '../vscode/folderForFile.ts';
import type { Decoration } from '../vscode/inPage.mjs';
import { packagedExtension } from '../vscode/packagedExtension.ts';
import { waitFor } from '../vscode/waitFor.ts';
import { windowForFile } from '../vscode/windowForFile.ts';
import type { Workbench } from '../vscode/workbench.ts';

// What a person gets who has chosen nothing: the bundled model, mixed with the n-gram engine.

const AUDIT_MS = 90_000;

const workspace = folderForFile();
const open = windowForFile(() => {
  cpSync(sampleFolder, workspace, { recursive: true });
  return { workspace, vsix: packagedExtension(), machineSettings: {} };
});

let workbench: Workbench;
beforeAll(() => {
  ({ workbench } = open());
});

const marks = async (): Promise<readonly Decoration[]> =>
  (await workbench.decorations()).filter(({ kind }) => kind === 'box');

test('a file is judged by the bundled model, and the hover says so', async () => {
  await workbench.openFile('courier/schedule.go');
  await workbench.runCommand('Candor: Audit file');
  const found = await waitFor(
    'marks',
    async () => {
      const now = await marks();
      return now.length > 0 && now;
    },
    AUDIT_MS,
  );
  const [first] = found;
  const hover = await workbench.hoverAt(first!.line, first!.start + 1, 'Scored by');
  expect(hover.text).toMatch(/Scored by bundled \(/);
  expect(await workbench.notifications()).toEqual([]);
});

test('its tokens come with what was likelier', async () => {
  await workbench.runCommand('Candor: Show the tokens here');
  await workbench.page
    .locator('.pane', { hasText: 'tokens by the engine bundled' })
    .first()
    .waitFor({ timeout: AUDIT_MS });
});

test('the workspace is judged by the n-gram engine first, and the model reads the riskiest', async () => {
  await workbench.runCommand('Candor: Audit workspace');
  await waitFor(
    'the report of the workspace',
    async () => {
      const rows = (await workbench.treeRows('Report')) ?? [];
      return rows.length > 1 && rows.some(({ label }) => /\.(py|ts)\b/.test(label));
    },
    AUDIT_MS,
  );
  expect(await workbench.notifications()).toEqual([]);
});

test('its page can be had without what the model finds usual, and with it', async () => {
  const page = workbench.webview();
  const explanations = page.locator('.first figcaption', { hasText: /usual here|expected here/ });
  await workbench.runCommand('Candor: Show the report page');
  await waitFor('how far it is', async () =>
    (await workbench.notifications()).some(({ message }) => message.includes('Explaining what to look at first')),
  );
  await workbench.clickNotification('Cancel');
  await page.getByRole('heading', { name: 'What to look at first' }).waitFor({ timeout: AUDIT_MS });
  expect(await explanations.count()).toBe(0);
  await workbench.runCommand('Candor: Show the report page');
  await explanations.first().waitFor({ timeout: AUDIT_MS });
  await waitFor('that nothing is said any more', async () => (await workbench.notifications()).length === 0);
  const folder = join(cacheFolder, 'ui-results', 'bundled');
  mkdirSync(folder, { recursive: true });
  await workbench.screenshot(join(folder, 'report-page.png'));
});
