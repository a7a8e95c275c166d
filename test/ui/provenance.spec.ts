import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { confusionOf, figuresOf, replay, type ToldEdit } from '../simulation/provenanceStudy.ts';
import { EDITING_SETTINGS, editRecorderFiles } from '../support/editRecorder.ts';
import { filesToEdit, runEditingHour } from '../support/editingHour.ts';
import type { EditTrace } from '../support/editTrace.ts';
import { folderForFile } from '../vscode/folderForFile.ts';
import { packExtension } from '../vscode/packExtension.ts';
import { windowForFile } from '../vscode/windowForFile.ts';

/** Another than those of the recorded hours. */
const SEED = 3;

/** One action of each kind, and a few more of the frequent ones. */
const SHARE = 0.08;

const workspace = folderForFile(filesToEdit(SEED));
const recorder = folderForFile();

const open = windowForFile(async () => ({
  workspace,
  vsix: await packExtension(join(recorder, 'extension'), editRecorderFiles()),
  env: { EDIT_RECORDER_FOLDER: recorder },
  settings: EDITING_SETTINGS,
}));

let trace: EditTrace;
beforeAll(async () => {
  const { workbench, server } = open();
  const hour = await runEditingHour(workbench.page, server.workspace, recorder, { seed: SEED, share: SHARE });
  ({ trace } = hour);
  // A list or a box that does not come in time is no matter; most of what was asked must have been done.
  expect(hour.failed.length, hour.failed.join('\n')).toBeLessThan(5);
}, 300_000);

test('a model’s code is known by what the editor says, and by text, time and the caret', () => {
  for (const hasDetailedReason of [true, false]) {
    const told = replay(trace, { hasDetailedReason, hasClipboard: true });
    const { precision, recall } = figuresOf(told);
    expect(precision).toBeGreaterThanOrEqual(0.95);
    expect(recall).toBeGreaterThanOrEqual(0.6);
  }
});

test('what people type, paste and undo is no model’s', () => {
  const byHow = ({ truth }: ToldEdit): string => truth.how;
  for (const hasDetailedReason of [true, false]) {
    const table = confusionOf(replay(trace, { hasDetailedReason, hasClipboard: true }), byHow);
    for (const how of ['typed', 'pasted', 'undone']) expect(table.get(how), how).toMatchObject({ model: 0 });
  }
});
