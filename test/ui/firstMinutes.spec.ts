import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sampleFolder } from '../support/sampleWorkspace.ts';
import { fakeLlamaServer } from '../unit/engines/openai/fakeLlamaServer.ts';
import type { FakeServer } from '../unit/engines/openai/fakeServers.ts';
import { cacheFolder } from '../vscode/cacheFolder.ts';
import { folderForFile } from '../vscode/folderForFile.ts';
import { packagedExtension } from '../vscode/packagedExtension.ts';
import type { VsCodeServer } from '../vscode/startVsCode.ts';
import { waitFor } from '../vscode/waitFor.ts';
import { windowForFile } from '../vscode/windowForFile.ts';
import type { Workbench } from '../vscode/workbench.ts';

// What a person meets first, by keyboard alone: the walkthrough, the empty views, and an engine of their own.

const AUDIT_MS = 60_000;
/** Wide enough for the pictures of the walkthrough. */
const WINDOW = { width: 1600, height: 900 };
/** Ports on which Candor looks; the first that is free on this machine is taken. */
const PORTS = [8080, 1234, 5001, 1337];

/** How wide the picture in sight is, in its own pixels; 0 while it is not there. */
const PICTURE_WIDTH = "document.querySelector('.getting-started-media img')?.naturalWidth ?? 0";

const workspace = folderForFile();
const open = windowForFile(() => {
  cpSync(sampleFolder, workspace, { recursive: true });
  mkdirSync(join(workspace, 'notes'));
  writeFileSync(join(workspace, 'notes', 'plan.txt'), 'Nothing but words.\n');
  return { workspace, vsix: packagedExtension() };
}, WINDOW);

let server: VsCodeServer;
let workbench: Workbench;
let scorer: FakeServer;
beforeAll(async () => {
  ({ server, workbench } = open());
  scorer = await onFreePort();
});
afterAll(() => scorer[Symbol.asyncDispose]());

async function onFreePort(): Promise<FakeServer> {
  const refusals: unknown[] = [];
  for (const port of PORTS) {
    try {
      return await fakeLlamaServer({}, port);
    } catch (error) {
      refusals.push(error);
    }
  }
  throw new AggregateError(refusals, `All of the ports ${PORTS.join(', ')} are taken: close what listens on one.`);
}

const welcome = (words: string) => workbench.page.locator('.welcome-view-content', { hasText: words });

/** Keeps a picture for people to look at. */
async function keep(name: string): Promise<void> {
  await workbench.screenshot(join(cacheFolder, 'ui-results', `firstMinutes-${name}.png`));
}

/** Presses Tab until the focus is on something with these words. */
async function tabTo(words: string): Promise<void> {
  await waitFor(`the focus on "${words}"`, async () => {
    await workbench.press('Tab');
    const focused = workbench.page.locator(':focus');
    return (await focused.count()) > 0 && (await focused.first().textContent())?.includes(words);
  });
}

test('before an audit the views say what there is to do', async () => {
  await workbench.runCommand('Candor: Show the report');
  await welcome('Where was the model unsure?').waitFor();
  await workbench.runCommand('Candor: Focus on Tokens View');
  await welcome('How likely was each token').waitFor();
  await keep('empty');
});

test('the walkthrough opens, and its first step leads to a report', async () => {
  await workbench.runCommand('Candor: Open the walkthrough');
  const page = workbench.page.locator('.gettingStartedContainer');
  await page.getByText('First minutes with Candor').first().waitFor();
  const steps = page.locator('.getting-started-step');
  await waitFor('its steps', async () => (await steps.count()) === 6);
  await page.locator('.getting-started-media img').first().waitFor();
  await keep('walkthrough');
  await tabTo('Audit the workspace');
  await workbench.press('Enter');
  await waitFor('the report', async () => ((await workbench.treeRows('Report'))?.length ?? 0) > 3, AUDIT_MS);
  await waitFor('the step to be done', async () => (await steps.first().locator('.complete').count()) > 0);
  expect(await workbench.notifications()).toEqual([]);
});

test('each step shows its picture', async () => {
  const steps = workbench.page.locator('.getting-started-step');
  const image = workbench.page.locator('.getting-started-media img');
  const shown: string[] = [];
  for (const at of [0, 1, 2, 3]) {
    // The first is unfolded, and a click would fold it.
    if (at > 0) await steps.nth(at).locator('.step-title').click();
    const words = await waitFor('another picture', async () => {
      const alternative = await image.getAttribute('alt');
      const pixels = await workbench.page.evaluate<number>(PICTURE_WIDTH);
      return pixels > 400 && alternative !== null && !shown.includes(alternative) && alternative;
    });
    shown.push(words);
  }
  for (const [at, label] of [
    [4, /^Code that landed in git/],
    [5, /^An agent asks Candor/],
  ] as const) {
    await steps.nth(at).locator('.step-title').click();
    await workbench.webview().getByRole('img', { name: label }).waitFor();
    await keep(`step-${at + 1}`);
  }
});

test('an audit that finds no code says so', async () => {
  await workbench.runCommand('Candor: Audit folder');
  await waitFor('the dialog', async () => (await workbench.quickInput())?.value.startsWith(workspace));
  await workbench.fillQuickInput(join(workspace, 'notes/'));
  await waitFor('what is in it', async () => (await workbench.quickInput())?.rows.every(({ label }) => label === '..'));
  await workbench.page.locator('.quick-input-widget .monaco-button', { hasText: 'Audit' }).click();
  await welcome('No code was found there.').waitFor({ timeout: AUDIT_MS });
  expect((await workbench.treeRows('Report')) ?? []).toEqual([]);
  await keep('no-code');
  await workbench.runCommand('Candor: Clear');
  await welcome('Where was the model unsure?').waitFor();
});

test('a server on this machine is found, tried and set, and gets no code before that', async () => {
  await workbench.runCommand('Candor: Choose an engine');
  const found = await waitFor('the server', async () => {
    const list = await workbench.quickInput();
    const row = list?.rows.find(({ description }) => description.includes(scorer.baseUrl));
    // It may have been too busy to answer in time.
    if (row === undefined && list?.placeholder.startsWith('No server') === true) await workbench.pick('Look again');
    return row;
  });
  expect(found).toMatchObject({ label: 'llama-server b9000-abc', description: `${scorer.baseUrl} · tiny` });
  expect(scorer.requests.every(({ method }) => method === 'GET')).toBe(true);
  await keep('engines');
  await workbench.fillQuickInput('llama-server');
  await workbench.press('Enter');
  const verdict = await waitFor(
    'the verdict',
    async () => {
      const list = await workbench.quickInput();
      return list?.title.startsWith('llama-server b9000-abc with tiny') === true && list;
    },
    AUDIT_MS,
  );
  expect(verdict.placeholder).toBe('Scores any code, a step a token: good for a file, slow for a workspace.');
  expect(verdict.rows.map(({ label }) => label)).toEqual(['Use this server', 'Choose another engine']);
  await keep('verdict');
  const sent = JSON.stringify(scorer.requests.map(({ body }) => body));
  expect(sent).not.toMatch(/parcel|courier|Schedule/i);
  expect(settings()).toMatchObject({ 'candor.engine': 'ngram' });
  await workbench.press('Enter');
  await waitFor('the settings', () => settings()['candor.engine'] === 'openai', AUDIT_MS);
  expect(settings()).toMatchObject({
    'candor.openai.baseUrl': scorer.baseUrl,
    'candor.openai.model': 'tiny',
  });
  await waitFor('rest', async () => (await workbench.notifications()).length === 0);
});

/** What the machine's settings say of Candor. */
function settings(): Readonly<Record<string, unknown>> {
  const text = readFileSync(join(server.userDataFolder, 'Machine', 'settings.json'), 'utf8');
  return JSON.parse(text) as Readonly<Record<string, unknown>>;
}
