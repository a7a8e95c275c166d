import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderForFile } from '../vscode/folderForFile.ts';
import { runHostTests } from '../vscode/runHostTests.ts';

// That tests can run beside an extension, in VS Code's extension host; and that they can fail.

const extensionFolder = folderForFile({
  'package.json': JSON.stringify({
    name: 'probe',
    publisher: 'candor-tests',
    version: '0.0.1',
    engines: { vscode: '^1.101.0' },
    type: 'module',
    main: './extension.mjs',
    contributes: { commands: [{ command: 'probe.add', title: 'Add' }] },
  }),
  'extension.mjs': `
import { commands } from 'vscode';
export function activate(context) {
  context.subscriptions.push(commands.registerCommand('probe.add', (a, b) => a + b));
  return { answer: 42 };
}
`,
  'tests/probe.test.mjs': `
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { extensions } from 'vscode';

describe('the probe', () => {
  it('answers', async () => {
    const probe = extensions.getExtension('candor-tests.probe');
    assert.equal((await probe.activate()).answer, 42);
    assert.equal(await vscode.commands.executeCommand('probe.add', 1, 2), 3);
  });
  it('sees the workspace', async () => {
    const [file] = await vscode.workspace.findFiles('*.txt');
    assert.equal((await vscode.workspace.openTextDocument(file)).getText(), 'some text');
  });
  it('can fail', () => assert.equal(1, 2));
  it('can be skipped');
});
`,
});
const workspace = folderForFile({ 'some.txt': 'some text' });

test('tests run in the extension host and say how they went', { timeout: 600_000 }, async () => {
  const files = [join(extensionFolder, 'tests', 'probe.test.mjs')];
  const results = await runHostTests({ extensionFolder, files, workspace });
  expect(results.map(({ name, state }) => `${name}: ${state}`)).toEqual([
    'the probe answers: passed',
    'the probe sees the workspace: passed',
    'the probe can fail: failed',
    'the probe can be skipped: skipped',
  ]);
  expect(results[2]?.error).toContain('1 !== 2');
});

test('a test file that cannot be loaded is told, with its name', { timeout: 600_000 }, async () => {
  const files = [join(extensionFolder, 'tests', 'missing.mjs')];
  await expect(runHostTests({ extensionFolder, files, workspace })).rejects.toThrow(/missing\.mjs/);
});
