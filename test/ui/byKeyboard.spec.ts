import { cpSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { sampleFolder } from '../support/sampleWorkspace.ts';
import { folderForFile } from '../vscode/folderForFile.ts';
import { packagedExtension } from '../vscode/packagedExtension.ts';
import { waitFor } from '../vscode/waitFor.ts';
import { windowForFile } from '../vscode/windowForFile.ts';
import type { Workbench } from '../vscode/workbench.ts';

// From an opened folder to a reviewed region without the mouse, every action on the way used once. Here nothing is clicked and nothing is
// pointed at: there are keys, and commands of the palette.

const MODEL_MS = 120_000;

const workspace = folderForFile();
const open = windowForFile(() => {
  cpSync(sampleFolder, workspace, { recursive: true });
  // The default engine: Candor's own model, which writes.
  return { workspace, vsix: packagedExtension(), machineSettings: {} };
});

let workbench: Workbench;
beforeAll(() => {
  ({ workbench } = open());
});

/** What a screen reader is told of the row or the line that has the keyboard. */
async function focused(): Promise<string> {
  return workbench.page.evaluate<string>(`(() => {
    const active = document.activeElement;
    const row = document.getElementById(active?.getAttribute('aria-activedescendant') ?? '') ?? active;
    return row?.getAttribute('aria-label') ?? row?.textContent ?? '';
  })()`);
}

/** Audits a file and puts the cursor into its first mark in sight that stands in a function. */
async function goToMark(file: string): Promise<void> {
  await workbench.openFile(file);
  await workbench.runCommand('Candor: Audit file');
  const mark = await waitFor(
    'marks',
    async () => {
      const lines = await workbench.editorLines();
      return (await workbench.decorations()).find(
        ({ kind, line }) => kind === 'box' && /^\s/.test(lines.get(line) ?? ''),
      );
    },
    MODEL_MS,
  );
  await workbench.goToLine(mark.line, mark.start + 1);
}

/** Goes down a list until the row with the keyboard has these words. */
async function goDownTo(words: string): Promise<void> {
  await waitFor(`"${words}"`, async () => {
    if ((await focusedAction()).includes(words)) return true;
    await workbench.press('ArrowDown');
    return (await focusedAction()).includes(words);
  });
}

async function focusedAction(): Promise<string> {
  const row = workbench.page.locator('.action-widget .monaco-list-row.focused');
  return (await row.count()) === 0 ? '' : ((await row.first().textContent()) ?? '');
}

/** Opens what the lightbulb offers at the cursor, by its key, and takes one of it. */
async function takeAction(words: string): Promise<void> {
  await waitFor(
    `the action "${words}"`,
    async () => {
      await workbench.press('Escape');
      await workbench.press('Control+.');
      await workbench.page
        .locator('.action-widget .monaco-list-row', { hasText: words })
        .first()
        .waitFor({ timeout: 8_000 });
      return true;
    },
    MODEL_MS,
  );
  await goDownTo(words);
  await workbench.press('Enter');
}

async function previewed(): Promise<boolean> {
  return (await workbench.page.locator('.pane', { hasText: 'Refactor Preview' }).count()) > 0;
}

/** Ticks the change that is shown, and makes it. */
async function applyPreview(): Promise<void> {
  await waitFor('the preview', previewed);
  await workbench.runCommand('Refactor Preview: Focus on Refactor Preview View');
  await workbench.press('Home');
  await workbench.press('Space');
  await workbench.press('Control+Enter');
  await waitFor('the preview to be gone', async () => !(await previewed()));
}

async function cursorLine(): Promise<string> {
  const position = await workbench.statusBarItem('status.editor.selection');
  const line = Number(/Ln (\d+)/.exec(position?.text ?? '')?.[1] ?? Number.NaN) - 1;
  return (await workbench.editorLines()).get(line) ?? '';
}

test('the keys lead from the folder to the first region, and the report says where one is', async () => {
  await workbench.runCommand('Candor: Audit workspace');
  await waitFor('the report', async () => ((await workbench.treeRows('Report'))?.length ?? 0) > 1, MODEL_MS);
  await workbench.press('Control+F9');
  await waitFor(
    'the first region',
    async () => (await workbench.page.locator('.pane', { hasText: '1 of' }).count()) > 0,
  );
  await workbench.runCommand('Candor: Show the report');
  await waitFor('the keyboard in the report', async () => (await focused()) === 'Report');
  await workbench.press('Home');
  await waitFor('the first file', async () => /^[\w.]+\.(?:ts|py|go)/.test(await focused()));
  await workbench.press('ArrowRight');
  await workbench.press('ArrowDown');
  await waitFor('its first region', async () => /line \d+/.test(await focused()));
  await workbench.runCommand('View: Focus Active Editor Group');
});

test('a mark is read by keys, and its syntax walked', async () => {
  await goToMark('service/validators.py');
  await workbench.runCommand('Show or Focus Hover');
  await waitFor(
    'the words',
    async () => (await workbench.page.locator('.monaco-hover', { hasText: 'The engine was unsure here' }).count()) > 0,
  );
  await workbench.press('Escape');
  await workbench.press('Alt+F11');
  await waitFor('the tree', async () => (await workbench.webview().locator('[role=treeitem]').count()) > 1, MODEL_MS);
  await waitFor('the keyboard in the tree', () =>
    workbench.webview().locator('[role=treeitem]:focus').first().isVisible(),
  );
  await workbench.press('ArrowDown');
  expect(await workbench.webview().locator('[role=treeitem]:focus').first().textContent()).toMatch(/\d+ %/);
  await workbench.press('Escape');
  await waitFor('the keyboard in the code', async () => (await cursorLine()) !== '');
});

test('a second opinion is asked for', async () => {
  await goToMark('service/validators.py');
  await takeAction('Candor: ask for a second opinion');
  await waitFor(
    'the costs',
    async () => (await workbench.quickInput())?.rows.some(({ label }) => label === '5 samples'),
    MODEL_MS,
  );
  await workbench.fillQuickInput('5 samples');
  await workbench.press('Enter');
  await waitFor(
    'the samples',
    async () => (await workbench.quickInput())?.title.endsWith('are what stands there') === true,
    MODEL_MS,
  );
  await workbench.fillQuickInput('Show all of it');
  await workbench.press('Enter');
  await workbench.page.locator('.tab', { hasText: 'Second opinion' }).first().waitFor();
  await workbench.runCommand('View: Focus First Editor Group');
});

test('the rest of the statement is written again', async () => {
  await goToMark('service/validators.py');
  await takeAction('Candor: complete again from here');
  await waitFor(
    'the change, or word of why there is none',
    async () =>
      (await previewed()) ||
      (await workbench.notifications()).some(({ message }) => message.includes('the engine writes')),
    MODEL_MS,
  );
  if (await previewed()) await applyPreview();
  await workbench.clearNotifications();
  await workbench.runCommand('View: Focus First Editor Group');
});

test('a test is begun', async () => {
  await goToMark('service/validators.py');
  await takeAction('Candor: write a test');
  await waitFor('the test', async () => {
    const lines = Array.from((await workbench.editorLines()).values()).join('\n');
    return /expect|assert|t\.Fatal/.test(lines);
  });
  await workbench.runCommand('View: Revert and Close Editor');
});

test('it is called fine, and wrong, once it is known as AI-written', async () => {
  await goToMark('web/validators.ts');
  await workbench.press('Control+A');
  await workbench.runCommand('Candor: This is AI-written');
  await waitFor(
    'the regions',
    async () => (await workbench.notifications()).some(({ message }) => message.includes('followed as AI-written')),
    MODEL_MS,
  );
  await workbench.clearNotifications();
  const [mark] = (await workbench.decorations()).filter(({ kind }) => kind === 'box');
  if (mark === undefined) throw new Error('There is no mark.');
  await workbench.goToLine(mark.line, mark.start + 1);
  await takeAction('Candor: this code is fine');
  await waitFor('the word', () => workbench.statusBarItem('noted that this code is fine'), MODEL_MS);
  await takeAction('Candor: this code is wrong');
  await waitFor('the word', () => workbench.statusBarItem('noted that this code is wrong'), MODEL_MS);
});

test('what was likelier is put in, and a reason keeps another mark away', async () => {
  await workbench.openFile('service/notifications.py');
  await workbench.runCommand('Candor: Audit file');
  const marks = await waitFor(
    'marks',
    async () => {
      const found = (await workbench.decorations()).filter(({ kind }) => kind === 'box');
      return found.length > 1 && found;
    },
    MODEL_MS,
  );
  let taken = false;
  for (const { line, start } of marks) {
    await workbench.goToLine(line, start + 1);
    await waitFor(
      'the lightbulb',
      async () => {
        await workbench.press('Escape');
        await workbench.press('Control+.');
        await workbench.page
          .locator('.action-widget .monaco-list-row', { hasText: 'Candor: ' })
          .first()
          .waitFor({ timeout: 8_000 });
        return true;
      },
      MODEL_MS,
    );
    const offered = await workbench.page
      .locator('.action-widget .monaco-list-row', { hasText: 'replace with' })
      .count();
    if (offered === 0) {
      await workbench.press('Escape');
      continue;
    }
    const before = await cursorLine();
    await goDownTo('Candor: replace with');
    await workbench.press('Enter');
    await applyPreview();
    await waitFor('the change', async () => (await workbench.editorLines()).get(line) !== before);
    taken = true;
    break;
  }
  expect(taken).toBe(true);
  await workbench.runCommand('View: Focus First Editor Group');
  const left = (await workbench.decorations()).filter(({ kind }) => kind === 'box');
  const [mark] = left;
  if (mark === undefined) throw new Error('There is no mark left.');
  await workbench.goToLine(mark.line, mark.start + 1);
  await takeAction('Candor: ignore here, with a reason');
  await waitFor('the question', () => workbench.quickInput());
  await workbench.fillQuickInput('looked at by hand');
  await workbench.press('Enter');
  await waitFor('the comment', async () =>
    Array.from((await workbench.editorLines()).values()).some((line) =>
      line.includes('candor-ignore: looked at by hand'),
    ),
  );
});
