import { cpSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Frame, FrameLocator, Locator } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { sampleFolder } from '../support/sampleWorkspace.ts';
import { folderForFile } from '../vscode/folderForFile.ts';
import { packagedExtension } from '../vscode/packagedExtension.ts';
import { waitFor } from '../vscode/waitFor.ts';
import { windowForFile } from '../vscode/windowForFile.ts';
import type { Workbench } from '../vscode/workbench.ts';

// The syntax view in a real editor: opened and walked by keyboard, linked both ways, and fit for a screen reader.

const AUDIT_MS = 60_000;
const FILE = 'service/notifications.py';

const workspace = folderForFile();
const open = windowForFile(() => {
  cpSync(sampleFolder, workspace, { recursive: true });
  return { workspace, vsix: packagedExtension() };
});

let workbench: Workbench;
beforeAll(() => {
  ({ workbench } = open());
});

const view = (): FrameLocator => workbench.webview();
const rows = (): Locator => view().locator('[role=treeitem]:visible');
const chosen = (): Locator => view().locator('[role=treeitem][aria-selected=true]');
/** What a screen reader says of the chosen row. */
async function spokenOfChosen(): Promise<string> {
  const [, spoken = ''] = /treeitem "(.*)"/.exec(await chosen().ariaSnapshot()) ?? [];
  return spoken.replaceAll(/ +,/g, ',');
}
const place = async (): Promise<string> => (await workbench.statusBarItem('status.editor.selection'))?.text ?? '';
const isInTree = async (): Promise<boolean> => (await view().locator('[aria-selected=true]:focus').count()) > 0;

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly unknown[];
}

/** The frame of the view's page, by something in it. */
function frameWith(selector: string): Promise<Frame> {
  return waitFor('the frame of the view', async () => {
    for (const frame of workbench.page.frames()) if ((await frame.locator(selector).count()) > 0) return frame;
    return null;
  });
}

/** What axe finds in the page of the view, of a kind that keeps somebody out. */
async function seriousViolationsIn(frame: Frame): Promise<readonly Violation[]> {
  const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  await frame.evaluate(source);
  const violations = await frame.evaluate<readonly Violation[]>('axe.run(document).then((found) => found.violations)');
  return violations.filter(({ impact }) => ['serious', 'critical'].includes(impact));
}

test('a file that was not audited says so in one sentence, and offers the audit', async () => {
  await workbench.openFile(FILE);
  await workbench.goToLine(20);
  await workbench.runCommand('Candor: Show the syntax here');
  await waitFor('the sentence', async () =>
    (await workbench.notifications()).some(({ message }) => message.includes('is not judged yet')),
  );
  await workbench.clickNotification('Audit the file');
  await waitFor('the audit', async () => (await workbench.decorations()).some(({ kind }) => kind === 'box'), AUDIT_MS);
});

test('the keyboard opens the tree, at the node of the mark that the cursor is on', async () => {
  const mark = await waitFor('a mark', async () => (await workbench.decorations()).find(({ kind }) => kind === 'box'));
  await workbench.goToLine(mark.line, mark.start);
  await workbench.runCommand('Candor: Show the syntax here');
  await rows().first().waitFor();
  await waitFor('the node of the mark', async () => (await spokenOfChosen()).includes(`line ${mark.line + 1},`));
  await waitFor('the keyboard in the tree', isInTree);
  expect(await spokenOfChosen()).toMatch(/^[^,]+, ([a-z ]+, )?line \d+, (under )?\d+ % of the surprisal,/);
});

test('the tree is walked by keyboard, and the code shows what is chosen without taking the keyboard', async () => {
  await workbench.press('Home');
  expect(await chosen().getAttribute('aria-level')).toBe('1');
  const all = await rows().count();
  expect(all).toBeGreaterThan(3);
  await workbench.press('ArrowLeft');
  expect(await chosen().getAttribute('aria-expanded')).toBe('false');
  expect(await rows().count()).toBe(1);
  await workbench.press('ArrowRight');
  expect(await rows().count()).toBe(all);
  await workbench.press('ArrowRight');
  expect(await chosen().getAttribute('aria-level')).toBe('2');
  await waitFor('its code', async () => (await workbench.page.locator('.selected-text').count()) > 0);
  expect(await isInTree()).toBe(true);

  const where = /lines? (\d+)/.exec(await spokenOfChosen())?.[1];
  await workbench.press('Enter');
  await waitFor('the keyboard in the code', async () => (await place()).startsWith(`Ln `));
  const code = (await chosen().locator('code').textContent()) ?? '';
  expect(where).toBeDefined();
  expect(await place()).toMatch(/\(\d+ selected\)/);
  expect(code.length).toBeGreaterThan(0);
});

test('the tree follows the cursor, to a node and to another region', async () => {
  const before = await view().locator('h1').textContent();
  const lines = await workbench.editorLines();
  const names = Array.from(lines, ([line, text]) => ({ line, name: /^ *def (\w+)/.exec(text)?.[1] }));
  const other = names.find(({ name }) => name !== undefined && before?.endsWith(name) === false);
  await workbench.goToLine(other!.line, 8);
  await waitFor('the other region', async () => (await view().locator('h1').textContent()) !== before);
  expect(await view().locator('h1').textContent()).toMatch(new RegExp(`\\b${other!.name!}$`));
  expect(await workbench.page.locator('iframe:focus').count()).toBe(0);
});

test('an end of the tree shows its tokens, with what was also likely', async () => {
  await workbench.runCommand('Candor: Show the syntax here');
  await waitFor('the keyboard in the tree', isInTree);
  await workbench.press('Home');
  await waitFor('tokens', async () => {
    await workbench.press('ArrowDown');
    return (await view().locator('tbody tr').count()) > 0;
  });
  expect(await view().locator('thead th').allTextContents()).toEqual(
    expect.arrayContaining(['Token', 'Chance', 'Also likely there']),
  );
  expect(await view().locator('tbody td.number').first().textContent()).toMatch(/^\d+ %$|^1 in [\d,]+$|^less than/);
});

test('an edit makes it stale until the code is judged again', async () => {
  await workbench.press('Escape');
  await waitFor('the keyboard in the code', place);
  await workbench.press('End');
  await workbench.type(' + 1');
  const state = view().locator('.state');
  await waitFor('the word for it', async () => (await state.textContent())?.includes('has changed'));
  await waitFor('the new judgement', async () => (await state.textContent()) === '', AUDIT_MS);
  await workbench.press('ControlOrMeta+Z');
});

test.each(['Dark Modern', 'Light Modern', 'Dark High Contrast', 'Light High Contrast'])(
  'axe finds nothing serious in %s',
  async (theme) => {
    await workbench.setTheme(theme);
    await rows().first().waitFor();
    expect(await seriousViolationsIn(await frameWith('.holder > [role=tree]'))).toEqual([]);
  },
);

test('it comes back when the window is loaded anew, says what it showed, and follows the cursor again', async () => {
  const loaded = workbench.page.waitForEvent('load', { timeout: AUDIT_MS });
  await workbench.runCommand('Developer: Reload Window');
  await loaded;
  const state = view().locator('.state');
  await waitFor(
    'what it showed',
    async () => (await state.textContent())?.includes(`This showed code of ${FILE} before the window was loaded anew.`),
    AUDIT_MS,
  );
  expect(await state.textContent()).toContain('“Candor: Audit file”');
  expect(await rows().count()).toBe(0);
  expect(await seriousViolationsIn(await frameWith('.state'))).toEqual([]);

  // The cursor is in the code already, and need not be moved for it.
  await workbench.openFile(FILE);
  await workbench.goToLine(20, 8);
  await workbench.runCommand('Candor: Audit file');
  await waitFor('the tree', async () => (await rows().count()) > 1, AUDIT_MS);
  expect(await state.textContent()).toBe('');
  const title = async (): Promise<string | null> => view().locator('h1').textContent();
  expect(await title()).toBe('Notifier.parcel_held');
  await workbench.goToLine(26, 8);
  await waitFor('the other region', async () => (await title()) === 'Notifier.parcel_released');

  await workbench.runCommand('Candor: Show the syntax here');
  await waitFor('the keyboard in the tree', isInTree);
  expect(await workbench.page.locator('.tab', { hasText: 'Candor: Syntax' }).count()).toBe(1);
});
