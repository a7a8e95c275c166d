import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { folderForFile } from '../vscode/folderForFile.ts';
import type { Decoration } from '../vscode/inPage.mjs';
import { packagedExtension } from '../vscode/packagedExtension.ts';
import { waitFor } from '../vscode/waitFor.ts';
import { windowForFile } from '../vscode/windowForFile.ts';
import { openWorkbench, type Workbench } from '../vscode/workbench.ts';

// Texts unlike the files of a sample: each is judged, or it is said why not and what to do.

const AUDIT_MS = 60_000;

/** A function, the same but for its words. */
const codeOf = (noun: string): string => `export function ${noun}Total(${noun}s: number[], limit: number): number {
  let ${noun}Sum = 0;
  for (const each of ${noun}s) {
    if (each >= limit) throw new RangeError('too many ${noun}s');
    ${noun}Sum += each * 17;
  }
  return ${noun}Sum;
}
`;
const python = (noun: string): string => `def ${noun}_total(${noun}s, limit):
    total = 0
    for each in ${noun}s:
        if each >= limit:
            raise ValueError('too many ${noun}s')
        total += each * 17
    return total
`;
// Python, for VS Code has a server of its own for TypeScript, which long files keep busy.
const lineOf = (number: number): string => `value${number} = [${number}, ${number % 7}]`;
const linesOf = (count: number): string => Array.from({ length: count }, (_, number) => `${lineOf(number)}\n`).join('');

const LARGE_LINES = 100_000;
const ODD_LINE = 50_000;
const large = linesOf(LARGE_LINES)
  .split('\n')
  .toSpliced(ODD_LINE, 0, ...python('parcel').split('\n'))
  .join('\n');

const workspace = folderForFile({
  'large.py': large,
  'long.py': linesOf(20_000),
  'packed.js': `var packed=[${Array.from({ length: 9000 }, (_, number) => number).join(',')}];\n`,
  'photo.bin': Buffer.from([1, 2, 0, 0, 255, 254, 7, 0, 0]),
  'empty.ts': '',
  'gone.ts': codeOf('letter'),
  'crlf.ts': codeOf('stamp').replaceAll('\n', '\r\n'),
  'marked.py': `\uFEFF${python('crate')}`,
  'wide.py': python('荷物').replaceAll('too many', '🎉 多すぎる'),
  'notes.kt': 'fun pallet(count: Int): Int {\n  if (count >= 3) error("too many pallets")\n  return count * 17\n}\n',
  'notes.txt': 'Some words about a pallet,\nand 17 others >= limit.\n',
  'shared.ts': codeOf('truck'),
  'frozen.ts': codeOf('train'),
});
const elsewhere = folderForFile({ 'outside.ts': codeOf('plane') });
const open = windowForFile(
  () => ({
    workspace,
    vsix: packagedExtension(),
    settings: { 'files.readonlyInclude': { '**/frozen.ts': true } },
  }),
  { width: 1280, height: 1000 },
);

let workbench: Workbench;
beforeAll(() => {
  ({ workbench } = open());
});

const marks = async (): Promise<readonly Decoration[]> =>
  (await workbench.decorations()).filter(({ kind, text }) => kind === 'box' && text !== '');
const status = async (): Promise<string> => (await workbench.statusBarItem('candor.status'))?.text ?? '';

const someMarks = (): Promise<readonly Decoration[]> =>
  waitFor(
    'marks',
    async () => {
      const found = await marks();
      return found.length > 0 && found;
    },
    AUDIT_MS,
  );

async function audited(): Promise<readonly Decoration[]> {
  await workbench.runCommand('Candor: Audit file');
  return await someMarks();
}

/** The one message of Candor that is shown, which is then cleared away. */
async function message(): Promise<string> {
  const found = await waitFor(
    'a message',
    async () => {
      const shown = (await workbench.notifications()).filter((each) => each.message.startsWith('Candor:'));
      return shown.length > 0 && shown;
    },
    AUDIT_MS,
  );
  expect(found.length).toBe(1);
  await workbench.clearNotifications();
  return found[0]?.message ?? '';
}

/** Beginnings of the texts of the spans in the report, of all its regions. */
async function reported(): Promise<readonly string[]> {
  await workbench.runCommand('Candor: Show the report');
  return await waitFor('the spans of the report', async () => {
    const rows = (await workbench.treeRows('Report')) ?? [];
    const folded = rows.find(({ level, expanded }) => level === 2 && expanded === false);
    if (folded !== undefined) await workbench.clickTreeRow('Report', folded.label);
    const excerpts = rows.filter(({ level }) => level === 3).map(({ label }) => label.replace(/…$/, ''));
    return folded === undefined && excerpts.length > 0 && excerpts;
  });
}

/** The report shows the text before for a moment. */
async function expectInReport(
  isNamed: (mark: Decoration, excerpts: readonly string[]) => boolean,
  found: readonly Decoration[],
): Promise<void> {
  await waitFor('the marks in the report', async () => {
    const excerpts = await reported();
    const missing = found.find((mark) => !isNamed(mark, excerpts));
    if (missing !== undefined) throw new Error(`"${missing.text}" is not among ${excerpts.join(' | ')}`);
    return true;
  });
}

async function expectMarksAsReported(found: readonly Decoration[]): Promise<void> {
  await expectInReport(
    ({ text }, excerpts) => excerpts.some((excerpt) => whole(text).startsWith(whole(excerpt))),
    found,
  );
}

/** Without the halves of characters, whose places on the screen cannot be told apart. */
const whole = (text: string): string => text.replaceAll(/[\uD800-\uDFFF]/g, '');

test('a file over 1 MB is not judged, but a part of it is', async () => {
  await workbench.openFile('large.py');
  await workbench.runCommand('Candor: Audit file');
  expect(await message()).toBe(
    'Candor: large.py is not judged: over 1 MB. Select a part and run “Candor: Audit selection”.',
  );
  expect(await status()).toBe('Candor: over 1 MB');
  await workbench.goToLine(ODD_LINE - 16);
  for (let line = 0; line < 40; line++) await workbench.press('Shift+ArrowDown');
  await workbench.runCommand('Candor: Audit selection');
  const found = await someMarks();
  for (const { line } of found) expect(line).toBeGreaterThanOrEqual(ODD_LINE - 16);
  for (const { line } of found) expect(line).toBeLessThan(ODD_LINE + 24);
});

test('typing stays alive while 20,000 lines are judged', async () => {
  await workbench.openFile('long.py');
  await workbench.runCommand('Candor: Audit file');
  await waitFor('work', async () => /^Candor: (?!\d)/.test(await status()));
  await workbench.type('# alive ');
  await waitFor('the words', async () => (await workbench.editorLines()).get(0)?.startsWith('# alive '));
  expect(await status()).not.toMatch(/marks?$/);
  await waitFor('the judgement', async () => /marks?$/.test(await status()), AUDIT_MS);
  await workbench.runCommand('File: Revert File');
});

test('a minified file and an empty one are not judged, and it is said', async () => {
  await workbench.openFile('packed.js');
  await workbench.runCommand('Candor: Audit file');
  expect(await message()).toMatch(/^Candor: packed\.js is not judged: minified\. Select a part/);
  await workbench.openFile('empty.ts');
  await workbench.runCommand('Candor: Audit file');
  expect(await message()).toBe('Candor: empty.ts is not judged: empty.');
});

test('a binary file has no text to judge', async () => {
  await workbench.runCommand('View: Show Explorer');
  const row = workbench.page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'photo.bin' });
  await row.dblclick();
  await workbench.page.locator('.tab.active', { hasText: 'photo.bin' }).waitFor();
  await workbench.runCommand('Candor: Audit file');
  expect(await message()).toBe('Candor: There is no text here to judge. Open a file of source code.');
  await workbench.pickFromMenu(row, 'Audit file');
  expect(await message()).toBe('Candor: This file cannot be opened as text. Choose a file of source code.');
});

test('a text that has no file yet is judged', async () => {
  await workbench.runCommand('File: New Untitled Text File');
  await workbench.page.locator('.tab.active', { hasText: 'Untitled-1' }).waitFor();
  await workbench.page.keyboard.insertText(python('ship'));
  await workbench.runCommand('Change Language Mode');
  await workbench.fillQuickInput('Python');
  await workbench.pick('Python');
  await waitFor('the language', () => workbench.statusBarItem('Python'));
  const found = await audited();
  await expectMarksAsReported(found);
  await workbench.runCommand('View: Revert and Close Editor');
});

test.each(['crlf.ts', 'marked.py', 'wide.py', 'frozen.ts', '../OUTSIDE'])(
  '%s: marks cover what the report names',
  async (name) => {
    await workbench.openFile(name === '../OUTSIDE' ? `../${elsewhere.split('/').at(-1) ?? ''}/outside.ts` : name);
    const found = await audited();
    await expectMarksAsReported(found);
  },
);

test.each(['notes.kt', 'notes.txt'])('%s, in a language without a grammar, is judged by lines', async (name) => {
  await workbench.openFile(name);
  const found = await audited();
  const lines = await workbench.editorLines();
  for (const { line, text } of found) expect(text).toBe(lines.get(line)?.trim());
  expect(found).not.toEqual([]);
  await expectInReport(({ text }, excerpts) => excerpts.some((excerpt) => excerpt.startsWith(text)), found.slice(0, 1));
});

test('what another program writes into an open file is judged again', async () => {
  await workbench.openFile('shared.ts');
  await audited();
  writeFileSync(join(workspace, 'shared.ts'), `// a line above\n${codeOf('boat')}`);
  await waitFor('the new text', async () => (await workbench.editorLines()).get(0) === '// a line above');
  const again = await waitFor(
    'new marks',
    async () => {
      const next = await marks();
      return next.length > 0 && next.some(({ text }) => text.includes('boat')) && next;
    },
    AUDIT_MS,
  );
  await expectMarksAsReported(again);
});

test('a file that is gone is judged while it is open, and is said to be gone after', async () => {
  await workbench.openFile('gone.ts');
  rmSync(join(workspace, 'gone.ts'));
  const found = await audited();
  await expectMarksAsReported(found);
  const excerpt = (await workbench.treeRows('Report'))?.find(({ level }) => level === 3)?.label ?? '';
  await workbench.runCommand('View: Close Editor');
  await workbench.clickTreeRow('Report', excerpt);
  expect(await message()).toBe(
    'Candor: gone.ts cannot be opened any more. Audit again to bring the report up to date.',
  );
});

test('without a folder a text is judged, and what needs one says so', async () => {
  const browser = workbench.page.context().browser();
  if (browser === null) throw new Error('There is no browser.');
  const url = new URL(open().server.url);
  url.search = '?ew=true';
  const bare = await openWorkbench(browser, url.href);
  const before = workbench;
  workbench = bare;
  try {
    await workbench.runCommand('Candor: Audit workspace');
    expect(await message()).toBe(
      'Candor: No folder on this machine’s disk is open. Open one, and run the command again.',
    );
    await workbench.runCommand('File: New Untitled Text File');
    await workbench.page.keyboard.insertText(python('cart'));
    await workbench.runCommand('Change Language Mode');
    await workbench.fillQuickInput('Python');
    await workbench.pick('Python');
    await waitFor('the language', () => workbench.statusBarItem('Python'));
    await audited();
  } finally {
    workbench = before;
    await bare.close();
  }
});
