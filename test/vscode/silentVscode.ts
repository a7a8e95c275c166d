/**
 * The editor's API as a stock VS Code on a desktop shows it to extensions: change events do not say who made the change, and the clipboard
 * can be read; here it is what TEST_TOOL_FOLDER says.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as vscode from 'vscode';

// What is not named below is the editor's own.
export * from 'vscode';

export const env = new Proxy({} as typeof vscode.env, {
  get(_, key) {
    if (key === 'uiKind') return vscode.UIKind.Desktop;
    if (key === 'clipboard') return clipboard;
    const value = vscode.env[key as keyof typeof vscode.env];
    return typeof value === 'function' ? ((value as () => unknown).bind(vscode.env) as unknown) : value;
  },
});

const clipboard: vscode.Clipboard = {
  readText() {
    const file = join(process.env.TEST_TOOL_FOLDER ?? '', 'clipboard');
    return Promise.resolve(existsSync(file) ? readFileSync(file, 'utf8') : '');
  },
  writeText: () => Promise.resolve(),
};

export const workspace = new Proxy({} as typeof vscode.workspace, {
  get(_, key) {
    if (key === 'onDidChangeTextDocument') return silentChanges;
    const value = vscode.workspace[key as keyof typeof vscode.workspace];
    return typeof value === 'function' ? (value.bind(vscode.workspace) as unknown) : value;
  },
});

const silentChanges: typeof vscode.workspace.onDidChangeTextDocument = (listener, thisArg, disposables) =>
  vscode.workspace.onDidChangeTextDocument(
    ({ document, contentChanges, reason }) => {
      listener.call(thisArg, { document, contentChanges, reason });
    },
    undefined,
    disposables,
  );

/** What a stock VS Code does where an extension asks for proposed API. */
function refuse(): never {
  throw new Error('This API is a proposal, and not for this extension.');
}

export const tests = {
  createTestController: vscode.tests.createTestController,
  get onDidChangeTestResults(): never {
    return refuse();
  },
  get testResults(): never {
    return refuse();
  },
};
