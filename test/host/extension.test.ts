/// <reference types="mocha" />
import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** Only what a user can do: public commands, and what the editor shows of their effects. */

const POLL_MS = 100;
const PATIENCE_MS = 50_000;

interface Manifest {
  readonly version: string;
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
}

function candor(): vscode.Extension<unknown> {
  const extension = vscode.extensions.getExtension('candor.candor');
  assert.ok(extension, 'the extension is not there');
  return extension;
}

/** Asks again and again until there is an answer. */
async function eventually<T>(what: string, ask: () => T | undefined | Promise<T | undefined>): Promise<T> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    if (Date.now() > until) assert.fail(`never came: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

async function openSample(path: string): Promise<vscode.TextEditor> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  assert.ok(folder, 'no folder is open');
  return vscode.window.showTextDocument(vscode.Uri.joinPath(folder.uri, path));
}

/** What Candor says about a place, as Markdown; undefined where it says nothing. */
async function hoverAt(editor: vscode.TextEditor, place: vscode.Position): Promise<string | undefined> {
  const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
    'vscode.executeHoverProvider',
    editor.document.uri,
    place,
  );
  const texts = hovers.flatMap(({ contents }) => contents).filter((one) => one instanceof vscode.MarkdownString);
  return texts.map(({ value }) => value).find((text) => text.includes('not a verdict'));
}

function summary(): vscode.TextDocument | undefined {
  return vscode.workspace.textDocuments.find(({ uri }) => uri.scheme === 'candor-summary');
}

describe('the extension', () => {
  it('activates by itself', async () => {
    await eventually('activation', () => (candor().isActive ? true : undefined));
  });

  it('registers every command that its manifest names', async () => {
    await candor().activate();
    const registered = new Set(await vscode.commands.getCommands(true));
    const { contributes } = candor().packageJSON as Manifest;
    const missing = contributes.commands.map(({ command }) => command).filter((command) => !registered.has(command));
    assert.deepEqual(missing, []);
  });
});

describe('candor.auditFile', () => {
  afterEach(async () => {
    await vscode.commands.executeCommand('candor.clear');
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  it('judges the file in view: a step leads to a span, which explains itself', async () => {
    const editor = await openSample('service/validators.py');
    const start = editor.selection.active;
    await vscode.commands.executeCommand('candor.auditFile');
    await vscode.commands.executeCommand('candor.nextSpan');
    const place = await eventually('a span', () => {
      const { active } = editor.selection;
      return active.isEqual(start) ? undefined : active;
    });
    await eventually('a hover', () => hoverAt(editor, place));

    await vscode.commands.executeCommand('candor.clear');
    await eventually('no hover', async () => ((await hoverAt(editor, place)) === undefined ? true : undefined));
  });

  it('leaves the text as it is', async () => {
    const editor = await openSample('courier/schedule.go');
    const text = editor.document.getText();
    await vscode.commands.executeCommand('candor.auditFile');
    assert.equal(editor.document.getText(), text);
    assert.equal(editor.document.isDirty, false);
  });

  it('is summed up in a document of its own', async () => {
    await openSample('web/formatters.ts');
    await vscode.commands.executeCommand('candor.summarizeFile');
    const document = await eventually('a summary', summary);
    await eventually('its text', () => (document.getText().includes('formatParcel') ? true : undefined));
  });

  it('can be stopped where nothing runs', async () => {
    await vscode.commands.executeCommand('candor.stop');
  });
});
