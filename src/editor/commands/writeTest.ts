import * as vscode from 'vscode';
import type { Call } from '../../app/auditor/call.ts';
import { planTest, type PlannedTest, type TestPlace } from '../../app/testStub/planTest.ts';
import type { Doubt } from '../../app/testStub/stubRequest.ts';
import { CandorError } from '../../core/candorError.ts';
import { lineIndexOf, positionAt } from '../../core/lineIndex.ts';
import type { Candor } from '../candor.ts';
import { markAt } from '../marks/markAt.ts';
import type { Mark } from '../marks/mark.ts';
import { openPlaceNamedBy, type OpenPlace } from '../openPlace.ts';
import { subjectOf } from '../subject.ts';

/** Folders whose files are nobody's own code, or are made from it. */
const PASSED_OVER =
  '**/{node_modules,.git,.hg,.svn,dist,out,build,target,bin,obj,coverage,vendor,.venv,venv,.tox,__pycache__,.gradle,.next,.cache}/**';

/** Paths of a project that are looked at. */
const MOST_FILES = 20_000;

/** Larger files say nothing of how tests are written. */
const MOST_BYTES = 500_000;

/**
 * Writes the stub of a test for the function around a place, or around the cursor, in the project's own framework, and opens it where the
 * expectation goes. The file is left unsaved, nothing is run, and all of it is one step to undo.
 */
export async function writeTest(candor: Candor, argument?: unknown): Promise<void> {
  const place = openPlaceNamedBy(argument) ?? placeOfCursor();
  if (place === null) throw noFunction();
  const { document } = place;
  const folder = folderOf(document);
  await candor.work.run(null, async (call) => {
    const wanted = await testPlace(candor, place, folder, call);
    let planned = await planTest(wanted);
    const target = vscode.Uri.joinPath(folder.uri, planned.path);
    if (!planned.isNew) {
      // The editor may read the file with other line ends than the disk has it.
      await vscode.workspace.openTextDocument(target);
      planned = await planTest(wanted);
    }
    call.abortSignal.throwIfAborted();
    await write(planned, target);
    return planned;
  });
}

function placeOfCursor(): OpenPlace | null {
  const editor = vscode.window.activeTextEditor;
  return editor === undefined ? null : { document: editor.document, range: editor.selection };
}

function folderOf(document: vscode.TextDocument): vscode.WorkspaceFolder {
  if (document.isUntitled) {
    const message = 'A test needs the path of what it tests, and this file has none yet. Save it first.';
    throw new CandorError('unsupported', message);
  }
  if (document.uri.scheme === 'vscode-notebook-cell') {
    throw new CandorError(
      'unsupported',
      'No test can import a cell of a notebook. Put the function into a file first.',
    );
  }
  const folder = vscode.workspace.getWorkspaceFolder(document.uri);
  if (folder !== undefined) return folder;
  const message = 'This file is in no open folder, so nobody knows where its tests are. Open its project as a folder.';
  throw new CandorError('unsupported', message);
}

function noFunction(): CandorError {
  const message = 'There is no function with a name here. Put the cursor into the one that the test is to call.';
  return new CandorError('unsupported', message);
}

/** What is to be tested, and the project around it. */
async function testPlace(
  candor: Candor,
  { document, range }: OpenPlace,
  folder: vscode.WorkspaceFolder,
  call: Call,
): Promise<TestPlace> {
  const language = subjectOf(document)?.language ?? 'lines';
  if (language === 'lines') {
    const message = 'Candor has no grammar for this language, so it cannot see its functions. Write the test by hand.';
    throw new CandorError('unsupported', message);
  }
  const text = document.getText();
  const offset = document.offsetAt(range.start);
  const tested = await candor.auditor.testedFunction({ text, language, offset }, call);
  if (tested === null) throw noFunction();
  const mark = markAt(candor.followed, document, range.start);
  const doubt = mark === undefined ? null : await doubtOf(candor, document, mark, call);
  const inFolder = new vscode.RelativePattern(folder, '**/*');
  const found = await vscode.workspace.findFiles(inFolder, PASSED_OVER, MOST_FILES);
  const path = pathIn(folder, document.uri);
  return {
    source: { path, text, language },
    tested,
    doubt,
    files: [...new Set([path, ...found.map((uri) => pathIn(folder, uri))])].sort(),
    readFile: (file) => readText(vscode.Uri.joinPath(folder.uri, file)),
  };
}

/** What stands in a mark; of a finding, the one leaf that it is about, and what the engine held likelier there. */
async function doubtOf(candor: Candor, document: vscode.TextDocument, mark: Mark, call: Call): Promise<Doubt> {
  const { assessment, span, start, end } = mark;
  const whole = await candor.auditor.explain(subjectOf(document)?.key ?? '', assessment, call);
  const finding = whole?.spans[assessment.spans.indexOf(span)]?.finding ?? span.finding;
  const text = document.getText();
  const [best] = finding?.alternatives ?? [];
  if (finding === undefined || best === undefined) return { text: text.slice(start, end), expected: null };
  // The mark has followed edits since; what is in it has moved along.
  const moved = start - span.start;
  return { text: text.slice(finding.start + moved, finding.end + moved), expected: best.text };
}

function pathIn(folder: vscode.WorkspaceFolder, uri: vscode.Uri): string {
  return uri.path.slice(folder.uri.path.replace(/\/$/, '').length + 1);
}

/** The text of a file as the editor has it, or else as the disk does; null where there is none to read. */
async function readText(uri: vscode.Uri): Promise<string | null> {
  const open = vscode.workspace.textDocuments.find((document) => document.uri.toString() === uri.toString());
  if (open !== undefined) return open.getText();
  try {
    if ((await vscode.workspace.fs.stat(uri)).size > MOST_BYTES) return null;
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  } catch {
    return null;
  }
}

async function write({ isNew, path, stub }: PlannedTest, target: vscode.Uri): Promise<void> {
  const edit = new vscode.WorkspaceEdit();
  if (isNew) edit.createFile(target, { overwrite: false, ignoreIfExists: false });
  const before = isNew ? null : await vscode.workspace.openTextDocument(target);
  for (const { offset, text } of stub.insertions) {
    edit.insert(target, before?.positionAt(offset) ?? new vscode.Position(0, 0), text);
  }
  if (!(await vscode.workspace.applyEdit(edit))) {
    throw new CandorError(
      'unreadable',
      `The editor could not write the test into ${path}. Look whether the file can be changed.`,
    );
  }
  const document = await vscode.workspace.openTextDocument(target);
  await vscode.window.showTextDocument(document, { selection: leftIn(document, stub, isNew) });
}

/** What is left to write; in a new file by its lines, for the editor chooses how they end. */
function leftIn(
  document: vscode.TextDocument,
  { left, insertions }: PlannedTest['stub'],
  isNew: boolean,
): vscode.Range {
  const lines = isNew ? lineIndexOf(insertions[0]?.text ?? '') : null;
  const place = (offset: number): vscode.Position => {
    if (lines === null) return document.positionAt(offset);
    const { line, character } = positionAt(lines, offset);
    return new vscode.Position(line, character);
  };
  return new vscode.Range(place(left.start), place(left.end));
}
