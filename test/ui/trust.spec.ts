import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { fakeLlamaServer } from '../unit/engines/openai/fakeLlamaServer.ts';
import type { FakeServer } from '../unit/engines/openai/fakeServers.ts';
import { folderForFile } from '../vscode/folderForFile.ts';
import type { Decoration } from '../vscode/inPage.mjs';
import { packagedExtension } from '../vscode/packagedExtension.ts';
import type { VsCodeServer } from '../vscode/startVsCode.ts';
import { waitFor } from '../vscode/waitFor.ts';
import { windowForFile } from '../vscode/windowForFile.ts';
import type { Workbench } from '../vscode/workbench.ts';

// A folder that nobody vouched for: the embedded engine reads it and no other, until it is trusted.

const AUDIT_MS = 60_000;
const CODE = `export function parcelTotal(parcels: number[], limit: number): number {
  let total = 0;
  for (const each of parcels) {
    if (each >= limit) throw new RangeError('too many parcels');
    total += each * 17;
  }
  return total;
}
`;

const workspace = folderForFile({
  'parcels.ts': CODE,
  'letters.ts': CODE.replaceAll('parcel', 'letter'),
  // Not taken from a folder that is not trusted.
  '.vscode/settings.json': JSON.stringify({ 'candor.audit.onOpen': true }),
});
let scorer: FakeServer;
const open = windowForFile(async () => {
  scorer = await fakeLlamaServer();
  return { workspace, vsix: packagedExtension(), workspaceTrust: true };
});
afterAll(() => scorer[Symbol.asyncDispose]());

let server: VsCodeServer;
let workbench: Workbench;
beforeAll(() => {
  ({ server, workbench } = open());
});

/** Sets what only the settings of the machine can, and opens the window anew. */
async function setForMachine(settings: Readonly<Record<string, unknown>>): Promise<void> {
  const path = join(server.userDataFolder, 'Machine', 'settings.json');
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify(settings));
  await workbench.page.reload();
  await waitFor('Candor', () => workbench.statusBarItem('candor.status'), AUDIT_MS);
}

async function tooltipWith(words: string): Promise<string> {
  const hover = workbench.page.locator('.monaco-hover', { hasText: 'Engine:' });
  return waitFor(
    `a tooltip with "${words}"`,
    async () => {
      await workbench.page.mouse.move(1, 1);
      await workbench.page.locator('[id$="candor.status"] .statusbar-item-label').hover({ timeout: 2_000 });
      await hover.first().waitFor({ timeout: 3_000 });
      const text = await hover.first().textContent();
      return text?.includes(words) === true && text;
    },
    AUDIT_MS,
  );
}

/** Audits the file in view, and gives one of the marks that come. */
async function auditedMark(): Promise<Decoration> {
  await workbench.runCommand('Candor: Audit file');
  return await waitFor(
    'a mark',
    async () => (await workbench.decorations()).find(({ kind, text }) => kind === 'box' && text !== ''),
    AUDIT_MS,
  );
}

const HELD_BACK =
  'Engine: n-gram (embedded, offline). This workspace is not trusted, so no other engine is used for it.';

test.each(['llama', 'openai'])('with the engine %s set, the embedded one reads what is not trusted', async (engine) => {
  await setForMachine({
    'candor.engine': engine,
    'candor.llama.model': join(workspace, 'missing.gguf'),
    'candor.openai.baseUrl': scorer.baseUrl,
  });
  await tooltipWith(HELD_BACK);
  await workbench.openFile('parcels.ts');
  const { line, start } = await auditedMark();
  expect((await workbench.hoverAt(line, start, 'Scored by')).text).toContain('Scored by ngram');
  expect(await workbench.notifications()).toEqual([]);
  expect(scorer.requests).toEqual([]);
});

test('no other engine can be chosen, and it is said what to do', async () => {
  await workbench.runCommand('Candor: Choose an engine');
  const [message] = await waitFor('the message', async () => {
    const found = await workbench.notifications();
    return found.length > 0 && found;
  });
  expect(message?.message).toBe(
    'Candor: This workspace is not trusted, so only the embedded n-gram engine reads it. Trust the workspace first.',
  );
  expect(await workbench.quickInput()).toBeNull();
  await workbench.clearNotifications();
});

test('the settings of the folder do not start an audit', async () => {
  await workbench.openFile('letters.ts');
  await waitFor('the state', async () => (await workbench.statusBarItem('candor.status'))?.text === 'Candor');
  expect((await workbench.decorations()).filter(({ kind }) => kind === 'box')).toEqual([]);
});

test('after trust is given, the engine that is set is asked', async () => {
  await workbench.runCommand('Workspaces: Manage Workspace Trust');
  await workbench.page.locator('.workspace-trust-editor .monaco-button', { hasText: /^Trust$/ }).click();
  await tooltipWith(scorer.baseUrl);
  await workbench.openFile('letters.ts');
  expect(scorer.requests).toEqual([]);
  await auditedMark();
  expect(scorer.requests.length).toBeGreaterThan(0);
});
