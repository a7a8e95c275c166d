import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { hostTarget } from '../../.ci/packaging/targets.ts';
import { repositoryFolder } from '../vscode/cacheFolder.ts';
import { folderForFile } from '../vscode/folderForFile.ts';
import { packagedExtension } from '../vscode/packagedExtension.ts';
import { runHostTests } from '../vscode/runHostTests.ts';
import { waitFor } from '../vscode/waitFor.ts';
import { windowForFile } from '../vscode/windowForFile.ts';
import type { Workbench } from '../vscode/workbench.ts';

// Candor comes and goes: installed on a clean profile, disabled, and taken out of a host that runs on.

const folder = folderForFile();
const workspace = folderForFile();
cpSync(join(repositoryFolder, 'test/fixtures/sample'), workspace, { recursive: true });

describe('an extension among others', () => {
  const open = windowForFile(() => Promise.resolve({ workspace, vsix: packagedExtension() }));

  test('disabling takes marks, commands, view and status away', async () => {
    const { workbench } = open();
    await auditRoute(workbench);
    expect(await commandsOffered(workbench)).toContain('Candor: Audit file');

    await chooseForCandor(workbench, 'Disable');
    await reload(workbench);
    // The window shows the views that it knew until its extensions have told theirs.
    const view = workbench.page.locator('.activitybar [aria-label^="Candor"]');
    await waitFor('the view to be gone', async () => (await view.count()) === 0, 60_000);
    expect(await workbench.statusBarItem('Candor')).toBeNull();
    expect(await workbench.decorations()).toEqual([]);
    expect((await commandsOffered(workbench)).filter((label) => label.startsWith('Candor:'))).toEqual([]);
  });

  test('enabling brings them back', async () => {
    const { workbench } = open();
    await chooseForCandor(workbench, 'Enable');
    await reload(workbench);
    await waitFor('its status', () => workbench.statusBarItem('candor.status'), 60_000);
    await auditRoute(workbench);
    await workbench.runCommand('Candor: Show the report');
    await waitFor('the report', async () => (await workbench.treeRows('Report'))?.[0]?.label === 'route.go');
  });
});

/** In the list of extensions, from Candor's menu. */
async function chooseForCandor(workbench: Workbench, entry: 'Disable' | 'Enable'): Promise<void> {
  await workbench.runCommand('View: Show Extensions');
  const row = workbench.page.locator('.extensions-list .monaco-list-row', { hasText: 'Candor' });
  await workbench.pickFromMenu(row.first(), entry);
}

/** An extension that runs goes with its host: the window, which keeps what it was told first, is opened again. */
async function reload(workbench: Workbench): Promise<void> {
  const loaded = workbench.page.waitForEvent('load', { timeout: 60_000 });
  await workbench.runCommand('Developer: Reload Window');
  await loaded;
  await waitFor('the window', () => workbench.statusBarItem('status.editor.selection'), 60_000);
}

async function auditRoute(workbench: Workbench): Promise<void> {
  await workbench.openFile('courier/route.go');
  await workbench.runCommand('Candor: Audit file');
  await waitFor('marks', async () => (await workbench.decorations()).length > 0, 60_000);
}

/** What the palette offers for "Candor", by label. */
async function commandsOffered(workbench: Workbench): Promise<readonly string[]> {
  await workbench.press('F1');
  await workbench.fillQuickInput('>Candor');
  const rows = await waitFor('an answer of the palette', async () => {
    const { rows = [] } = (await workbench.quickInput()) ?? {};
    return rows.length > 0 && rows;
  });
  await workbench.press('Escape');
  return rows.map(({ label }) => label);
}

test('a host that runs on keeps nothing of Candor', { timeout: 600_000 }, async () => {
  const extensionFolder = folder;
  cpSync(join(dirname(packagedExtension()), hostTarget()), extensionFolder, { recursive: true });
  // It must not start by itself, which it would do for each of its commands.
  const path = join(extensionFolder, 'package.json');
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as { contributes: object };
  const contributes = { ...manifest.contributes, commands: [], menus: {}, keybindings: [] };
  writeFileSync(path, JSON.stringify({ ...manifest, activationEvents: [], contributes }));
  const results = await runHostTests({
    extensionFolder,
    files: [fileURLToPath(new URL('leakCheck.mjs', import.meta.url))],
    workspace,
    env: { CANDOR_FOLDER: extensionFolder },
  });
  expect(results.map(({ state, error }) => error ?? state)).toEqual(['passed', 'passed']);
});
