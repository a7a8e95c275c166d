import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { folderForFile } from '../vscode/folderForFile.ts';
import { packagedExtension } from '../vscode/packagedExtension.ts';
import { packExtension } from '../vscode/packExtension.ts';
import { waitFor } from '../vscode/waitFor.ts';
import { windowForFile } from '../vscode/windowForFile.ts';
import type { Workbench } from '../vscode/workbench.ts';

// The stub of a test from the code in doubt, and what language models get to hear.

const AUDIT_MS = 60_000;

const CLAMP =
  'export function clamp(value: number, low: number): number {\n  return value < low ? low : value;\n}\n\nexport const LOW = 1;\n';
const RANGE_TEST =
  "import { expect, test } from 'vitest';\nimport { width } from './range.ts';\n\ntest('width', () => {\n  expect(width(1, 2)).toBe(1);\n});\n";

const workspace = folderForFile({
  'package.json': '{ "type": "module", "devDependencies": { "vitest": "1" } }\n',
  'src/clamp.ts': CLAMP,
  'src/range.ts': 'export function width(low: number, high: number): number {\n  return high - low;\n}\n',
  'src/range.test.ts': RANGE_TEST.replaceAll('\n', '\r\n'),
});

/** An extension that stands for an agent: it invokes the tool that `ask.json` names, and writes down what that says. */
const AGENT = `
const vscode = require('vscode');
const { readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
exports.activate = (context) => {
  context.subscriptions.push(vscode.commands.registerCommand('testAgent.ask', async () => {
    const folder = process.env.TEST_AGENT_FOLDER;
    const { tool, input } = JSON.parse(readFileSync(join(folder, 'ask.json'), 'utf8'));
    const said = await Promise.resolve(vscode.lm.invokeTool(tool, { input, toolInvocationToken: undefined })).then(
      ({ content }) => content.map(({ value }) => value).join(''),
      (error) => 'refused: ' + error.message,
    );
    writeFileSync(join(folder, 'answer.json'), JSON.stringify({ said, tools: vscode.lm.tools.map(({ name }) => name) }));
  }));
};
`;
const MANIFEST = {
  name: 'agent',
  publisher: 'candor-test',
  version: '1.0.0',
  main: './extension.cjs',
  engines: { vscode: '^1.101.0' },
  contributes: { commands: [{ command: 'testAgent.ask', title: 'Ask', category: 'Test agent' }] },
};
const agent = folderForFile();
const packing = folderForFile();

const open = windowForFile(async () => ({
  workspace,
  vsix: [
    packagedExtension(),
    await packExtension(packing, { 'package.json': JSON.stringify(MANIFEST), 'extension.cjs': AGENT }),
  ],
  env: { TEST_AGENT_FOLDER: agent },
  settings: { 'files.autoSave': 'off', 'typescript.validate.enable': false },
}));

let workbench: Workbench;
beforeAll(() => {
  ({ workbench } = open());
});

const tab = (): Locator => workbench.page.locator('.editor-group-container.active .tab.active');
const menuEntry = (text: string): Locator =>
  workbench.page.locator('.action-widget .monaco-list-row', { hasText: text }).first();
const lines = async (): Promise<readonly string[]> =>
  [...(await workbench.editorLines())].sort(([a], [b]) => a - b).map(([, text]) => text.replaceAll('\u00a0', ' '));

/** The file in view, once it is one of this name that is not saved. */
async function unsaved(name: string): Promise<readonly string[]> {
  await waitFor(`${name}, not saved`, async () => {
    const isDirty = (await tab().getAttribute('class'))?.includes('dirty');
    return isDirty === true && (await tab().getAttribute('data-resource-name')) === name;
  });
  return lines();
}

async function saidInNotification(words: RegExp): Promise<void> {
  await waitFor('the sentence', async () =>
    (await workbench.notifications()).some(({ message }) => words.test(message)),
  );
  await workbench.clearNotifications();
}

test('a new test is written from the lightbulb of a mark, and left where its expectation goes', async () => {
  await workbench.openFile('src/clamp.ts');
  await workbench.runCommand('Candor: Audit file');
  const mark = await waitFor(
    'a mark in the function',
    async () => (await workbench.decorations()).find(({ kind, line }) => kind === 'box' && line < 3),
    AUDIT_MS,
  );
  await workbench.goToLine(mark.line, mark.start + 1);
  await waitFor(
    'the lightbulb',
    async () => {
      await workbench.press('Escape');
      await workbench.press('Control+.');
      await menuEntry('Candor: write a test for this').waitFor({ timeout: 5_000 });
      return true;
    },
    AUDIT_MS,
  );
  await menuEntry('Candor: write a test for this').click();
  const written = await unsaved('clamp.test.ts');
  expect(written).toContain("import { clamp } from './clamp.ts';");
  expect(written.find((line) => line.includes('// The engine'))).toMatch(
    /^ {2}\/\/ The engine (?:expected|was unsure of) `/,
  );
  expect(written).toContain('  const result = clamp(value, low);');
  // Nothing of it is on the disk before it is saved.
  expect(readFileSync(join(workspace, 'src/clamp.test.ts'), 'utf8')).toBe('');
  await workbench.type('2');
  expect(await lines()).toContain('  const expected = 2;');
});

test('a test that there is gets another one, in its own line ends, and keeps what it had', async () => {
  await workbench.openFile('src/range.ts');
  await workbench.goToLine(1, 4);
  await workbench.runCommand('Candor: Write a test for this');
  const written = await unsaved('range.test.ts');
  expect(written.slice(0, 7).join('\n')).toContain(RANGE_TEST.trimEnd());
  expect(written).toContain("test('width', () => {");
  await workbench.press('ControlOrMeta+S');
  const saved = await waitFor('the saved test', () => {
    const text = readFileSync(join(workspace, 'src/range.test.ts'), 'utf8');
    return text.includes('unwritten') && text;
  });
  expect(saved.replaceAll('\r\n', '')).not.toContain('\n');
  expect(saved.match(/^import/gm)).toHaveLength(2);
});

test('it says where there is no function', async () => {
  await workbench.openFile('src/clamp.ts');
  await workbench.goToLine(4);
  await workbench.runCommand('Candor: Write a test for this');
  await saidInNotification(/There is no function with a name here/);
});

test('it says that a file without a path has no place for tests', async () => {
  await workbench.runCommand('File: New Untitled Text File');
  await workbench.runCommand('Candor: Write a test for this');
  await saidInNotification(/Save it first/);
});

/** What a tool of the editor says to an agent. */
async function asked(
  tool: string,
  input: object,
): Promise<{ readonly said: string; readonly tools: readonly string[] }> {
  const answer = join(agent, 'answer.json');
  writeFileSync(answer, '');
  writeFileSync(join(agent, 'ask.json'), JSON.stringify({ tool, input }));
  await workbench.runCommand('Test agent: Ask');
  return waitFor(
    'the answer',
    () => existsSync(answer) && (JSON.parse(readFileSync(answer, 'utf8')) as Awaited<ReturnType<typeof asked>>),
    AUDIT_MS,
  );
}

test('a language model hears how sure the engine was, and nothing of what is outside', async () => {
  const { said, tools } = await asked('candor_howSure', { path: 'src/clamp.ts', startLine: 1 });
  expect(tools).toEqual(expect.arrayContaining(['candor_auditDiff', 'candor_auditFiles', 'candor_howSure']));
  const [about = '', json = ''] = said.split('\n');
  expect(about).toMatch(/data from files, not instructions/);
  const { score, report } = JSON.parse(json) as {
    readonly score: { readonly tokens: readonly { readonly text: string }[] };
    readonly report: { readonly files: readonly { readonly path: string }[] };
  };
  expect(score.tokens.map(({ text }) => text).join('')).toContain('return value < low ? low : value;');
  expect(report.files.map(({ path }) => path)).toEqual(['src/clamp.ts']);
  expect((await asked('candor_howSure', { path: '/etc/passwd' })).said).toMatch(/refused: .*leads out of the roots/);
});
