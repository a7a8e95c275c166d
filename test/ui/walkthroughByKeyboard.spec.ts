import { cpSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { commitAll, git } from '../support/gitRepository.ts';
import { sampleFolder } from '../support/sampleWorkspace.ts';
import { cacheFolder } from '../vscode/cacheFolder.ts';
import { folderForFile } from '../vscode/folderForFile.ts';
import { packagedExtension } from '../vscode/packagedExtension.ts';
import { waitFor } from '../vscode/waitFor.ts';
import { windowForFile } from '../vscode/windowForFile.ts';
import type { Workbench } from '../vscode/workbench.ts';
import manifest from '../../package.json' with { type: 'json' };

// The walkthrough from its first step to its last without the mouse: each button does what it says, and each step is ticked off.

const AUDIT_MS = 60_000;
const SHORTLY_MS = 3_000;
const LATER_MS = 15_000;
/** Presses of a key that lead anywhere in the page. */
const MOST_PRESSES = 60;

/** Whether the keyboard is in the tree of the report. */
const IN_REPORT = "document.activeElement?.closest('.pane')?.textContent.includes('Report') ?? false";

const [walkthrough] = manifest.contributes.walkthroughs;

const workspace = folderForFile();
const open = windowForFile(() => {
  cpSync(sampleFolder, workspace, { recursive: true });
  git(workspace, 'init', '--quiet', '--initial-branch=main');
  commitAll(workspace);
  return { workspace, vsix: packagedExtension() };
});

let workbench: Workbench;
beforeAll(() => {
  ({ workbench } = open());
});

const steps = (): Locator => workbench.page.locator('.getting-started-step');
const stepOf = (id: string): Locator => steps().nth(walkthrough!.steps.findIndex((step) => step.id === id));
const isDone = async (id: string): Promise<boolean> => (await stepOf(id).locator('.codicon.complete').count()) > 0;

const isUnfolded = async (id: string): Promise<boolean> =>
  (await stepOf(id).getAttribute('class'))?.split(' ').includes('expanded') === true;

/** What the element with the keyboard says. */
async function focusedWords(): Promise<string> {
  return workbench.page.evaluate<string>("document.activeElement?.textContent ?? ''");
}

/** Presses Tab until the keyboard is on something that says what is wanted; false: that leads nowhere. */
async function tabTo(isWanted: (words: string) => boolean): Promise<boolean> {
  for (let presses = 0; presses < MOST_PRESSES; presses++) {
    await workbench.press('Tab');
    if (isWanted(await focusedWords())) return true;
  }
  return false;
}

/** Opens the walkthrough, and by keys a step of it that is folded. */
async function unfold(id: string): Promise<void> {
  const title = walkthrough!.steps.find((step) => step.id === id)?.title ?? '';
  await waitFor(
    `"${title}" to unfold`,
    async () => {
      await workbench.runCommand('Candor: Open the walkthrough');
      await stepOf(id).waitFor();
      if (await isUnfolded(id)) return true;
      // The editor itself goes on to the next step when one was done, and may have done so meanwhile.
      if (!(await tabTo((words) => words.includes(title))) || (await isUnfolded(id))) return isUnfolded(id);
      await workbench.press('Enter');
      return waitFor('the step', () => isUnfolded(id), SHORTLY_MS);
    },
    AUDIT_MS,
  );
}

/** Presses a button of a step, once more where the page was drawn anew under the keyboard, until what it is for has come. */
async function press(id: string, button: string, hasCome: () => Promise<unknown>): Promise<void> {
  await waitFor(
    `what "${button}" is for`,
    async () => {
      await unfold(id);
      // The step around it says the same, and more.
      if (!(await tabTo((words) => words.trim() === button))) return false;
      await workbench.press('Enter');
      return waitFor('what comes of it', async () => Boolean(await hasCome()), LATER_MS);
    },
    3 * LATER_MS,
  );
}

async function expectDone(id: string): Promise<void> {
  await workbench.runCommand('Candor: Open the walkthrough');
  await waitFor(`a tick at "${id}"`, () => isDone(id));
}

test('no step is ticked off before anything was done', async () => {
  await unfold('audit');
  expect(await steps().count()).toBe(walkthrough!.steps.length);
  for (const { id } of walkthrough!.steps) expect(await isDone(id)).toBe(false);
});

test('the first step audits the workspace', async () => {
  await press('audit', 'Audit the workspace', async () => ((await workbench.treeRows('Report'))?.length ?? 0) > 3);
  await expectDone('audit');
  expect(await isDone('report')).toBe(false);
});

test('the second goes to a mark', async () => {
  await press('read', 'Go to the first mark', async () => {
    const text = (await workbench.statusBarItem('status.editor.selection'))?.text;
    return text?.includes('selected');
  });
  await expectDone('read');
  expect(await isDone('report')).toBe(false);
});

test('the third takes the keyboard to the report', async () => {
  await press('report', 'Show the report', () => workbench.page.evaluate<boolean>(IN_REPORT));
  await expectDone('report');
});

test('the fourth offers the engines', async () => {
  await press('engine', 'Choose an engine', async () =>
    (await workbench.quickInput())?.rows.some(({ label }) => label.includes('n-gram')),
  );
  await workbench.press('Escape');
  await waitFor('the list to go', async () => (await workbench.quickInput()) === null);
  await expectDone('engine');
});

test('the fifth looks up the history, and shows what is known', async () => {
  await press('learn', 'Calibrate to the history', async () =>
    (await workbench.notifications()).some(({ message }) => message.startsWith('Candor')),
  );
  await workbench.clearNotifications();
  await expectDone('learn');
  await press('learn', 'Show the calibration', () =>
    workbench.page.locator('.tab.active', { hasText: 'Calibration' }).isVisible(),
  );
});

test('the last one only says what there is, and is ticked off when it was read', async () => {
  await unfold('agents');
  await waitFor('a tick', () => isDone('agents'));
  await workbench.screenshot(join(cacheFolder, 'ui-results', 'walkthroughByKeyboard-done.png'));
  expect(await Promise.all(walkthrough!.steps.map(({ id }) => isDone(id)))).toEqual(walkthrough!.steps.map(() => true));
});
