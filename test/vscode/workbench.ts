import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Browser, FrameLocator, Locator, Page } from 'playwright-core';
import {
  isReady,
  readEditor,
  readHover,
  readNotifications,
  readOverviewRuler,
  readQuickInput,
  readStatusBar,
  readTreeRows,
  type Decoration,
  type Notification,
  type QuickInput,
  type RulerMark,
  type StatusItem,
  type TreeRow,
} from './inPage.mjs';
import { quietSettings, type Settings } from './quietSettings.ts';
import { waitFor } from './waitFor.ts';

const START_MS = 60_000;
const PICK_MS = 20_000;

export interface WorkbenchOptions {
  readonly width?: number;
  readonly height?: number;
  /** Pixels of a screenshot for each point of the page, along a side. */
  readonly pixelsAPoint?: number;
}

/**
 * A VS Code window, as a person uses it. Lines and characters count from 0. What reads (`decorations`, `treeRows`, ...)
 * tells what is there now: wait with `waitFor`. What acts returns when the window has taken it.
 */
export interface Workbench {
  readonly page: Page;
  /** What the page wrote to its console: errors of the extension host among it. */
  readConsole(): string;

  /** Runs a command by its full title in the palette, such as `Candor: Audit File`. */
  runCommand(title: string): Promise<void>;
  /** Opens a file of the workspace folder, and gives it the keyboard. */
  openFile(relativePath: string): Promise<void>;
  goToLine(line: number, character?: number): Promise<void>;
  type(text: string): Promise<void>;
  /** Presses a key as Playwright names it: `Tab`, `Control+S`. */
  press(key: string): Promise<void>;
  /** The active editor's lines in sight, by line number. */
  editorLines(): Promise<ReadonlyMap<number, string>>;

  /** What extensions have decorated in the active editor, as far as it is in sight. */
  decorations(): Promise<readonly Decoration[]>;
  overviewRuler(): Promise<readonly RulerMark[]>;
  /** Rests the mouse on a character and returns the hover that comes; `until` waits for one that has this text in it. */
  hoverAt(line: number, character: number, until?: string | RegExp): Promise<{ text: string; html: string }>;

  statusBar(): Promise<readonly StatusItem[]>;
  /** The status bar item with this id, end of an id, or text in it; null when there is none. */
  statusBarItem(idOrText: string): Promise<StatusItem | null>;
  clickStatusBarItem(idOrText: string): Promise<void>;
  notifications(): Promise<readonly Notification[]>;
  clickNotification(button: string): Promise<void>;
  clearNotifications(): Promise<void>;
  /** The rows in sight of the view with this title; null when the view is not in sight. */
  treeRows(viewTitle: string): Promise<readonly TreeRow[] | null>;
  clickTreeRow(viewTitle: string, label: string): Promise<void>;
  /** Unfolds a row, by its arrow where a click on the row itself would do something else. */
  unfoldTreeRow(viewTitle: string, label: string): Promise<void>;
  /** Clicks an entry of the menu that a right click on something brings. */
  pickFromMenu(on: Locator, entry: string): Promise<void>;

  /** The open quick pick, input box or palette; null when none is open. */
  quickInput(): Promise<QuickInput | null>;
  fillQuickInput(text: string): Promise<void>;
  /** Waits for a row with exactly this label in the open quick pick, and picks it. */
  pick(label: string): Promise<void>;

  /** Switches to a colour theme by its label, such as `Light Modern` or `Dark High Contrast`. */
  setTheme(label: string): Promise<void>;
  /**
   * Replaces the user settings that the test gave at the start, as a person would: in the open `settings.json`. (VS Code
   * does not reliably see that another program wrote that file.)
   */
  changeSettings(settings: Settings): Promise<void>;
  /** The page of the webview in sight. */
  webview(): FrameLocator;
  screenshot(path: string): Promise<void>;
  close(): Promise<void>;
}

/**
 * Opens a window of VS Code's server, and waits until its extension host runs.
 * @throws {Error} when it does not within a minute.
 */
export async function openWorkbench(browser: Browser, url: string, options: WorkbenchOptions = {}): Promise<Workbench> {
  const { width = 1280, height = 800, pixelsAPoint = 1 } = options;
  const page = await browser.newPage({
    viewport: { width, height },
    deviceScaleFactor: pixelsAPoint,
    // The server would compress twenty megabytes of script anew for each window.
    extraHTTPHeaders: { 'accept-encoding': 'identity' },
  });
  const messages: string[] = [];
  page.on('console', (message) => messages.push(`[${message.type()}] ${message.text()}`));
  page.on('pageerror', (error) => messages.push(`[uncaught] ${error.message}`));
  await page.goto(url, { timeout: START_MS });
  await waitFor('the window and its extension host', () => page.evaluate(isReady), START_MS);
  const folder = new URL(url).searchParams.get('folder') ?? '';

  const quickInput = (): Promise<QuickInput | null> => page.evaluate(readQuickInput);
  const input = page.locator('.quick-input-widget .quick-input-box input');
  /** What the mouse rests on may bring words that lie over the next row. */
  const leaveHovers = async (): Promise<void> => {
    await page.mouse.move(1, 1);
    await page.locator('.monaco-hover:visible').first().waitFor({ state: 'hidden', timeout: 5_000 });
  };
  const quickRow = (label: string): Locator =>
    page
      .locator('.quick-input-list .monaco-list-row')
      .filter({ has: page.locator('.label-name', { hasText: exactly(label) }) })
      .first();

  async function openPalette(text: string): Promise<void> {
    await waitFor('the palette', async () => {
      await page.keyboard.press('F1');
      await input.waitFor({ state: 'visible', timeout: 2_000 });
      // What takes the keyboard away closes the palette at once.
      await input.fill(text, { timeout: 2_000 });
      return true;
    });
  }

  async function pickFrom(label: string): Promise<void> {
    const before = (await quickInput())?.value;
    const picked = async (): Promise<boolean> => {
      const after = await quickInput();
      return after === null || after.value !== before || !after.rows.some((row) => row.label === label);
    };
    let tried = false;
    await waitFor(
      `"${label}" in the list`,
      async () => {
        if (tried && (await picked())) return true;
        const there = (await quickInput())?.rows.some((row) => row.label === label);
        if (there !== true) return false;
        // The list may be drawn anew at any time, so a try is short; and one that seems to fail may have done it.
        tried = true;
        // A mouse at rest over a row brings up what the row has to say, over the others.
        await page.mouse.move(1, 1);
        await quickRow(label).click({ timeout: 2_000 });
        return await picked();
      },
      PICK_MS,
    ).catch(async (error: unknown) => {
      const there = (await quickInput())?.rows.map((row) => row.label).join(', ');
      throw new Error(`There is no "${label}" to pick; there is: ${there ?? 'no list'}.`, { cause: error });
    });
  }

  async function runCommand(title: string): Promise<void> {
    await openPalette(`>${title}`);
    await pickFrom(title);
  }

  async function findStatusItem(idOrText: string): Promise<StatusItem | null> {
    const items = await page.evaluate(readStatusBar);
    return (
      items.find(({ id }) => id === idOrText) ??
      items.find(({ id }) => id.endsWith(`.${idOrText}`)) ??
      items.find(({ text }) => text.includes(idOrText)) ??
      null
    );
  }

  const treeRow = (label: string): Locator =>
    page
      .locator('.pane .monaco-list-row')
      .filter({ has: page.locator('.label-name', { hasText: exactly(label) }) })
      .first();

  const findTreeRow = (viewTitle: string, label: string): Promise<TreeRow> =>
    waitFor(`"${label}" in the view "${viewTitle}"`, async () =>
      (await page.evaluate(readTreeRows, viewTitle))?.find((row) => row.label === label),
    );

  async function cursorIsAt(line: number, character: number): Promise<boolean> {
    const position = await findStatusItem('status.editor.selection');
    return position?.text.startsWith(`Ln ${line + 1}, Col ${character + 1}`) ?? false;
  }

  return {
    page,
    readConsole: () => messages.join('\n'),
    runCommand,

    async openFile(relativePath) {
      const name = relativePath.split('/').at(-1) ?? relativePath;
      await openPalette(`${folder}/${relativePath}`);
      await waitFor(`the file ${relativePath}`, async () =>
        (await quickInput())?.rows.some(({ label }) => label === name),
      );
      await page.keyboard.press('Enter');
      const tab = page.locator(
        `.editor-group-container.active .tab.active[data-resource-name=${JSON.stringify(name)}]`,
      );
      await tab.waitFor({ timeout: 30_000 });
      await waitFor(`the text of ${relativePath}`, async () => (await page.evaluate(readEditor))?.lines.length);
    },

    async goToLine(line, character = 0) {
      await openPalette(`:${line + 1}:${character + 1}`);
      await page.keyboard.press('Enter');
      await waitFor(`the cursor at ${line}:${character}`, () => cursorIsAt(line, character));
    },

    type: (text) => page.keyboard.type(text),
    press: (key) => page.keyboard.press(key),
    async editorLines() {
      const view = await page.evaluate(readEditor);
      return new Map(view?.lines.map(({ line, text }) => [line, text]));
    },

    async decorations() {
      return (await page.evaluate(readEditor))?.decorations ?? [];
    },
    overviewRuler: () => page.evaluate(readOverviewRuler),

    async hoverAt(line, character, until = /\S/) {
      const matches = (text: string): boolean => (typeof until === 'string' ? text.includes(until) : until.test(text));
      await page.keyboard.press('Escape');
      await page.mouse.move(1, 1);
      await waitFor('the last hover to go', async () => (await page.evaluate(readHover)) === null);
      return await waitFor(
        `a hover at ${line}:${character} with ${String(until)}`,
        async () => {
          const view = await page.evaluate(readEditor);
          const row = view?.lines.find((each) => each.line === line);
          const [left, right] = [row?.edges[character], row?.edges[character + 1]];
          if (row === undefined || left === undefined || right === undefined) return null;
          await page.mouse.move((left + right) / 2, row.middle, { steps: 2 });
          return await waitFor(
            'the hover',
            async () => {
              const hover = await page.evaluate(readHover);
              return hover !== null && matches(hover.text) && !/^Loading\.{3}$/.test(hover.text) && hover;
            },
            5_000,
          );
        },
        20_000,
      );
    },

    statusBar: () => page.evaluate(readStatusBar),
    statusBarItem: findStatusItem,
    async clickStatusBarItem(idOrText) {
      const { id } = await waitFor(`the status bar item ${idOrText}`, () => findStatusItem(idOrText));
      await page.locator(`.statusbar-item[id=${JSON.stringify(id)}] .statusbar-item-label`).click();
    },
    notifications: () => page.evaluate(readNotifications),
    async clickNotification(button) {
      await page
        .locator('.notification-list-item .monaco-button', { hasText: exactly(button) })
        .first()
        .click();
    },
    async clearNotifications() {
      await runCommand('Notifications: Clear All Notifications');
      await waitFor('no notifications', async () => (await page.evaluate(readNotifications)).length === 0);
    },

    treeRows: (viewTitle) => page.evaluate(readTreeRows, viewTitle),
    async clickTreeRow(viewTitle, label) {
      await findTreeRow(viewTitle, label);
      await leaveHovers();
      await treeRow(label).click();
    },
    async unfoldTreeRow(viewTitle, label) {
      await waitFor(`"${label}" to unfold`, async () => {
        if ((await findTreeRow(viewTitle, label)).expanded === true) return true;
        await leaveHovers();
        await treeRow(label).locator('.monaco-tl-twistie').click({ timeout: 2_000 });
        return await waitFor('its rows', async () => (await findTreeRow(viewTitle, label)).expanded === true, 2_000);
      });
    },
    async pickFromMenu(on, entry) {
      const action = page.locator('.monaco-menu .action-label', { hasText: exactly(entry) });
      await waitFor(`the menu with "${entry}"`, async () => {
        // One that came late takes every click beside it.
        if (await action.isVisible()) return true;
        await on.click({ button: 'right', timeout: 2_000 });
        await action.waitFor({ timeout: 2_000 });
        return true;
      });
      // A menu takes no click in the moment after it came.
      await waitFor('the menu to go', async () => {
        if (!(await action.isVisible())) return true;
        await action.click({ timeout: 2_000 });
        return false;
      });
    },

    quickInput,
    fillQuickInput: (text) => input.fill(text),
    pick: pickFrom,

    async setTheme(label) {
      await runCommand('Preferences: Color Theme');
      await waitFor('the list of themes', async () => (await quickInput())?.rows.length);
      await input.fill(label);
      await pickFrom(label);
      await waitFor('the list of themes to go', async () => (await quickInput()) === null);
    },
    async changeSettings(settings) {
      await runCommand('Preferences: Open User Settings (JSON)');
      const tab = page.locator('.editor-group-container.active .tab.active[data-resource-name="settings.json"]');
      await tab.waitFor({ timeout: 30_000 });
      const lines = async (): Promise<readonly string[]> =>
        (await page.evaluate(readEditor))?.lines.map(({ text }) => text) ?? [];
      const wanted = JSON.stringify({ ...quietSettings, ...settings });
      await waitFor('the settings', async () => (await lines()).length > 0);
      await page.keyboard.press('ControlOrMeta+A');
      await page.keyboard.insertText(wanted);
      await waitFor('the new settings', async () => (await lines()).join('\n') === wanted);
      await runCommand('File: Save');
      await page.locator('.editor-group-container.active .tab.active:not(.dirty)').waitFor({ timeout: 30_000 });
      await runCommand('View: Close Editor');
      await tab.waitFor({ state: 'detached', timeout: 30_000 });
    },
    webview: () => page.locator('iframe.webview.ready').first().contentFrame().frameLocator('#active-frame'),
    async screenshot(path) {
      mkdirSync(dirname(path), { recursive: true });
      await page.screenshot({ path });
    },
    close: () => page.close(),
  };
}

function exactly(text: string): RegExp {
  const escaped = text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&').replaceAll(' ', '\\s');
  return new RegExp(`^\\s*${escaped}\\s*$`);
}
