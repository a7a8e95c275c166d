import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { Frame, FrameLocator } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { sampleFolder } from '../support/sampleWorkspace.ts';
import { cacheFolder } from '../vscode/cacheFolder.ts';
import { folderForFile } from '../vscode/folderForFile.ts';
import { packagedExtension } from '../vscode/packagedExtension.ts';
import { waitFor } from '../vscode/waitFor.ts';
import { windowForFile } from '../vscode/windowForFile.ts';
import type { Workbench } from '../vscode/workbench.ts';

// The report page in a real editor: without a script, by keyboard, in the editor's colours, and after the window was loaded anew.

const AUDIT_MS = 60_000;

const workspace = folderForFile();
const open = windowForFile(
  () => {
    cpSync(sampleFolder, workspace, { recursive: true });
    return { workspace, vsix: packagedExtension() };
  },
  { width: 1400, height: 1000 },
);

let workbench: Workbench;
beforeAll(() => {
  ({ workbench } = open());
});

const page = (): FrameLocator => workbench.webview();
const focused = async (): Promise<string> =>
  (await page()
    .locator(':focus')
    .textContent()
    .catch(() => '')) ?? '';

/** Presses Tab until the keyboard is on something, as a person does. */
async function tabTo(what: string | RegExp): Promise<void> {
  for (let presses = 0; presses < 60; presses++) {
    await workbench.press('Tab');
    const on = await page()
      .locator(':focus')
      .textContent({ timeout: 1000 })
      .catch(() => null);
    if (on !== null && (typeof what === 'string' ? on.trim() === what : what.test(on))) return;
  }
  throw new Error(`the keyboard never came to ${what.toString()}, it is on ${await focused()}`);
}

interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly unknown[];
}

function pageFrame(): Promise<Frame> {
  return waitFor('the frame of the page', async () => {
    for (const frame of workbench.page.frames()) if ((await frame.locator('main#content').count()) > 0) return frame;
    return null;
  });
}

/** What axe finds of a kind that keeps somebody out; in a copy of the page as it stands, for nothing runs in the page itself. */
async function seriousViolationsIn(frame: Frame): Promise<readonly Violation[]> {
  const context = await workbench.page.context().browser()!.newContext({ bypassCSP: true, offline: true });
  try {
    const copy = await context.newPage();
    await copy.setContent(await frame.content());
    expect(await copy.evaluate('getComputedStyle(document.body).backgroundColor')).toBe(
      await frame.evaluate('getComputedStyle(document.body).backgroundColor'),
    );
    await copy.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
    const found = await copy.evaluate<readonly Violation[]>('axe.run(document).then((results) => results.violations)');
    return found.filter(({ impact }) => ['serious', 'critical'].includes(impact));
  } finally {
    await context.close();
  }
}

const folderOfPictures = join(cacheFolder, 'ui-results', 'report-panel');

test('without an audit it says what to do, and its link does it by keyboard', async () => {
  await workbench.runCommand('Candor: Show the report page');
  await page().getByText('Nothing was audited yet.').waitFor();
  await tabTo('Audit the workspace');
  await workbench.press('Enter');
  await page().getByRole('heading', { name: 'What to look at first' }).waitFor({ timeout: AUDIT_MS });
  expect(await page().locator('script').count()).toBe(0);
  expect(await page().locator('.first > li').count()).toBe(10);
  expect(
    await page()
      .locator('.first figcaption', { hasText: /usual here|expected here/ })
      .count(),
  ).toBeGreaterThan(3);
  expect(await page().locator('svg').count()).toBeGreaterThanOrEqual(2);
});

test('the keyboard reaches a place to look at, and Enter opens it, as looked at', async () => {
  await workbench.runCommand('Candor: Show the report page');
  const first = page().locator('.first a.place').first();
  const place = (await first.textContent()) ?? '';
  await tabTo(place);
  await workbench.press('Enter');
  const [, path = '', line = ''] = /^(.*):(\d+)$/.exec(place) ?? [];
  await workbench.page.locator('.tab.active', { hasText: path.split('/').at(-1)! }).waitFor();
  await waitFor('the line', async () =>
    (await workbench.statusBarItem('status.editor.selection'))?.text.startsWith(`Ln ${line},`),
  );
  await waitFor(
    'that it was looked at',
    async () => (await workbench.page.locator('.pane', { hasText: '1 of' }).count()) > 0,
  );
});

test('a link inside of the page goes to its section', async () => {
  await workbench.runCommand('Candor: Show the report page');
  await tabTo('By model, origin and language');
  await workbench.press('Enter');
  const heading = page().locator('h2#groups');
  await waitFor('the section', async () => {
    const box = await heading.boundingBox();
    return box !== null && box.y > 0 && box.y < 700;
  });
});

test.each([
  ['Dark Modern', 'dark'],
  ['Light Modern', 'light'],
  ['Dark High Contrast', 'contrast-dark'],
  ['Light High Contrast', 'contrast-light'],
])('axe finds nothing serious in %s, and the ground is the editor’s', async (theme, picture) => {
  await workbench.setTheme(theme);
  const frame = await pageFrame();
  await waitFor('the ground', async () =>
    frame.evaluate<boolean>(`(() => {
      const own = getComputedStyle(document.body).backgroundColor;
      const probe = document.createElement('p');
      probe.style.color = getComputedStyle(document.documentElement).getPropertyValue('--vscode-editor-background');
      document.body.append(probe);
      const wanted = getComputedStyle(probe).color;
      probe.remove();
      return own === wanted;
    })()`),
  );
  mkdirSync(folderOfPictures, { recursive: true });
  for (const section of ['content', 'map', 'kinds', 'groups']) {
    await frame.evaluate(`document.getElementById('${section}').scrollIntoView()`);
    await workbench.screenshot(join(folderOfPictures, `${picture}-${section}.png`));
  }
  expect((await seriousViolationsIn(frame)).map(({ id, nodes }) => [id, nodes.slice(0, 3)])).toEqual([]);
});

test('a menu of the report leads to it, and Clear takes it away', async () => {
  await workbench.setTheme('Dark Modern');
  await workbench.runCommand('View: Close Editor');
  await workbench.runCommand('Candor: Show the report');
  await workbench.page.locator('.part.sidebar .action-label[aria-label="Show the report page"]').first().click();
  await page().getByRole('heading', { name: 'What to look at first' }).waitFor();
  await workbench.runCommand('Candor: Clear');
  await workbench.page.locator('.tab', { hasText: 'Candor: Report' }).waitFor({ state: 'detached' });
  await workbench.runCommand('Candor: Show the report page');
  await page().getByText('Nothing was audited yet.').waitFor();
});

test('it comes back when the window is loaded anew, and with the next audit its report', async () => {
  await workbench.runCommand('Candor: Audit workspace');
  await page().getByRole('heading', { name: 'What to look at first' }).waitFor({ timeout: AUDIT_MS });
  const loaded = workbench.page.waitForEvent('load', { timeout: AUDIT_MS });
  await workbench.runCommand('Developer: Reload Window');
  await loaded;
  await page().getByText('The window was loaded anew').waitFor({ timeout: AUDIT_MS });
  await tabTo('Audit the workspace');
  await workbench.press('Enter');
  await page().getByRole('heading', { name: 'What to look at first' }).waitFor({ timeout: AUDIT_MS });
});
