import { expect, test } from 'vitest';
import { folderForFile } from '../vscode/folderForFile.ts';
import { packExtension } from '../vscode/packExtension.ts';
import { waitFor } from '../vscode/waitFor.ts';
import { windowForFile } from '../vscode/windowForFile.ts';

// That a window in restricted mode can be had: no dialog stands in the way, and an extension knows that it is not trusted.

const extension = {
  'package.json': JSON.stringify({
    name: 'probe',
    publisher: 'candor-tests',
    version: '0.0.1',
    engines: { vscode: '^1.101.0' },
    type: 'module',
    main: './extension.mjs',
    activationEvents: ['onStartupFinished'],
    capabilities: { untrustedWorkspaces: { supported: 'limited', description: 'A test' } },
  }),
  'extension.mjs': `
import { window, workspace } from 'vscode';
export function activate() {
  const item = window.createStatusBarItem('trust');
  item.text = 'Trusted: ' + workspace.isTrusted;
  item.show();
}
`,
};

const workspace = folderForFile({ 'some.txt': 'some text' });
const packing = folderForFile();
const open = windowForFile(async () => ({
  workspace,
  workspaceTrust: true,
  vsix: await packExtension(packing, extension),
}));

test('a folder that is not trusted opens in restricted mode', async () => {
  const { workbench } = open();
  const item = await waitFor('the extension', () => workbench.statusBarItem('Trusted:'), 30_000);
  expect(item.text).toBe('Trusted: false');
  await workbench.openFile('some.txt');
});
