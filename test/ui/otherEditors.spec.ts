import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import { commitAll, git } from '../support/gitRepository.ts';
import { NOUNS, python, someNotebook } from '../support/someNotebook.ts';
import { writeFiles } from '../support/temporaryFolder.ts';
import { folderForFile } from '../vscode/folderForFile.ts';
import { packagedExtension } from '../vscode/packagedExtension.ts';
import { waitFor } from '../vscode/waitFor.ts';
import { windowForFile } from '../vscode/windowForFile.ts';
import { openWorkbench, type Workbench } from '../vscode/workbench.ts';

// Where code is shown otherwise than in one editor: the cells of a notebook, the sides of a comparison, several folders.

const AUDIT_MS = 60_000;

const folder = folderForFile();
// VS Code offers to open one that lies in the folder.
const elsewhere = folderForFile();
const open = windowForFile(
  () => {
    writeFiles(folder, {
      'book.ipynb': JSON.stringify(someNotebook),
      'depot.py': `${python('truck')}\n`,
      'harbour.py': `${python('ship')}\n`,
      'one/same.py': `${python('plane')}\n`,
      'two/same.py': `${python('glider')}\n`,
    });
    writeFileSync(
      join(elsewhere, 'both.code-workspace'),
      JSON.stringify({ folders: [{ path: join(folder, 'one') }, { path: join(folder, 'two') }] }),
    );
    git(folder, 'init', '--quiet', '--initial-branch=main');
    commitAll(folder);
    writeFileSync(join(folder, 'depot.py'), `${python('truck').replace('>= limit', '> limit + 3')}\n`);
    return { workspace: folder, vsix: packagedExtension() };
  },
  { width: 1280, height: 1400 },
);

let workbench: Workbench;
beforeAll(() => {
  ({ workbench } = open());
});

/** Marks in each of the editors that a selector finds, by the text of the editor's first line. */
function marksIn(page: Page, editors: string): Promise<Readonly<Record<string, number>>> {
  return page.evaluate<Readonly<Record<string, number>>>(`Object.fromEntries(
    [...document.querySelectorAll(${JSON.stringify(editors)})].map((editor) => [
      editor.querySelector('.view-line')?.textContent.replaceAll('\\u00a0', ' ') ?? '',
      [...editor.querySelectorAll('.view-overlays .cdr')]
        .filter((box) => [...box.classList].some((name) => name.startsWith('ced-'))).length,
    ]),
  )`);
}

const CELLS = '.notebookOverlay .code-cell-row .monaco-editor';
const MARK = `.view-overlays .cdr[class*="ced-"]`;
const cellMarks = (): Promise<Readonly<Record<string, number>>> => marksIn(workbench.page, CELLS);
const headOf = (noun: string): string => `def ${noun}_total(${noun}s, limit):`;
const ofEach = (found: Readonly<Record<string, number>>): readonly number[] =>
  NOUNS.map((noun) => found[headOf(noun)] ?? 0);
const sum = (counts: readonly number[]): number => counts.reduce((total, count) => total + count, 0);
const status = async (): Promise<string> => (await workbench.statusBarItem('candor.status'))?.text ?? '';

test('the code cells of a notebook are judged as one text, and each shows its marks', async () => {
  await workbench.runCommand('View: Show Explorer');
  await workbench.page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'book.ipynb' }).dblclick();
  await waitFor('four cells', async () => Object.keys(await cellMarks()).length === 4, AUDIT_MS);
  expect(ofEach(await cellMarks())).toEqual([0, 0, 0, 0]);
  await workbench.runCommand('Candor: Audit file');
  const counts = await waitFor('marks', async () => ofEach(await cellMarks()).some(Boolean) && cellMarks(), AUDIT_MS);
  // No cell has the keyboard, and still it is said of the whole notebook.
  const total = sum(ofEach(counts));
  await waitFor('the state', async () => (await status()) === `Candor: ${total} marks`);
  await workbench.runCommand('Candor: Show the report');
  const rows = await waitFor('the report', async () => {
    const found = await workbench.treeRows('Report');
    return found?.length === 5 && found;
  });
  expect(rows[0]).toMatchObject({ label: 'book.ipynb', description: '4 regions', spoken: 'book.ipynb, 4 regions' });
  expect(rows[1]?.spoken).toBe(`${rows[1]?.label}, ${rows[1]?.description}`);
  expect(
    rows
      .slice(1)
      .map(({ label }) => label)
      .sort(),
  ).toEqual(NOUNS.map((noun) => `${noun}_total`).sort());
});

test('a click in the report opens the cell', async () => {
  await expandRegion(workbench, 'pallet_total');
  await workbench.clickTreeRow('Report', 'pallets');
  await waitFor('the keyboard in the cell', () =>
    workbench.page.evaluate<boolean>(
      `document.activeElement?.closest('.code-cell-row')?.textContent.includes('pallet_total') ?? false`,
    ),
  );
  expect(await workbench.notifications()).toEqual([]);
  expect(await workbench.page.locator('.tabs-container .tab').count()).toBe(1);
});

test('an edit in a cell takes the mark there away, and no other', async () => {
  const before = ofEach(await cellMarks());
  const edited = before.findIndex((count) => count > 0);
  const cell = workbench.page.locator(CELLS, { hasText: `too many ${NOUNS[edited] ?? ''}s` });
  const box = await cell.locator(MARK).first().boundingBox();
  if (box === null) throw new Error('There is no mark.');
  await workbench.page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
  await workbench.type('q');
  const ofAll = async (): Promise<readonly number[]> => Object.values(await cellMarks());
  const after = await waitFor('one mark less', async () => {
    const counts = await ofAll();
    return sum(counts) < sum(before) && counts;
  });
  expect(after).toEqual(before.map((count, index) => (index === edited ? count - 1 : count)));
  await workbench.press('Backspace');
  await waitFor('all again', async () => sum(await ofAll()) === sum(before), AUDIT_MS);
});

test('both sides of a comparison with the last commit show their marks', async () => {
  await workbench.openFile('depot.py');
  await waitFor('git', () => workbench.statusBarItem('main*'), AUDIT_MS);
  await workbench.runCommand('Git: Open Changes');
  expect(await auditedSides()).toEqual(['depot.py', 'depot.py']);
});

test('both sides of a comparison of two files show their marks', async () => {
  await workbench.openFile('harbour.py');
  await workbench.runCommand('File: Compare Active File With...');
  await waitFor('the files', () => workbench.quickInput());
  await workbench.fillQuickInput('same.py one');
  await waitFor('the file', async () => (await workbench.quickInput())?.rows[0]?.label === 'same.py');
  await workbench.press('Enter');
  await workbench.page.locator('.tab.active', { hasText: 'same.py' }).waitFor();
  expect([...(await auditedSides())].sort()).toEqual(['harbour.py', 'same.py']);
});

/** Audits the comparison in view, waits for marks on both sides, and gives the files of the report. */
async function auditedSides(): Promise<readonly string[]> {
  const side = (name: string): string => `.editor-group-container.active .monaco-diff-editor .editor.${name}`;
  await workbench.page
    .locator(`${side('modified')} .view-line`)
    .first()
    .waitFor();
  await workbench.runCommand('Candor: Audit file');
  await waitFor(
    'marks on both sides',
    async () => {
      const counts = ['original', 'modified'].map((name) => workbench.page.locator(`${side(name)} ${MARK}`).count());
      return (await Promise.all(counts)).every((count) => count > 0);
    },
    AUDIT_MS,
  );
  await workbench.runCommand('Candor: Show the report');
  const rows = await waitFor('the report', async () => {
    const found = await workbench.treeRows('Report');
    return found?.filter(({ level }) => level === 1).length === 2 && found;
  });
  return rows.filter(({ level }) => level === 1).map(({ label }) => label);
}

async function expandRegion(window: Workbench, name: string): Promise<void> {
  await window.clickTreeRow('Report', name);
  await waitFor('its spans', async () =>
    (await window.treeRows('Report'))?.some(({ level, label }) => level === 3 && label !== name),
  );
}

test('files of the same name in two folders are told apart', async () => {
  const browser = workbench.page.context().browser();
  if (browser === null) throw new Error('There is no browser.');
  const url = new URL(open().server.url);
  url.search = '';
  url.searchParams.set('workspace', join(elsewhere, 'both.code-workspace'));
  const both = await openWorkbench(browser, url.href);
  try {
    await both.runCommand('Candor: Audit workspace');
    const rows = await waitFor(
      'the report',
      async () => {
        const found = await both.treeRows('Report');
        return found?.filter(({ label }) => label === 'same.py').length === 2 && found;
      },
      AUDIT_MS,
    );
    expect(rows.flatMap(({ level, description }) => (level === 1 ? [description] : [])).sort()).toEqual([
      'one · 1 region',
      'two · 1 region',
    ]);
    for (const [place, noun] of [
      ['one', 'plane'],
      ['two', 'glider'],
    ] as const) {
      await waitFor(`the region in ${place}`, async () => {
        if ((await both.treeRows('Report'))?.some(({ label }) => label === `${noun}_total`) === true) return true;
        // The file in view is unfolded by the editor itself, a little later.
        const folded = both.page.locator('.pane .monaco-list-row[aria-expanded=false]', {
          hasText: `${place} · 1 region`,
        });
        await folded.click({ timeout: 1000 });
        return false;
      });
      await expandRegion(both, `${noun}_total`);
      await both.clickTreeRow('Report', `${noun}s`);
      await waitFor(`the file in ${place}`, async () => (await both.editorLines()).get(0) === headOf(noun));
    }
  } finally {
    await both.close();
  }
});
