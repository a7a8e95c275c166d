import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { beforeAll, expect, test } from 'vitest';
import { sampleFolder } from '../support/sampleWorkspace.ts';
import { folderForFile } from '../vscode/folderForFile.ts';
import { packagedExtension } from '../vscode/packagedExtension.ts';
import { waitFor } from '../vscode/waitFor.ts';
import { windowForFile } from '../vscode/windowForFile.ts';
import type { Workbench } from '../vscode/workbench.ts';
import { CAPTURE_COMMANDS } from './captureCommandTitles.ts';

// The commands on code that models write, run from the palette, with what a person sees of each.

const SLOW_MS = 60_000;

/** The dialog of files needs a moment to list a folder. */
const LISTED_MS = 500;

const workspace = folderForFile();
const state = folderForFile();
const exported = join(state, 'exported.jsonl');
const open = windowForFile(() => {
  cpSync(sampleFolder, workspace, { recursive: true });
  const settings = { 'files.simpleDialog.enable': true };
  return { workspace, vsix: packagedExtension(), settings, env: { XDG_STATE_HOME: state } };
});

let workbench: Workbench;
beforeAll(async () => {
  ({ workbench } = open());
  await workbench.openFile('web/apiClient.ts');
});

const ran = new Set<string>();

async function run(title: string): Promise<void> {
  ran.add(title);
  await workbench.runCommand(`Candor: ${title}`);
}

/** Waits for a notification, and takes it away. */
async function notified(text: string | RegExp): Promise<string> {
  const message = await waitFor(
    `a notification: ${text.toString()}`,
    async () => (await workbench.notifications()).map((one) => one.message).find((one) => new RegExp(text).test(one)),
    SLOW_MS,
  );
  await workbench.clearNotifications();
  return message;
}

async function statusSays(text: string): Promise<void> {
  await waitFor(text, async () => (await workbench.statusBar()).some((item) => item.text.includes(text)));
}

/** Confirms the modal question. */
async function confirm(button: string): Promise<void> {
  await workbench.page.locator('.monaco-dialog-box .monaco-button', { hasText: button }).click();
}

async function answerWith(text: string): Promise<void> {
  await waitFor('the question', () => workbench.quickInput());
  await workbench.fillQuickInput(text);
  await workbench.press('Enter');
}

/** Names a file to the dialog of files, which lists the folder first and then overwrites what was typed meanwhile. */
async function answerWithFile(path: string): Promise<void> {
  await waitFor('the dialog to take the file', async () => {
    const question = await workbench.quickInput();
    if (question === null) return true;
    if (question.value !== path) await workbench.fillQuickInput(path);
    await delay(LISTED_MS);
    if ((await workbench.quickInput())?.value === path) await workbench.press('Enter');
    return false;
  });
}

test('This is AI-written: asks for a selection, and follows it', async () => {
  await run('This is AI-written');
  await notified('Nothing is selected');
  await workbench.goToLine(0);
  await workbench.press('Control+A');
  await run('This is AI-written');
  expect(await notified('followed as AI-written')).toMatch(
    /^Candor: \d+ regions are followed as AI-written from now on\.$/,
  );
});

test('Audit AI-written code: what is followed, and nothing else, where there is no repository to ask', async () => {
  await workbench.runCommand('Candor: Audit AI-written code');
  const files = async (): Promise<readonly string[]> =>
    ((await workbench.treeRows('Report')) ?? []).filter(({ level }) => level === 1).map(({ label }) => label);
  await waitFor('the report', async () => (await files()).join() === 'apiClient.ts', SLOW_MS);
});

test('This code is fine, This code is wrong: a verdict on the code at the cursor', async () => {
  await workbench.goToLine(12);
  await run('This code is fine');
  await statusSays('noted that this code is fine');
  await run('This code is wrong');
  await statusSays('noted that this code is wrong');
});

test('Export the ledger: as JSON lines, without code', { timeout: SLOW_MS }, async () => {
  await run('Export the ledger');
  await waitFor('the dialog', () => workbench.quickInput());
  await answerWithFile(exported);
  await notified('The ledger was exported|the ledger was exported');
  const lines = readFileSync(exported, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { kind: string });
  expect(new Set(lines.map(({ kind }) => kind))).toEqual(new Set(['ledger', 'assessment', 'outcome']));
  expect(readFileSync(exported, 'utf8')).not.toMatch(/apiClient|fetch|async/);
});

test('This is mine: what is selected is forgotten', async () => {
  await workbench.goToLine(0);
  await workbench.press('Control+A');
  await run('This is mine');
  expect(await notified('forgotten')).toMatch(/^Candor: \d+ regions are forgotten: you wrote it\.$/);
  await run('This is mine');
  await notified('nothing here is followed');
  await run('This code is fine');
  await notified('no AI-written code is followed here');
  await workbench.runCommand('Candor: Audit AI-written code');
  await notified('not in the working tree of a git repository');
});

test('Import a ledger: brings back what was exported', { timeout: SLOW_MS }, async () => {
  await run('Import a ledger');
  await waitFor('the dialog', () => workbench.quickInput());
  await answerWithFile(exported);
  expect(await notified('Candor: added')).toMatch(/^Candor: added [1-9]\d* assessments and 1 outcome\.$/);
});

test('Forget this workspace, Forget everything: after a question', async () => {
  await run('Forget this workspace');
  await confirm('Forget');
  await notified('forgotten');
  await run('Forget everything');
  await confirm('Forget');
  await notified('forgotten');
});

test('Start, stop the recorder, and show what tools must be told', { timeout: 2 * SLOW_MS }, async () => {
  await run('Show the setup of the recorder');
  await notified('The recorder does not run');
  await run('Start the recorder');
  await answerWith('http://127.0.0.1:9/v1');
  const address = await waitFor(
    'the address',
    async () => [...(await workbench.editorLines()).values()].find((line) => /http:\/\/127\.0\.0\.1:\d+\//.test(line)),
    SLOW_MS,
  );
  expect((await fetch(address.trim())).status).toBe(502);
  await workbench.openFile('web/apiClient.ts');
  await run('Show the setup of the recorder');
  await waitFor('the setup', async () => [...(await workbench.editorLines()).values()].includes(address));
  await run('Stop the recorder');
  await notified('the recorder has stopped');
  await expect(fetch(address.trim())).rejects.toThrow();
});

test('all of them were run', () => {
  expect([...ran].sort()).toEqual([...CAPTURE_COMMANDS].sort());
});
