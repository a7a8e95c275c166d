import type { FrameLocator, Locator } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { NOUNS, someNotebook } from '../support/someNotebook.ts';
import { writeFiles } from '../support/temporaryFolder.ts';
import { folderForFile } from '../vscode/folderForFile.ts';
import { packagedExtension } from '../vscode/packagedExtension.ts';
import { waitFor } from '../vscode/waitFor.ts';
import { windowForFile } from '../vscode/windowForFile.ts';
import type { Workbench } from '../vscode/workbench.ts';

// A notebook is reviewed as a file is: the queue leads from cell to cell, a mark says what it has to say, and the syntax view shows the
// cell that the cursor is in.

const AUDIT_MS = 60_000;

const folder = folderForFile();
const open = windowForFile(
  () => {
    writeFiles(folder, { 'book.ipynb': JSON.stringify(someNotebook) });
    return { workspace: folder, vsix: packagedExtension() };
  },
  { width: 1600, height: 1400 },
);

let workbench: Workbench;
beforeAll(() => {
  ({ workbench } = open());
});

const cells = (): Locator => workbench.page.locator('.notebookOverlay .code-cell-row');
const cellOf = (noun: string): Locator => cells().filter({ hasText: `${noun}_total` });
const view = (): FrameLocator =>
  workbench.page
    .locator('iframe.webview.ready[class*="candor"], iframe.webview.ready')
    .last()
    .contentFrame()
    .frameLocator('#active-frame');
const rows = (): Locator => view().locator('[role=treeitem]:visible');
const title = async (): Promise<string> => (await view().locator('h1').textContent()) ?? '';

/** The noun of the cell whose code has the keyboard. */
async function cellWithKeyboard(): Promise<string | undefined> {
  const text = await workbench.page.evaluate<string>(
    "document.activeElement?.closest('.code-cell-row')?.textContent.replaceAll('\\u00a0', ' ') ?? ''",
  );
  return NOUNS.find((noun) => text.includes(`${noun}_total`));
}

test('a mark in a cell says what it has to say', async () => {
  await workbench.runCommand('View: Show Explorer');
  await workbench.page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'book.ipynb' }).dblclick();
  await waitFor('the cells', async () => (await cells().count()) === NOUNS.length, AUDIT_MS);
  await workbench.runCommand('Candor: Audit file');
  const mark = workbench.page.locator('.code-cell-row .view-overlays .cdr[class*="ced-"]').first();
  await mark.waitFor({ timeout: AUDIT_MS });
  const hover = workbench.page.locator('.monaco-hover', { hasText: 'The engine was unsure here' });
  await waitFor('the hover', async () => {
    const box = await mark.boundingBox();
    if (box === null) return false;
    await workbench.page.mouse.move(1, 1);
    await workbench.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2, { steps: 3 });
    await hover.first().waitFor({ timeout: 5_000 });
    return true;
  });
  await workbench.page.mouse.move(1, 1);
});

test('the queue leads through the cells, each once', async () => {
  await workbench.runCommand('Candor: Show the report');
  const seen = new Set<string>();
  for (let step = 1; step <= NOUNS.length; step++) {
    await workbench.press('Control+F9');
    await waitFor(
      `${step} looked at`,
      async () =>
        (await workbench.page.locator('.pane', { hasText: `${step} of ${NOUNS.length} looked at` }).count()) > 0,
    );
    const noun = await waitFor('the keyboard in another cell', async () => {
      const cell = await cellWithKeyboard();
      return cell !== undefined && !seen.has(cell) && cell;
    });
    seen.add(noun);
  }
  expect([...seen].sort()).toEqual([...NOUNS].sort());
  expect(await workbench.page.locator('.tabs-container .tab').count()).toBe(1);
});

test('the syntax of a cell is shown beside it, follows from cell to cell, and leads back', async () => {
  await cellOf('letter').locator('.view-line').nth(3).click();
  await waitFor('the keyboard in the cell', async () => (await cellWithKeyboard()) === 'letter');
  await workbench.press('Alt+F11');
  await waitFor('the tree', async () => (await rows().count()) > 1, AUDIT_MS);
  expect(await title()).toBe('letter_total');
  // Two cells in four are words.
  expect(await view().locator('header p').first().textContent()).toMatch(
    /^book\.ipynb, cell 4, lines 1 to 7, scored by/,
  );

  await cellOf('crate').locator('.view-line').nth(3).click();
  await waitFor('the other cell', async () => (await title()) === 'crate_total');

  await workbench.runCommand('Candor: Show the syntax here');
  await waitFor(
    'the keyboard in the tree',
    async () => (await view().locator('[aria-selected=true]:focus').count()) > 0,
  );
  await workbench.press('Home');
  await workbench.press('ArrowDown');
  await waitFor('its code', async () => (await cellOf('crate').locator('.selected-text').count()) > 0);
  await workbench.press('Enter');
  await waitFor('the keyboard in the cell', async () => (await cellWithKeyboard()) === 'crate');
  // Beside the notebook there is the view, and no editor of the cell alone.
  expect(await workbench.page.locator('.tabs-container .tab').count()).toBe(2);
  expect(await workbench.notifications()).toEqual([]);
});
