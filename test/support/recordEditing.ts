/**
 * Records an hour of editing in a real editor, as traces for tests.
 *
 *     node test/support/recordEditing.ts SEED FILE [SHARE]
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launchBrowser } from '../vscode/launchBrowser.ts';
import { packExtension } from '../vscode/packExtension.ts';
import { startVsCode } from '../vscode/startVsCode.ts';
import { openWorkbench } from '../vscode/workbench.ts';
import { filesToEdit, runEditingHour } from './editingHour.ts';
import { packTrace } from './editTrace.ts';
import { editRecorderFiles, EDITING_SETTINGS } from './editRecorder.ts';
import { writeFiles } from './temporaryFolder.ts';

const [seedText = '1', file = 'trace.jsonl.gz', shareText = '1'] = process.argv.slice(2);
const seed = Number(seedText);
const home = mkdtempSync(join(tmpdir(), 'candor-editing-'));
const workspace = join(home, 'workspace');
const folder = join(home, 'recorder');
writeFiles(workspace, filesToEdit(seed));
writeFiles(folder, { 'README.md': '' });
const vsix = await packExtension(join(home, 'extension'), editRecorderFiles());
const server = await startVsCode({
  workspace,
  vsix,
  env: { EDIT_RECORDER_FOLDER: folder },
  settings: EDITING_SETTINGS,
});
const browser = await launchBrowser();
try {
  const { page } = await openWorkbench(browser, server.url);
  const { trace, failed } = await runEditingHour(page, server.workspace, folder, { seed, share: Number(shareText) });
  writeFileSync(file, packTrace(trace));
  const edits = trace.filter((line) => 'edit' in line).length;
  console.log(`${edits} edits in ${readFileSync(file).length} bytes; ${failed.length} actions failed`);
  for (const why of failed) console.log(why.slice(0, 300));
} finally {
  await browser.close();
  await server.stop();
  rmSync(home, { recursive: true, force: true });
}
