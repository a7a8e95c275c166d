import { cpSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { sampleFolder } from '../support/sampleWorkspace.ts';
import { folderForFile } from '../vscode/folderForFile.ts';
import { packagedExtension } from '../vscode/packagedExtension.ts';
import { waitFor } from '../vscode/waitFor.ts';
import { windowForFile } from '../vscode/windowForFile.ts';
import type { Workbench } from '../vscode/workbench.ts';

// A statement is written again by Candor's own model: its cost is said first, what comes of it can be read, and put in after a look.

const ASKING_MS = 120_000;
const FILE = 'service/validators.py';

const workspace = folderForFile();
const open = windowForFile(() => {
  cpSync(sampleFolder, workspace, { recursive: true });
  return { workspace, vsix: packagedExtension(), machineSettings: {} };
});

let workbench: Workbench;
beforeAll(() => {
  ({ workbench } = open());
});

/** Puts the cursor into the line that has these words, and gives its number. */
async function goTo(words: string): Promise<number> {
  await workbench.openFile(FILE);
  await workbench.goToLine(0);
  const [line] = await waitFor('the line', async () =>
    Array.from(await workbench.editorLines()).find(([, text]) => text.includes(words)),
  );
  await workbench.goToLine(line, 12);
  return line;
}

async function askForSamples(): Promise<void> {
  await workbench.runCommand('Candor: Ask for a second opinion');
  const costs = await waitFor(
    'the costs',
    async () => {
      const input = await workbench.quickInput();
      return input?.title.startsWith('Second opinion on') === true && input.rows.length > 1 && input.rows;
    },
    ASKING_MS,
  );
  expect(costs.map(({ label }) => label)).toContain('5 samples');
  expect(costs.every(({ description }) => /^at most \d+ calls, [\d,]+ tokens written$/.test(description))).toBe(true);
  await workbench.pick('5 samples');
  await waitFor(
    'the samples',
    async () => (await workbench.quickInput())?.title.endsWith('of 5 samples are what stands there') === true,
    ASKING_MS,
  );
}

test('a second opinion says its cost, and is read beside the file', async () => {
  await goTo('city = value');
  await askForSamples();
  await workbench.pick('Show all of it');
  const summary = workbench.page.locator('.editor-instance', { hasText: 'Second opinion on' }).first();
  await summary.waitFor({ timeout: ASKING_MS });
  await workbench.screenshot('/tmp/opinion.png');
});

test('what a sample says is put in after a look at the change', async () => {
  const line = await goTo('city = value');
  const before = (await workbench.editorLines()).get(line);
  await askForSamples();
  const rows = (await workbench.quickInput())?.rows ?? [];
  const other = rows.find(({ description }) => !description.includes('as it stands'));
  expect(other).toBeDefined();
  await workbench.pick(other?.label ?? '');
  await workbench.page.locator('.pane', { hasText: 'Refactor Preview' }).first().waitFor();
  expect((await workbench.editorLines()).get(line)).toBe(before);
  await workbench.screenshot('/tmp/opinion2.png');
  await workbench.page.locator('.part.panel .monaco-button', { hasText: 'Discard' }).click();
});

test('the rest of a statement is written again from the cursor', async () => {
  await goTo('return city');
  await workbench.runCommand('Candor: Complete again from here');
  await waitFor(
    'the change, or word of why there is none',
    async () =>
      (await workbench.page.locator('.pane', { hasText: 'Refactor Preview' }).count()) > 0 ||
      (await workbench.notifications()).some(({ message }) => message.includes('the engine writes')),
    ASKING_MS,
  );
});
