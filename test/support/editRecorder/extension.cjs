// Records what an editor tells of changes, and does to documents what people's other extensions do. A script drives it over
// HTTP; the port stands in a file of the folder that EDIT_RECORDER_FOLDER names. `test/support/editingHour.ts` is that script.
const vscode = require('vscode');
const { createServer } = require('node:http');
const { writeFileSync } = require('node:fs');
const { join } = require('node:path');

const EVERYWHERE = { scheme: 'file' };
const KINDS = { 1: 'keyboard', 2: 'mouse', 3: 'command' };
const REASONS = { 1: 'undo', 2: 'redo' };

/** Lines of the trace: see `test/support/editTrace.ts`. */
const trace = [];
const texts = new Map();
const carets = new Map();
let edits = 0;
let lastMs = performance.now();
let suggestion = null;
let list = null;
let formats = true;

const nameOf = ({ uri }) => uri.path.split('/').slice(-1)[0];
const isFollowed = ({ uri }) => uri.scheme === 'file';
const now = () => Math.round(performance.now() * 10) / 10;
const add = (line) => {
  lastMs = performance.now();
  trace.push(line);
};

function opened(document) {
  if (isFollowed(document)) texts.set(document.uri.path, document.getText());
}

function changed({ document, contentChanges, reason, detailedReason }) {
  if (!isFollowed(document)) return;
  const name = nameOf(document);
  if (contentChanges.length === 0) {
    add({ hint: { kind: 'dirty', document: name, atMs: now(), isDirty: document.isDirty } });
    return;
  }
  const before = texts.get(document.uri.path) ?? '';
  texts.set(document.uri.path, document.getText());
  const edit = ++edits;
  const changes = contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
    start: rangeOffset,
    end: rangeOffset + rangeLength,
    removed: before.slice(rangeOffset, rangeOffset + rangeLength),
    inserted: text,
  }));
  add({
    edit,
    event: {
      atMs: now(),
      document: name,
      edits: changes,
      reason: REASONS[reason] ?? null,
      detailedReason: detailedReason === undefined ? null : plain(detailedReason),
      isDirty: document.isDirty,
      carets: carets.get(name) ?? [],
      isActive: vscode.window.activeTextEditor?.document === document,
    },
  });
  const inserted = changes.map((one) => one.inserted).join('');
  if (inserted.length > 1 && reason === undefined) void askClipboard(edit, inserted);
}

/** Without what is another at every run. */
function plain({ source, metadata }) {
  const kept = Object.entries(metadata ?? {}).filter(([key, value]) => !/Uuid|correlation/i.test(key) && value != null);
  return { source, metadata: Object.fromEntries(kept) };
}

async function askClipboard(edit, inserted) {
  const held = await vscode.env.clipboard.readText();
  const isEqual = held !== '' && squeezed(held) === squeezed(inserted);
  add({ hint: { kind: 'clipboard', edit, isEqual } });
}

const squeezed = (text) => text.replaceAll(/\s+/g, ' ').trim();

const at = ([line, character]) => new vscode.Position(line, character);
const rangeOf = ({ from, to }) => new vscode.Range(at(from), at(to ?? from));
const fileOf = (name) => vscode.Uri.joinPath(vscode.workspace.workspaceFolders[0].uri, name);

const workspaceEdit = (changes) => {
  const edit = new vscode.WorkspaceEdit();
  for (const one of changes) edit.replace(fileOf(one.file), rangeOf(one), one.text);
  return edit;
};

/** What the script may ask for. */
const doings = {
  begin: ({ action, by, how }) => {
    add({ action, by, how });
  },
  hint: ({ hint }) => {
    add({ hint: { ...hint, atMs: now() } });
  },
  open: async ({ file, from, to }) => {
    const editor = await vscode.window.showTextDocument(fileOf(file), { preview: false });
    editor.selection = new vscode.Selection(at(from), at(to ?? from));
    editor.revealRange(editor.selection);
  },
  load: async ({ file }) => {
    await vscode.workspace.openTextDocument(fileOf(file));
  },
  text: async ({ file }) => (await vscode.workspace.openTextDocument(fileOf(file))).getText(),
  caret: () => {
    const { line, character } = vscode.window.activeTextEditor.selection.active;
    return [line, character];
  },
  suggest: async ({ text }) => {
    suggestion = text;
    if (text !== null) await vscode.commands.executeCommand('editor.action.inlineSuggest.trigger');
  },
  offer: ({ item }) => {
    list = item;
  },
  format: ({ isOn }) => {
    formats = isOn;
  },
  applyEdit: ({ changes }) => vscode.workspace.applyEdit(workspaceEdit(changes)),
  editorEdit: ({ changes }) =>
    vscode.window.activeTextEditor.edit((builder) => {
      for (const one of changes) builder.replace(rangeOf(one), one.text);
    }),
  snippet: ({ text }) => vscode.window.activeTextEditor.insertSnippet(new vscode.SnippetString(text)),
  command: async ({ id, args }) => {
    await vscode.commands.executeCommand(id, ...(args ?? []));
  },
  quiet: async ({ forMs }) => {
    while (performance.now() - lastMs < forMs) await new Promise((resolve) => setTimeout(resolve, 20));
  },
  count: () => edits,
  trace: () => trace,
};

/** A suggestion at the caret, as far as what was typed since fits it. */
function completions(document, position) {
  if (suggestion === null) return [];
  const line = document.lineAt(position.line).text;
  const before = line.slice(0, position.character);
  const text = suggestion;
  // What has been taken of it is replaced by the whole.
  const start = Math.max(0, before.length - text.split('\n')[0].length - 200);
  for (let from = start; from <= before.length; from++) {
    if (text.startsWith(before.slice(from))) {
      return [new vscode.InlineCompletionItem(text, new vscode.Range(position.with({ character: from }), position))];
    }
  }
  return [];
}

function listed(document, position) {
  if (list === null) return [];
  const item = new vscode.CompletionItem(list.label, vscode.CompletionItemKind.Function);
  item.range = document.getWordRangeAtPosition(position) ?? new vscode.Range(position, position);
  if (list.snippet !== undefined) item.insertText = new vscode.SnippetString(list.snippet);
  if (list.imports !== undefined) {
    item.additionalTextEdits = [vscode.TextEdit.insert(new vscode.Position(0, 0), list.imports)];
  }
  item.sortText = '0';
  item.preselect = true;
  return [item];
}

/** Two spaces become four and back; quotes, semicolons and long argument lists change with them, as formatters do it. */
function formatted(document) {
  if (!formats) return [];
  const text = document.getText();
  const isWide = /^ {4}\S/m.test(text) && !/^ {2}\S/m.test(text);
  const lines = text.split('\n').map((line) => {
    const indent = line.length - line.trimStart().length;
    const laid = ' '.repeat(isWide ? Math.floor(indent / 2) : indent * 2) + line.trim();
    return isWide ? laid.replaceAll("'", '"') : laid.replaceAll('"', "'").replace(/^(\s*return .*[^;{,([])$/, '$1;');
  });
  const whole = new vscode.Range(document.positionAt(0), document.positionAt(text.length));
  return [vscode.TextEdit.replace(whole, lines.join('\n'))];
}

function renamed(document, position, newName) {
  const word = document.getText(document.getWordRangeAtPosition(position));
  const edit = new vscode.WorkspaceEdit();
  for (const one of vscode.workspace.textDocuments.filter(isFollowed)) {
    for (const { index } of one.getText().matchAll(new RegExp(`\\b${word}\\b`, 'g'))) {
      edit.replace(one.uri, new vscode.Range(one.positionAt(index), one.positionAt(index + word.length)), newName);
    }
  }
  return edit;
}

/** Extracts the lines that are selected into a function, or puts the lines at the top in order. */
function refactorings(document, range) {
  const extract = new vscode.CodeAction('Extract to function', vscode.CodeActionKind.RefactorExtract);
  extract.edit = new vscode.WorkspaceEdit();
  const body = document.getText(range);
  extract.edit.replace(document.uri, range, 'extracted();');
  extract.edit.insert(
    document.uri,
    document.lineAt(document.lineCount - 1).range.end,
    `\nfunction extracted() {\n  ${body.trim()}\n}\n`,
  );
  const organise = new vscode.CodeAction('Organize', vscode.CodeActionKind.SourceOrganizeImports);
  organise.edit = new vscode.WorkspaceEdit();
  const end = document.getText().search(/^(?!import|$)/m);
  const imports = document
    .getText()
    .slice(0, Math.max(0, end))
    .split('\n')
    .filter((line) => line !== '');
  const top = new vscode.Range(document.positionAt(0), document.positionAt(Math.max(0, end)));
  organise.edit.replace(
    document.uri,
    top,
    imports
      .sort()
      .map((line) => `${line}\n`)
      .join(''),
  );
  const fix = new vscode.CodeAction('Add the missing await', vscode.CodeActionKind.QuickFix);
  fix.edit = new vscode.WorkspaceEdit();
  fix.edit.insert(document.uri, range.start, 'await ');
  return [extract, organise, fix];
}

exports.activate = (context) => {
  vscode.workspace.textDocuments.forEach(opened);
  const server = createServer((request, response) => {
    // One that is kept open may be closed here just as the next request comes over it.
    response.setHeader('connection', 'close');
    let body = '';
    request.on('data', (piece) => (body += piece));
    request.on('end', async () => {
      try {
        const asked = JSON.parse(body);
        const answer = await doings[asked.do](asked);
        response.end(JSON.stringify({ answer: answer ?? null }));
      } catch (error) {
        response.statusCode = 500;
        response.end(String(error?.stack));
      }
    });
  });
  server.listen(0, '127.0.0.1', () => {
    writeFileSync(join(process.env.EDIT_RECORDER_FOLDER, 'port'), String(server.address().port));
  });
  const { languages, workspace, window } = vscode;
  context.subscriptions.push(
    { dispose: () => server.close() },
    workspace.onDidOpenTextDocument(opened),
    workspace.onDidChangeTextDocument(changed),
    workspace.onWillSaveTextDocument(({ document }) => {
      add({ hint: { kind: 'saving', document: nameOf(document), atMs: now() } });
    }),
    workspace.onDidSaveTextDocument((document) => {
      add({ hint: { kind: 'dirty', document: nameOf(document), atMs: now(), isDirty: false } });
    }),
    window.onDidChangeTextEditorSelection(({ textEditor: { document, selections }, kind }) => {
      if (!isFollowed(document)) return;
      const offsets = selections.map(({ active }) => document.offsetAt(active));
      carets.set(nameOf(document), offsets);
      add({
        hint: { kind: 'caret', document: nameOf(document), atMs: now(), by: KINDS[kind] ?? null, carets: offsets },
      });
    }),
    languages.registerInlineCompletionItemProvider(EVERYWHERE, { provideInlineCompletionItems: completions }),
    languages.registerCompletionItemProvider(EVERYWHERE, { provideCompletionItems: listed }),
    languages.registerDocumentFormattingEditProvider(EVERYWHERE, { provideDocumentFormattingEdits: formatted }),
    languages.registerRenameProvider(EVERYWHERE, { provideRenameEdits: renamed }),
    languages.registerCodeActionsProvider(EVERYWHERE, { provideCodeActions: refactorings }),
  );
};
