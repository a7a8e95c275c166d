import { join } from 'node:path';
import { packExtension } from './packExtension.ts';

/**
 * An extension that stands for other people's tools: it suggests at the caret what a file named `suggestion` in the folder of
 * TEST_TOOL_FOLDER holds, and its command applies the edit that `edit.json` holds there, as an agent does. It formats by
 * indenting with four spaces, and reports an error on every line with `undefinedName`. Its other command runs a test that fails
 * where `failure.json` says.
 */
const CODE = `
const vscode = require('vscode');
const { existsSync, readFileSync } = require('node:fs');
const { join } = require('node:path');

const folder = process.env.TEST_TOOL_FOLDER ?? '';
const read = (name) => (existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : null);

exports.activate = (context) => {
  const errors = vscode.languages.createDiagnosticCollection('test tool');
  const controller = vscode.tests.createTestController('testTool', 'Test tool');
  const check = (document) => {
    if (document.languageId !== 'typescript') return;
    const found = [];
    for (let line = 0; line < document.lineCount; line++) {
      const { text, range } = document.lineAt(line);
      if (text.includes('undefinedName')) found.push(new vscode.Diagnostic(range, 'no such name'));
    }
    errors.set(document.uri, found);
  };
  context.subscriptions.push(
    errors,
    vscode.workspace.onDidOpenTextDocument(check),
    vscode.workspace.onDidChangeTextDocument(({ document }) => check(document)),
    vscode.languages.registerInlineCompletionItemProvider({ pattern: '**' }, {
      provideInlineCompletionItems: (document, position) => {
        const text = read('suggestion');
        const before = document.lineAt(position.line).text.slice(0, position.character);
        if (text === null || !text.startsWith(before)) return [];
        return [new vscode.InlineCompletionItem(text, new vscode.Range(position.with({ character: 0 }), position))];
      },
    }),
    vscode.languages.registerDocumentFormattingEditProvider({ pattern: '**' }, {
      provideDocumentFormattingEdits: (document) =>
        Array.from({ length: document.lineCount }, (_, line) => document.lineAt(line))
          .filter(({ firstNonWhitespaceCharacterIndex: indent, isEmptyOrWhitespace }) => indent > 0 && !isEmptyOrWhitespace)
          .map(({ lineNumber, firstNonWhitespaceCharacterIndex: indent }) =>
            vscode.TextEdit.replace(new vscode.Range(lineNumber, 0, lineNumber, indent), ' '.repeat(indent * 2))),
    }),
    vscode.commands.registerCommand('testTool.applyEdit', async () => {
      const { path, line, text } = JSON.parse(read('edit.json') ?? '{}');
      const edit = new vscode.WorkspaceEdit();
      edit.insert(vscode.Uri.file(path), new vscode.Position(line, 0), text);
      await vscode.workspace.applyEdit(edit);
    }),
    controller,
    vscode.commands.registerCommand('testTool.failTest', () => {
      const { path, line } = JSON.parse(read('failure.json') ?? '{}');
      const test = controller.createTestItem('fails', 'fails', vscode.Uri.file(path));
      controller.items.replace([test]);
      const run = controller.createTestRun(new vscode.TestRunRequest([test]));
      const message = new vscode.TestMessage('expected something else');
      message.location = new vscode.Location(vscode.Uri.file(path), new vscode.Position(line, 2));
      run.started(test);
      run.failed(test, message);
      run.end();
    }),
  );
  vscode.workspace.textDocuments.forEach(check);
};
`;

const MANIFEST = {
  name: 'tool',
  publisher: 'candor-test',
  version: '1.0.0',
  main: './extension.cjs',
  engines: { vscode: '^1.101.0' },
  activationEvents: ['onStartupFinished'],
  contributes: {
    commands: [
      { command: 'testTool.applyEdit', title: 'Apply the edit', category: 'Test tool' },
      { command: 'testTool.failTest', title: 'Fail a test', category: 'Test tool' },
    ],
  },
};

/** By which VS Code knows it. */
export const TEST_TOOL_ID = `${MANIFEST.publisher}.${MANIFEST.name}`;

/** Packages the tool in a folder, and returns the path of its `.vsix`. */
export function packTestTool(folder: string): Promise<string> {
  return packExtension(join(folder, 'test-tool'), {
    'package.json': JSON.stringify(MANIFEST),
    'extension.cjs': CODE,
  });
}
