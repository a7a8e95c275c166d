import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { folderForFile } from '../vscode/folderForFile.ts';
import { packExtension } from '../vscode/packExtension.ts';
import type { VsCodeServer } from '../vscode/startVsCode.ts';
import { waitFor } from '../vscode/waitFor.ts';
import { windowForFile } from '../vscode/windowForFile.ts';
import type { Workbench } from '../vscode/workbench.ts';

// The harness itself, proved on an extension that does one of each thing that Candor does.

const TITLE = 'Probe';
const manifest = {
  name: 'probe',
  displayName: TITLE,
  publisher: 'candor-tests',
  version: '0.0.1',
  engines: { vscode: '^1.101.0' },
  type: 'module',
  main: './extension.mjs',
  activationEvents: ['onStartupFinished'],
  contributes: {
    commands: [
      { command: 'probe.mark', title: 'Mark', category: TITLE },
      { command: 'probe.ask', title: 'Ask', category: TITLE },
      { command: 'probe.markMore', title: 'Mark More', category: TITLE },
      { command: 'probe.page', title: 'Open Page', category: TITLE },
    ],
    viewsContainers: { activitybar: [{ id: 'probe', title: TITLE, icon: 'icon.svg' }] },
    views: { probe: [{ id: 'probe.rows', name: 'Rows' }] },
    colors: [
      {
        id: 'probe.mark',
        description: 'A mark',
        defaults: { dark: '#112233', light: '#ddeeff', highContrast: '#000080', highContrastLight: '#ffff00' },
      },
    ],
  },
};

const extension = `
import * as vscode from 'vscode';
import { window } from 'vscode';
import { Worker } from 'node:worker_threads';

const range = (line, start, end) => new vscode.Range(line, start, line, end);

export async function activate(context) {
  const { wavy } = await import('./chunk.mjs');
  const log = window.createOutputChannel('Probe', { log: true });
  log.info('the probe is here');
  const boxed = window.createTextEditorDecorationType({
    backgroundColor: new vscode.ThemeColor('probe.mark'),
    overviewRulerColor: '#ff0000',
    overviewRulerLane: vscode.OverviewRulerLane.Right,
  });
  const icon = window.createTextEditorDecorationType({ gutterIconPath: vscode.Uri.joinPath(context.extensionUri, 'icon.svg') });
  const status = window.createStatusBarItem('state', vscode.StatusBarAlignment.Left);
  status.text = '$(check) Probe idle';
  status.command = 'probe.ask';
  status.show();
  const worker = new Worker(new URL('./worker.mjs', import.meta.url));
  context.subscriptions.push(
    vscode.commands.registerCommand('probe.mark', () => {
      const editor = window.activeTextEditor;
      editor.setDecorations(boxed, [range(0, 6, 12)]);
      editor.setDecorations(wavy, [range(2, 2, 18)]);
      editor.setDecorations(icon, [range(2, 0, 0)]);
      worker.once('message', (text) => { status.text = text; });
      worker.postMessage('marked');
    }),
    vscode.commands.registerCommand('probe.ask', async () => {
      const answer = await window.showQuickPick(['one', 'two'], { placeHolder: 'How many?' });
      window.showWarningMessage('You said ' + answer, 'Fine');
    }),
    vscode.commands.registerCommand('probe.page', () => {
      const panel = window.createWebviewPanel('probe.page', 'A page', vscode.ViewColumn.Active, {});
      panel.webview.html = '<h1>Trusted: ' + vscode.workspace.isTrusted + '</h1>';
    }),
    vscode.languages.registerHoverProvider('*', {
      provideHover: (document, position) =>
        new vscode.Hover(new vscode.MarkdownString('**Word** ' + document.getText(document.getWordRangeAtPosition(position)))),
    }),
    window.registerTreeDataProvider('probe.rows', {
      getChildren: (parent) => (parent === undefined ? ['fruit'] : parent === 'fruit' ? ['apple', 'pear'] : []),
      getTreeItem: (label) => {
        const item = new vscode.TreeItem(label, label === 'fruit' ? 2 : 0);
        item.description = label.length + ' letters';
        return item;
      },
    }),
    { dispose: () => worker.terminate() },
  );
}
`;

const files = {
  'package.json': JSON.stringify(manifest),
  'extension.mjs': extension,
  'chunk.mjs': `
import { window } from 'vscode';
export const wavy = window.createTextEditorDecorationType({
  textDecoration: 'underline dotted rgb(0, 255, 0)',
  after: { contentText: ' 12 % "now"' },
});
`,
  'worker.mjs': `
import { parentPort } from 'node:worker_threads';
parentPort.on('message', (text) => parentPort.postMessage('Probe ' + text));
`,
  'icon.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16"><circle cx="8" cy="8" r="6"/></svg>',
};

const CODE = 'const answer = 42;\nfunction ask() {\n  return answer + 1;\n}\n';

const workspace = folderForFile({ 'src/code.js': CODE });
const packing = folderForFile();
const open = windowForFile(async () => ({ workspace, vsix: await packExtension(packing, files) }));
let server: VsCodeServer;
let workbench: Workbench;

beforeAll(() => {
  ({ server, workbench } = open());
});

test('an extension of ES modules runs, with its worker, its chunk and its log', async () => {
  await waitFor('the status bar item', () => workbench.statusBarItem('Probe idle'), 30_000);
  const item = await workbench.statusBarItem('state');
  expect(item?.id).toBe('candor-tests.probe.state');
  const log = await waitFor('the log', () =>
    Object.entries(server.readLogs()).find(([, text]) => text.includes('the probe is here')),
  );
  expect(log[0]).toContain('candor-tests.probe');
});

test('a command marks code, and each mark is found where it lies', async () => {
  await workbench.openFile('src/code.js');
  expect((await workbench.editorLines()).get(2)).toBe('  return answer + 1;');
  await workbench.runCommand('Probe: Mark');
  await waitFor('the worker to answer', () => workbench.statusBarItem('Probe marked'));
  const marks = await waitFor('three marks', async () => {
    const found = await workbench.decorations();
    return found.length >= 3 && found;
  });
  const box = marks.find(({ kind }) => kind === 'box');
  expect(box).toMatchObject({ line: 0, start: 6, end: 12, text: 'answer' });
  expect(box?.style.backgroundColor).toBe('rgb(17, 34, 51)');
  const inline = marks.find(({ kind, text }) => kind === 'inline' && text !== '');
  expect(inline).toMatchObject({ line: 2, start: 2, end: 18, text: 'return answer + ' });
  expect(inline?.style.textDecoration).toMatch(/underline dotted rgb\(0, 255, 0\)/);
  expect(marks.find(({ after }) => after !== '')).toMatchObject({ line: 2, after: ' 12 % "now"' });
  expect(marks.find(({ kind }) => kind === 'gutter')).toMatchObject({ line: 2 });
  expect(await workbench.overviewRuler()).toContainEqual(expect.objectContaining({ color: '#ff0000ff' }));
});

test('the mouse on a word brings its hover', async () => {
  const hover = await workbench.hoverAt(2, 10, 'Word');
  expect(hover.text).toContain('Word answer');
  expect(hover.html).toContain('<strong>Word</strong>');
  expect((await workbench.hoverAt(1, 10, 'Word ask')).text).toContain('Word ask');
});

test('the keyboard moves and writes', async () => {
  await workbench.goToLine(2, 18);
  await workbench.type('2');
  await waitFor('the new text', async () => (await workbench.editorLines()).get(2) === '  return answer + 21;');
  await workbench.press('Backspace');
  await waitFor('the old text', async () => (await workbench.editorLines()).get(2) === '  return answer + 1;');
});

test('a tree shows its rows', async () => {
  await workbench.runCommand('View: Show Probe');
  const rows = await waitFor('the rows', async () => {
    const found = await workbench.treeRows('Rows');
    return found?.length === 3 && found;
  });
  expect(rows[0]).toMatchObject({ label: 'fruit', description: '5 letters', level: 1, expanded: true });
  expect(rows.slice(1).map(({ label, level }) => [label, level])).toEqual([
    ['apple', 2],
    ['pear', 2],
  ]);
  await workbench.clickTreeRow('Rows', 'pear');
  await waitFor('the selection', async () => (await workbench.treeRows('Rows'))?.[2]?.selected);
  expect(await workbench.treeRows('Nothing of this name')).toBeNull();
});

test('the status bar asks, and what is picked comes as a notification', async () => {
  await workbench.clickStatusBarItem('candor-tests.probe.state');
  const pick = await waitFor('the question', () => workbench.quickInput());
  expect(pick).toMatchObject({ placeholder: 'How many?', rows: [{ label: 'one' }, { label: 'two' }] });
  await workbench.pick('two');
  const [notification] = await waitFor('the notification', async () => {
    const found = await workbench.notifications();
    return found.length > 0 && found;
  });
  expect(notification).toEqual({ severity: 'warning', message: 'You said two', buttons: ['Fine'] });
  await workbench.clickNotification('Fine');
  await waitFor('it to go', async () => (await workbench.notifications()).length === 0);
});

test('a theme colour follows the theme', async () => {
  const box = async () => (await workbench.decorations()).find(({ kind }) => kind === 'box')?.style.backgroundColor;
  await workbench.setTheme('Light Modern');
  await waitFor('the light colour', async () => (await box()) === 'rgb(221, 238, 255)');
  await workbench.setTheme('Dark High Contrast');
  await waitFor('the contrast colour', async () => (await box()) === 'rgb(0, 0, 128)');
});

test('a command that is not there says what is', async () => {
  await expect(workbench.runCommand('Probe: Marks')).rejects.toThrow(/There is no "Probe: Marks" to pick/);
  await workbench.press('Escape');
});

test('settings that change are taken up, and so is a file that another program writes', async () => {
  await workbench.changeSettings({ 'workbench.colorTheme': 'Light Modern' });
  await workbench.page.locator('.monaco-workbench.vs').waitFor();
  writeFileSync(join(server.workspace, 'later.txt'), 'a file that came later\n');
  await workbench.openFile('later.txt');
  await waitFor('the text', async () => (await workbench.editorLines()).get(0) === 'a file that came later');
  writeFileSync(join(server.workspace, 'later.txt'), 'and changed\n');
  await waitFor('the change', async () => (await workbench.editorLines()).get(0) === 'and changed');
});

test('a page of an extension can be read', async () => {
  await workbench.runCommand('Probe: Open Page');
  const heading = workbench.webview().locator('h1');
  await heading.waitFor();
  expect(await heading.textContent()).toBe('Trusted: true');
});
