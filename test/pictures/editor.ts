/**
 * Draws the pictures of the editor in `docs/images/`: the packaged extension in a real VS Code on the sample workspace, in a
 * dark, a light and a high-contrast theme. Beside them, in `.cache/pictures/`, the same as seen in grey and with
 * deuteranopia: the order of the marks must be readable there too.
 *
 *     node .ci/package.ts && node test/pictures/editor.ts
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { cacheFolder, repositoryFolder } from '../vscode/cacheFolder.ts';
import { launchBrowser } from '../vscode/launchBrowser.ts';
import { packagedExtension } from '../vscode/packagedExtension.ts';
import { startVsCode } from '../vscode/startVsCode.ts';
import { waitFor } from '../vscode/waitFor.ts';
import { openWorkbench, type Workbench } from '../vscode/workbench.ts';

const THEMES = [
  ['dark', 'Dark Modern'],
  ['light', 'Light Modern'],
  ['high-contrast', 'Dark High Contrast'],
] as const;

const FILE = 'courier/schedule.go';
/** Line of the cursor, in the middle of the window, and place of the hover: the line and character of a mark there. */
const CURSOR_LINE = 40;
const HOVER = { line: 48, character: 16 };
/** A hover fades in for so long. */
const FADE_MS = 800;

/** What the picture does not need. */
const SETTINGS = { 'editor.minimap.enabled': false, 'editor.hover.above': false, 'editor.stickyScroll.enabled': false };

const home = mkdtempSync(join(tmpdir(), 'candor-pictures-'));
const workspace = join(home, 'parcels');
cpSync(join(repositoryFolder, 'test/fixtures/sample'), workspace, { recursive: true });
const server = await startVsCode({ workspace, vsix: packagedExtension(), settings: SETTINGS });
const browser = await launchBrowser();
try {
  const workbench = await openWorkbench(browser, server.url, { width: 1280, height: 800 });
  await workbench.runCommand('Candor: Audit workspace');
  await waitFor('the report', async () => ((await workbench.treeRows('Report'))?.length ?? 0) > 3);
  await workbench.openFile(FILE);
  await waitFor('marks', async () => (await workbench.decorations()).length > 0);
  await workbench.goToLine(CURSOR_LINE);
  for (const [name, theme] of THEMES) await takePictures(workbench, name, theme);
} finally {
  await browser.close();
  await server.stop();
  rmSync(home, { recursive: true, force: true });
}

async function takePictures(workbench: Workbench, name: string, theme: string): Promise<void> {
  await workbench.setTheme(theme);
  await workbench.hoverAt(HOVER.line, HOVER.character, /ikelier/);
  await delay(FADE_MS);
  await workbench.screenshot(join(repositoryFolder, 'docs/images', `editor-${name}.png`));
  const protocol = await workbench.page.context().newCDPSession(workbench.page);
  for (const type of ['achromatopsia', 'deuteranopia'] as const) {
    await protocol.send('Emulation.setEmulatedVisionDeficiency', { type });
    await workbench.screenshot(join(cacheFolder, 'pictures', `editor-${name}-${type}.png`));
  }
  await protocol.send('Emulation.setEmulatedVisionDeficiency', { type: 'none' });
}
