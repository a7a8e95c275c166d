/**
 * Draws the pictures of the walkthrough in `media/walkthrough/`: the packaged extension in a real VS Code on the sample
 * workspace, in a dark, a light and both high-contrast themes. Two servers that answer as Ollama and llama-server do are
 * there to be found, so nothing else may listen on their ports.
 *
 *     node .ci/package.ts && node test/pictures/walkthrough.ts
 */
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fakeServer, sendJson } from '../unit/engines/openai/fakeServers.ts';
import { repositoryFolder } from '../vscode/cacheFolder.ts';
import { launchBrowser } from '../vscode/launchBrowser.ts';
import { packagedExtension } from '../vscode/packagedExtension.ts';
import { startVsCode } from '../vscode/startVsCode.ts';
import { waitFor } from '../vscode/waitFor.ts';
import { openWorkbench, type Workbench } from '../vscode/workbench.ts';
import { palettePng } from './palettePng.ts';

const THEMES = [
  ['dark', 'Dark Modern'],
  ['light', 'Light Modern'],
  ['hc', 'Dark High Contrast'],
  ['hc-light', 'Light High Contrast'],
] as const;

/** Screens with fine pixels would blur a picture that has as many as it has points. */
const WINDOW = { width: 1280, height: 760, pixelsAPoint: 1.5 };

/** What each picture shows of the window, in points. */
const VIEWS = {
  marks: { x: 4, y: 190, width: 700, height: 440 },
  hover: { x: 4, y: 250, width: 860, height: 430 },
  report: { x: 0, y: 70, width: 700, height: 440 },
  engines: { x: 324, y: 0, width: 632, height: 395 },
} as const;
/** Where the side bar ends at first, and is to end. */
const SIDE_BAR = { from: 252, to: 440 };

const FILE = 'courier/schedule.go';
/** Line of the cursor, and place of the hover: the line and character of a mark. */
const CURSOR_LINE = 48;
const HOVER = { line: 48, character: 16 };
/** A hover fades in for so long. */
const FADE_MS = 800;

/** What the pictures do not need. */
const SETTINGS = {
  'editor.minimap.enabled': false,
  'editor.hover.above': false,
  'editor.stickyScroll.enabled': false,
  'editor.lineNumbersMinChars': 3,
  'breadcrumbs.enabled': false,
  'workbench.activityBar.location': 'top',
};

/** A server that has models, and says what it is. */
function serverThatHas(port: number, models: readonly string[], routes: Readonly<Record<string, unknown>>) {
  const data = models.map((id) => ({ id, object: 'model', created: 1_760_000_000, owned_by: 'library' }));
  const answers = new Map<string, unknown>(Object.entries({ ...routes, '/v1/models': { object: 'list', data } }));
  return fakeServer(({ url }, response) => {
    sendJson(response, answers.get(url) ?? {}, answers.has(url) ? 200 : 404);
  }, port);
}

const folder = join(repositoryFolder, 'media/walkthrough');
const home = mkdtempSync(join(tmpdir(), 'candor-pictures-'));
const workspace = join(home, 'parcels');
cpSync(join(repositoryFolder, 'test/fixtures/sample'), workspace, { recursive: true });
await using servers = new AsyncDisposableStack();
servers.use(
  await serverThatHas(8080, ['qwen2.5-coder-1.5b-q8_0.gguf'], {
    '/props': { build_info: 'b7100-1a2b3c4', total_slots: 4 },
  }),
);
servers.use(
  await serverThatHas(11434, ['qwen2.5-coder:1.5b', 'codegemma:2b'], {
    '/api/version': { version: '0.13.5' },
  }),
);
const server = await startVsCode({ workspace, vsix: packagedExtension(), settings: SETTINGS });
const browser = await launchBrowser();
try {
  const workbench = await openWorkbench(browser, server.url, WINDOW);
  await workbench.runCommand('Candor: Audit workspace');
  await waitFor('the report', async () => ((await workbench.treeRows('Report'))?.length ?? 0) > 3, 120_000);
  await workbench.openFile(FILE);
  await waitFor('marks', async () => (await workbench.decorations()).length > 0);
  mkdirSync(folder, { recursive: true });
  await workbench.runCommand('View: Close Primary Side Bar');
  for (const [name, theme] of THEMES) await takeMarks(workbench, name, theme);
  await workbench.runCommand('Candor: Show the report');
  await widenSideBar(workbench);
  for (const [name, theme] of THEMES) await takeLists(workbench, name, theme);
} finally {
  await browser.close();
  await server.stop();
  rmSync(home, { recursive: true, force: true });
}

async function takeMarks(workbench: Workbench, theme: string, label: string): Promise<void> {
  await workbench.setTheme(label);
  await workbench.goToLine(CURSOR_LINE);
  await workbench.page.mouse.move(1, 1);
  await takePicture(workbench, `audit-${theme}`, VIEWS.marks);
  await workbench.hoverAt(HOVER.line, HOVER.character, /ikelier/);
  await takePicture(workbench, `read-${theme}`, VIEWS.hover);
  await workbench.press('Escape');
}

async function widenSideBar({ page }: Workbench): Promise<void> {
  await delay(FADE_MS);
  await page.mouse.move(SIDE_BAR.from, 300);
  await page.mouse.down();
  await page.mouse.move(SIDE_BAR.to, 300, { steps: 4 });
  await page.mouse.up();
}

async function takeLists(workbench: Workbench, theme: string, label: string): Promise<void> {
  await workbench.setTheme(label);
  await workbench.runCommand('Candor: Go to the next span of the report');
  await waitFor('the span in the tree', async () =>
    (await workbench.treeRows('Report'))?.some(({ level, selected }) => level === 3 && selected),
  );
  await takePicture(workbench, `report-${theme}`, VIEWS.report);
  await workbench.runCommand('Candor: Choose an engine');
  await waitFor('the servers', async () =>
    (await workbench.quickInput())?.rows.some(({ label: row }) => row.startsWith('Ollama')),
  );
  await takePicture(workbench, `engine-${theme}`, VIEWS.engines);
  await workbench.press('Escape');
}

async function takePicture({ page }: Workbench, name: string, clip: (typeof VIEWS)[keyof typeof VIEWS]): Promise<void> {
  await delay(FADE_MS);
  writeFileSync(join(folder, `${name}.png`), palettePng(await page.screenshot({ clip })));
}
