import { beforeAll, expect, test } from 'vitest';
import { python } from '../support/someNotebook.ts';
import { writeFiles } from '../support/temporaryFolder.ts';
import { folderForFile } from '../vscode/folderForFile.ts';
import { packagedExtension } from '../vscode/packagedExtension.ts';
import { waitFor } from '../vscode/waitFor.ts';
import { windowForFile } from '../vscode/windowForFile.ts';
import type { Workbench } from '../vscode/workbench.ts';

// What a comment keeps quiet has no mark, and can be looked up all the same: in the report, and by whoever points at it.

const AUDIT_MS = 60_000;
const REASON = 'seen by hand, twice';

const folder = folderForFile();
const open = windowForFile(() => {
  writeFiles(folder, { 'quiet.py': `# candor-ignore-file: ${REASON}\n${python('truck')}\n` });
  return { workspace: folder, vsix: packagedExtension() };
});

let workbench: Workbench;
beforeAll(() => {
  ({ workbench } = open());
});

const quietRows = async () => (await workbench.treeRows('Report'))?.filter(({ level }) => level === 3) ?? [];

test('the report counts what is kept quiet, and says why under its region', async () => {
  await workbench.openFile('quiet.py');
  await workbench.runCommand('Candor: Audit file');
  await workbench.runCommand('Candor: Show the report');
  const file = await waitFor('the report', async () => (await workbench.treeRows('Report'))?.[0], AUDIT_MS);
  const [, count] = /^1 region · (\d+) kept quiet$/.exec(file.description) ?? [];
  expect(Number(count)).toBeGreaterThan(0);
  await workbench.unfoldTreeRow('Report', 'truck_total');
  const rows = await waitFor('what is quiet', async () => {
    const found = await quietRows();
    return found.length > 0 && found;
  });
  expect(rows).toHaveLength(Number(count));
  for (const { description, spoken } of rows) {
    expect(description).toMatch(new RegExp(`^kept quiet · line \\d+ · ${REASON}$`));
    expect(spoken).toContain(description);
  }
  expect(await workbench.decorations()).toEqual([]);
});

test('a click on it opens the code, which says why it has no mark', async () => {
  const [row] = await quietRows();
  await workbench.clickTreeRow('Report', row!.label);
  const line = Number(/line (\d+)/.exec(row!.description)?.[1]) - 1;
  const position = await waitFor('the place', async () => {
    const text = (await workbench.statusBarItem('status.editor.selection'))?.text;
    return text?.startsWith(`Ln ${line + 1},`) === true && text;
  });
  // The selection ends where the cursor is.
  const character = Number(/Col (\d+)/.exec(position)?.[1]) - 2;
  const { text } = await workbench.hoverAt(line, character, 'Kept quiet');
  expect(text).toContain(`Kept quiet by the comment in line 1: ${REASON}`);
  expect(text).toContain('Without it this would be marked');
  expect(await workbench.notifications()).toEqual([]);
});
