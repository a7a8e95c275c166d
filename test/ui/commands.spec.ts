import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { CAPTURE_COMMANDS } from './captureCommandTitles.ts';
import { REVIEW_COMMANDS } from './reviewCommandTitles.ts';
import { commitAll, git } from '../support/gitRepository.ts';
import { sampleFolder, sampleTexts } from '../support/sampleWorkspace.ts';
import { writeRandomGguf } from '../support/writeRandomGguf.ts';
import { fakeLlamaServer } from '../unit/engines/openai/fakeLlamaServer.ts';
import type { FakeServer } from '../unit/engines/openai/fakeServers.ts';
import { repositoryFolder } from '../vscode/cacheFolder.ts';
import { folderForFile } from '../vscode/folderForFile.ts';
import type { TreeRow } from '../vscode/inPage.mjs';
import { packagedExtension } from '../vscode/packagedExtension.ts';
import { waitFor } from '../vscode/waitFor.ts';
import { windowForFile } from '../vscode/windowForFile.ts';
import type { Workbench } from '../vscode/workbench.ts';

// Every command that the palette shows, run from there, with what a person sees of it.

const AUDIT_MS = 60_000;
const WINDOW = { width: 1280, height: 1300 };
const COMMIT = 'Plan the routes of a day';
const KEY = 'a-key-that-nobody-may-read';

const workspace = folderForFile();
const models = folderForFile();
const open = windowForFile(() => {
  cpSync(sampleFolder, workspace, { recursive: true });
  git(workspace, 'init', '--quiet', '--initial-branch=main');
  commitAll(workspace, COMMIT);
  const changed = join(workspace, 'courier/store.go');
  const text = readFileSync(changed, 'utf8').replace(
    'driver, ok := s.drivers[driverID]',
    'driver, ok := s.drivers["1"]',
  );
  writeFileSync(changed, text);
  writeRandomGguf(join(models, 'small.gguf'));
  return { workspace, vsix: packagedExtension() };
}, WINDOW);

let workbench: Workbench;
/** A server that the user names; while it is stuck it takes what is asked and never answers. */
let scorer: FakeServer;
let isStuck = false;
beforeAll(async () => {
  ({ workbench } = open());
  scorer = await fakeLlamaServer({ onCompletion: () => isStuck });
});
afterAll(() => scorer[Symbol.asyncDispose]());

const ran = new Set<string>();

/** Runs a command of Candor from the palette. */
async function run(title: string): Promise<void> {
  ran.add(title);
  await workbench.runCommand(`Candor: ${title}`);
}

const status = async (): Promise<string> => (await workbench.statusBarItem('candor.status'))?.text ?? '';
const isIdle = async (): Promise<boolean> => /^Candor(: \d+ marks?)?$/.test(await status());
const reported = async (): Promise<readonly TreeRow[]> => (await workbench.treeRows('Report')) ?? [];
/** The regions of the report, once there are some: the tree follows a moment after the files. */
const regions = (): Promise<readonly TreeRow[]> =>
  waitFor('regions', async () => {
    const found = (await reported()).filter(({ level }) => level === 2);
    return found.length > 0 && found;
  });
const files = async (): Promise<readonly string[]> =>
  (await reported()).filter(({ level }) => level === 1).map(({ label }) => label);
const markLines = async (): Promise<readonly number[]> =>
  (await workbench.decorations()).filter(({ kind }) => kind === 'box').map(({ line }) => line);
const welcome = () => workbench.page.locator('.welcome-view-content', { hasText: 'Where was the model unsure?' });
const activeTab = (): Promise<string | null> =>
  workbench.page.locator('.editor-group-container.active .tab.active').getAttribute('data-resource-name');

async function waitForMarks(): Promise<readonly number[]> {
  await waitFor('marks', async () => (await isIdle()) && (await markLines()).length > 0, AUDIT_MS);
  return markLines();
}

/** Waits for a report of exactly these files. */
async function reportOf(...names: readonly string[]): Promise<void> {
  const wanted = [...names].sort().join();
  await waitFor(
    `a report of ${wanted}`,
    async () => (await isIdle()) && [...(await files())].sort().join() === wanted,
    AUDIT_MS,
  );
}

/** What the tooltip of Candor's item says of the engine. */
async function engineInTooltip(): Promise<string> {
  await workbench.page.mouse.move(1, 1);
  const hover = workbench.page.locator('.monaco-hover', { hasText: 'Engine:' });
  // A mouse that comes back soon is shown what it was shown before.
  await hover.waitFor({ state: 'hidden' });
  return waitFor('the tooltip', async () => {
    await workbench.page.locator('[id$="candor.status"] .statusbar-item-label').hover({ timeout: 2_000 });
    await hover.waitFor({ timeout: 3_000 });
    return await hover.textContent();
  });
}

async function fill(title: string, text: string): Promise<void> {
  await waitFor(title, async () => (await workbench.quickInput())?.title.startsWith(title));
  await workbench.fillQuickInput(text);
  await workbench.press('Enter');
  await waitFor('the answer to be taken', async () => !(await workbench.quickInput())?.title.startsWith(title));
}

test('Show the report: before an audit it says what there is to do', async () => {
  await run('Show the report');
  await welcome().waitFor();
});

test('Audit file', async () => {
  await workbench.openFile('courier/schedule.go');
  await run('Audit file');
  await waitForMarks();
  await reportOf('schedule.go');
  expect((await regions()).length).toBeGreaterThan(2);
  expect((await reported())[0]).toMatchObject({ label: 'schedule.go', expanded: true });
  expect(await activeTab()).toBe('schedule.go');
});

test('Audit selection: only what is selected is judged', async () => {
  const text = sampleTexts.get('courier/schedule.go') ?? '';
  const lines = text.split('\n');
  const from = lines.findIndex((line) => line.startsWith('func '));
  const to = lines.indexOf('}', from);
  expect((await markLines()).some((line) => line < from || line > to)).toBe(true);
  await workbench.goToLine(from);
  for (let line = from; line <= to; line++) await workbench.press('Shift+ArrowDown');
  await run('Audit selection');
  const isWithin = (line: number): boolean => line >= from && line <= to;
  await waitFor(
    'marks in the selection alone',
    async () => {
      const found = await markLines();
      return found.length > 0 && found.every(isWithin) && (await isIdle());
    },
    AUDIT_MS,
  );
  await waitFor('its regions alone', async () => {
    const lines = (await regions()).map(({ description }) => Number(/line (\d+)/.exec(description)?.[1]) - 1);
    return lines.every(isWithin);
  });
});

test('Show the tokens here: each with what was likelier, and a click leads to its place', async () => {
  await workbench.openFile('web/formatters.ts');
  const lines = [...(await workbench.editorLines())];
  const [line, code] = lines.find(([, text]) => /^ {2}return \w+\.trim\(\)\.\w+\(\);/.test(text)) ?? [0, ''];
  await workbench.goToLine(line);
  await run('Show the tokens here');
  const rows = await waitFor(
    'the tokens',
    async () => {
      const found = await workbench.treeRows('Tokens');
      return found !== null && found.length > 0 && found;
    },
    AUDIT_MS,
  );
  expect(
    rows
      .map(({ label }) => label.replaceAll('·', ' '))
      .join('')
      .trim(),
  ).toBe(code.trim());
  expect(rows.every(({ description }) => /^(\d+ %|1 in [\d,]+), rank \d+$/.test(description))).toBe(true);

  const isAlone = (label: string): boolean => rows.filter((row) => row.label === label).length === 1;
  const word = rows.find(({ expanded, label }) => expanded === false && isAlone(label));
  if (word === undefined) throw new Error('No token has alternatives.');
  await workbench.unfoldTreeRow('Tokens', word.label);
  const likelier = await waitFor('alternatives', async () => {
    const found = (await workbench.treeRows('Tokens'))?.filter(({ level }) => level === 2);
    return found !== undefined && found.length > 0 && found;
  });
  expect(likelier.every(({ description }) => /^(\d+ %|1 in [\d,]+)$/.test(description))).toBe(true);
  await workbench.clickTreeRow('Tokens', word.label);
  await waitFor(
    'the place of the token',
    async () =>
      (await workbench.statusBarItem('status.editor.selection'))?.text.startsWith(`Ln ${line + 1}, `) &&
      (await workbench.statusBarItem('status.editor.selection'))?.text.includes('selected'),
  );
});

test('Summarize file: a document beside it, which cannot be edited', async () => {
  await run('Summarize file');
  const tab = workbench.page.locator('.tab[data-resource-name="Candor: formatters.ts.txt"]');
  await tab.waitFor({ timeout: AUDIT_MS });
  await workbench.runCommand('View: Focus Next Editor Group');
  const read = async (): Promise<string> => [...(await workbench.editorLines()).values()].join('\n');
  const summary = await waitFor('its text', async () => {
    const text = await read();
    return text.includes('formatParcel') && text;
  });
  await workbench.type('x');
  await workbench.page.locator('.monaco-editor-overlaymessage', { hasText: 'read-only' }).waitFor();
  expect(await read()).toBe(summary);
  await workbench.runCommand('View: Close Editor');
  await tab.waitFor({ state: 'detached' });
});

test('Audit AI-written code: only lines that a note in the repository says a model wrote', async () => {
  git(workspace, 'notes', '--ref=ai', 'add', '--message', 'courier/store.go\n  s_1::t_1 1-60\n---\n{}', 'HEAD');
  const before = await activeTab();
  await run('Clear');
  await welcome().waitFor();
  await run('Audit AI-written code');
  await waitFor('the report', async () => (await isIdle()) && (await files()).join() === 'store.go', AUDIT_MS);
  expect(await activeTab()).toBe(before);
});

test('Audit workspace: the report lists every file, and no editor is opened', async () => {
  const before = await activeTab();
  // The tokens go as well, so that the report has the place to itself.
  await run('Clear');
  await welcome().waitFor();
  await run('Audit workspace');
  await waitFor('the report', async () => (await isIdle()) && (await files()).length === sampleTexts.size, AUDIT_MS);
  expect([...(await files())].sort()).toEqual([...sampleTexts.keys()].map((path) => path.split('/').at(-1)).sort());
  expect(await activeTab()).toBe(before);
});

test('Go to the next and the previous span of the report: across files, selected in text and tree', async () => {
  /** The span that the tree shows as selected, which it does once the span is open. */
  const selectedAfter = (last: string): Promise<string> =>
    waitFor('the next span', async () => {
      const row = (await reported()).find(({ selected }) => selected);
      const now = row && `${row.label} ${row.description}`;
      return row?.level === 3 && now !== last && now;
    });
  const selectionInText = async (): Promise<string> =>
    (await workbench.statusBarItem('status.editor.selection'))?.text ?? '';

  await run('Go to the next span of the report');
  const visited = [await selectedAfter('')];
  const opened = [await activeTab()];
  while (new Set(opened).size === 1 && visited.length < 12) {
    expect(await selectionInText()).toMatch(/selected/);
    await workbench.press('Alt+F9');
    visited.push(await selectedAfter(visited.at(-1) ?? ''));
    opened.push(await activeTab());
  }
  expect(opened.at(-1)).not.toBe(opened[0]);
  await run('Go to the previous span of the report');
  await waitFor('the span before', async () => (await selectedAfter('')) === visited.at(-2));
  expect(await activeTab()).toBe(opened.at(-2));
  await workbench.press('Shift+Alt+F9');
  await waitFor('the one before that', async () => (await selectedAfter('')) === visited.at(-3));
});

test('Audit folder: from the palette, and from the menu of a folder', async () => {
  await run('Audit folder');
  await waitFor('the dialog', async () => (await workbench.quickInput())?.value.startsWith(workspace));
  await workbench.fillQuickInput(join(workspace, 'courier/'));
  await waitFor(
    'what is in it',
    async () => (await workbench.quickInput())?.rows.map(({ label }) => label).join() === '..',
  );
  await workbench.page.locator('.quick-input-widget .monaco-button', { hasText: 'Audit' }).click();
  await reportOf('handlers.go', 'route.go', 'schedule.go', 'store.go');

  await workbench.runCommand('File: Focus on Files Explorer');
  const folder = workbench.page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'service' });
  await workbench.pickFromMenu(folder, 'Audit folder');
  await reportOf('handlers.py', 'models.py', 'notifications.py', 'repositories.py', 'validators.py');
});

test('Audit changes since a commit: only what changed, since a commit that is picked or named', async () => {
  for (const choose of [
    () => workbench.pick(COMMIT),
    async () => {
      await workbench.pick('Name another…');
      await fill('Audit changes since', 'HEAD');
    },
  ]) {
    await run('Audit changes since a commit');
    await waitFor('the commits', async () => (await workbench.quickInput())?.rows.length === 2);
    await choose();
    await reportOf('store.go');
    expect((await reported())[0]?.expanded).toBe(true);
    const changed = await regions();
    expect(changed.length).toBe(1);
    expect(changed[0]?.label).toContain('Driver');
    await run('Clear');
    await welcome().waitFor();
  }
});

test('Show the calibration: what it rests on, how it did, and why no chance is shown', async () => {
  await run('Show the calibration');
  await workbench.page.locator('.tab', { hasText: 'Candor: Calibration' }).waitFor({
    timeout: AUDIT_MS,
  });
  const page = workbench.page.frameLocator('iframe.webview').frameLocator('iframe[title]');
  await page.getByText('Engine ngram: chance that a region needs no fix within 60 days').waitFor({ timeout: AUDIT_MS });
  await page.getByText('code is put in order, and no chance is shown').first().waitFor();
  expect(await page.locator('svg .curve').count()).toBeGreaterThan(1);
  await page.getByText('As a table').first().click();
  await page.getByText('came true').first().waitFor();
  await workbench.runCommand('View: Close Editor');
});

test('Show the report page: without an audit of files it says what to do', async () => {
  await run('Show the report page');
  await workbench.webview().getByText('Nothing was audited yet.').waitFor({ timeout: AUDIT_MS });
  await workbench.runCommand('View: Close Editor');
});

test('Calibrate to the history of this workspace: one commit of an hour ago tells nothing, which is said', async () => {
  await run('Calibrate to the history of this workspace');
  const [sentence] = await waitFor(
    'a sentence',
    async () => {
      const found = await workbench.notifications();
      return found.some(({ severity }) => severity === 'error') && found;
    },
    AUDIT_MS,
  );
  expect(sentence).toMatchObject({ message: expect.stringContaining('The history has 0 regions') as string });
  await workbench.clearNotifications();
});

test('Choose an engine: a model of one’s own judges from then on, and back', async () => {
  expect(await engineInTooltip()).toContain('Engine: n-gram (embedded, offline)');
  await workbench.openFile('courier/schedule.go');
  await run('Choose an engine');
  await workbench.pick('llama.cpp');
  await workbench.pick('Name a model…');
  await fill('Name of the model', join(models, 'small.gguf'));
  await waitFor(
    'the engine',
    async () => (await engineInTooltip()).includes('llama.cpp with small.gguf (offline)'),
    AUDIT_MS,
  );
  await run('Audit file');
  await waitForMarks();
  await run('Show the tokens here');
  await workbench.page
    .locator('.pane', { hasText: 'tokens by the engine llama' })
    .first()
    .waitFor({ timeout: AUDIT_MS });
  await run('Put the queue in order by comparisons');
  const sizes = await waitFor('the costs', async () => {
    const rows = (await workbench.quickInput())?.rows ?? [];
    return rows.length > 1 && rows;
  });
  expect(sizes[0]).toMatchObject({ label: 'The first 4 regions', description: '12 questions of two regions each' });
  await workbench.pick('The first 4 regions');
  await waitFor('the order', () => workbench.statusBarItem('are in order of the comparisons'), AUDIT_MS);

  await run('Choose an engine');
  await workbench.pick('n-gram');
  await waitFor(
    'the embedded engine',
    async () => (await engineInTooltip()).includes('n-gram (embedded, offline)'),
    AUDIT_MS,
  );
  expect(await workbench.notifications()).toEqual([]);
});

test('Set the key of the server: asks for a server first, and hides what is typed', async () => {
  await run('Set the key of the server');
  const [sentence] = await waitFor('a sentence', async () => {
    const found = await workbench.notifications();
    return found.length > 0 && found;
  });
  expect(sentence).toMatchObject({
    severity: 'error',
    message: expect.stringContaining('No server is chosen.') as string,
  });
  await workbench.clearNotifications();

  await run('Choose an engine');
  await workbench.pick('Server');
  await fill('Address of the server', scorer.baseUrl);
  await fill('Key for ', '');
  await workbench.pick('Use this server');
  await waitFor('the server', async () => (await engineInTooltip()).includes(scorer.baseUrl), AUDIT_MS);
  expect(scorer.requests.some(({ headers }) => headers.authorization !== undefined)).toBe(false);

  await run('Set the key of the server');
  await waitFor('the question', async () => (await workbench.quickInput())?.title.startsWith('Key for '));
  expect(await workbench.page.locator('.quick-input-box input').getAttribute('type')).toBe('password');
  await fill('Key for ', KEY);
});

test('Stop: ends what never ends by itself, without a word; so does Cancel', async () => {
  await run('Clear');
  isStuck = true;
  const before = scorer.requests.length;
  await run('Audit file');
  await waitFor('the question', () => scorer.requests.length > before);
  expect(scorer.requests.at(-1)?.headers.authorization).toBe(`Bearer ${KEY}`);
  await waitFor('work', async () => !(await isIdle()));
  await run('Stop');
  await waitFor('rest', isIdle);
  expect(await markLines()).toEqual([]);

  const between = scorer.requests.length;
  await run('Audit workspace');
  await waitFor('the question', () => scorer.requests.length > between, AUDIT_MS);
  const shown = await waitFor('its notification', async () => (await workbench.notifications())[0]);
  expect(shown).toMatchObject({ severity: 'info', buttons: ['Cancel'] });
  expect(shown.message).toContain('Auditing the workspace');
  await workbench.clickNotification('Cancel');
  await waitFor('rest', async () => (await isIdle()) && (await workbench.notifications()).length === 0);
  await run('Show the report');
  await welcome().waitFor();
});

test('an engine that fails says so in one sentence, and Show the log has no word of the code', async () => {
  await scorer[Symbol.asyncDispose]();
  await workbench.openFile('courier/schedule.go');
  await run('Audit file');
  const found = await waitFor(
    'the sentence',
    async () => {
      const shown = await workbench.notifications();
      return shown.length > 0 && shown;
    },
    AUDIT_MS,
  );
  expect(found.length).toBe(1);
  expect(found[0]).toMatchObject({ severity: 'error', buttons: ['Show the log'] });
  expect(found[0]?.message).toMatch(/^Candor: .*\.$/);
  expect(await status()).toBe('Candor: failed');
  await workbench.clearNotifications();

  await run('Show the log');
  const panel = workbench.page.locator('.part.panel .output-view, .part.panel .view-lines').first();
  await waitFor('the log', async () => ((await panel.textContent()) ?? '').includes('engine'));
  const logs = Object.entries(open().server.readLogs()).filter(([path]) => path.endsWith('Candor.log'));
  const log = logs.map(([, text]) => text).join('\n');
  expect(log).toMatch(/\[error\]/);
  expect(log).toMatch(/engine llama\S*, model /);
  const words = [...sampleTexts.values()].flatMap((text) => text.match(/\b\w{12,}\b/g) ?? []);
  expect(words.filter((word) => log.includes(word))).toEqual([]);
  expect(log).not.toContain(KEY);
  await workbench.runCommand('View: Hide Panel');
  await run('Choose an engine');
  await workbench.pick('n-gram');
  await waitFor('the embedded engine', async () => (await engineInTooltip()).includes('n-gram'), AUDIT_MS);
});

test('Show or hide marks, and Clear', async () => {
  await workbench.openFile('web/apiClient.ts');
  await run('Audit file');
  const lines = await waitForMarks();
  await run('Show or hide marks');
  await waitFor('no marks', async () => (await markLines()).length === 0);
  await run('Show or hide marks');
  await waitFor('the marks', async () => (await markLines()).join() === lines.join());
  await run('Clear');
  await waitFor('no marks', async () => (await markLines()).length === 0);
  await run('Show the report');
  await welcome().waitFor();
});

test('a file is judged as it comes into view where the setting says so', async () => {
  await workbench.openFile('service/models.py');
  expect(await markLines()).toEqual([]);
  await workbench.changeSettings({ 'candor.audit.onOpen': true });
  await workbench.openFile('service/handlers.py');
  await waitForMarks();
});

test('every command that the palette shows was run', () => {
  const { contributes } = JSON.parse(readFileSync(join(repositoryFolder, 'package.json'), 'utf8')) as Manifest;
  const hidden = contributes.menus.commandPalette.filter(({ when }) => when === 'false').map(({ command }) => command);
  const shown = contributes.commands.filter(({ command }) => !hidden.includes(command));
  expect([...ran, ...CAPTURE_COMMANDS, ...REVIEW_COMMANDS].sort()).toEqual(shown.map(({ title }) => title).sort());
});

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string; readonly title: string }[];
    readonly menus: { readonly commandPalette: readonly { readonly command: string; readonly when: string }[] };
  };
}
