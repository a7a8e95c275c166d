import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { sampleFolder } from '../support/sampleWorkspace.ts';
import { repositoryFolder } from '../vscode/cacheFolder.ts';
import { folderForFile } from '../vscode/folderForFile.ts';
import type { Decoration } from '../vscode/inPage.mjs';
import { packagedExtension } from '../vscode/packagedExtension.ts';
import type { Settings } from '../vscode/quietSettings.ts';
import { waitFor } from '../vscode/waitFor.ts';
import { windowForFile } from '../vscode/windowForFile.ts';
import type { Workbench } from '../vscode/workbench.ts';

// What a person sees of a judgement in the text: marks, the note, the hover, and what becomes of them under the keyboard.

const FILE = 'web/apiClient.ts';
/** The whole file is in sight, and stays so. */
const WINDOW = { width: 1280, height: 1700 };
const SETTINGS: Settings = { 'editor.scrollBeyondLastLine': false, 'editor.stickyScroll.enabled': false };
const AUDIT_MS = 60_000;

const workspace = folderForFile();
const open = windowForFile(() => {
  cpSync(sampleFolder, workspace, { recursive: true });
  return { workspace, vsix: packagedExtension(), settings: SETTINGS };
}, WINDOW);

let workbench: Workbench;
/** The marks of the file as it is on disk. */
let audited: readonly Decoration[];
beforeAll(() => {
  ({ workbench } = open());
});

const marks = async (): Promise<readonly Decoration[]> =>
  (await workbench.decorations()).filter(({ kind }) => kind === 'box');
const places = (found: readonly Decoration[], below = 0): readonly string[] =>
  found.map(({ line, text }) => `${line + below}: ${text}`);
const note = async (): Promise<Decoration | undefined> =>
  (await workbench.decorations()).find(({ after }) => after !== '');
const status = async (): Promise<string> => (await workbench.statusBarItem('candor.status'))?.text ?? '';

async function markOf(text: string): Promise<Decoration> {
  return waitFor(`the mark on ${text}`, async () => (await marks()).find((mark) => mark.text === text));
}

/** Waits until exactly the marks of the first audit are there. */
async function marksAsAudited(below = 0): Promise<void> {
  await waitFor(
    'the marks of the audit',
    async () => places(await marks()).join('\n') === places(audited, below).join('\n'),
    AUDIT_MS,
  );
}

/** Looks at every frame from now on: each state of the status bar, with the number of marks drawn then. */
async function recordStates(): Promise<() => Promise<readonly string[]>> {
  await workbench.page.evaluate(`(() => {
    const states = (window.candorStates = []);
    const look = () => {
      if (window.candorStates !== states) return;
      const status = document.querySelector('.statusbar-item[id$="candor.status"]').textContent.trim();
      const state = status + ', drawn ' + document.querySelectorAll('.view-overlays .cdr[class*="ced-"]').length;
      if (states.at(-1) !== state) states.push(state);
      requestAnimationFrame(look);
    };
    look();
  })()`);
  return () => workbench.page.evaluate<readonly string[]>('window.candorStates');
}

/** Whether a judgement is under way. */
const isBusy = (state: string): boolean => !/marks?,/.test(state);

/** Whether the status bar counts as many marks as are drawn. */
function isSettled(state = ''): boolean {
  const [, said, drawn] = /(\d+) marks?, drawn (\d+)/.exec(state) ?? [];
  return said !== undefined && said === drawn;
}

/** Waits until the text in view was judged once more. */
async function judgedAgain(states: () => Promise<readonly string[]>): Promise<void> {
  await waitFor(
    'another judgement',
    async () => {
      const seen = await states();
      return seen.some(isBusy) && isSettled(seen.at(-1));
    },
    AUDIT_MS,
  );
}

test('an audit marks the few spans to read first, in three levels', async () => {
  await workbench.openFile(FILE);
  await waitFor('the status bar', async () => (await status()) === 'Candor');
  expect(await marks()).toEqual([]);
  expect((await workbench.overviewRuler()).filter(isViolet)).toEqual([]);

  await workbench.runCommand('Candor: Audit file');
  await waitFor('the audit', async () => /\d marks/.test(await status()), AUDIT_MS);
  audited = await waitFor('as many marks as it says', async () => {
    const found = await marks();
    return (await status()) === `Candor: ${found.length} marks` && found;
  });
  expect(audited.length).toBeGreaterThanOrEqual(4);
  const lines = new Set(audited.map(({ style }) => style.borderBottom.replace(/ rgb.*/, '')));
  expect([...lines].sort()).toEqual(['1px dotted', '1px solid', '2px solid']);
  expect(new Set(audited.map(({ style }) => style.backgroundColor)).size).toBe(3);
  // Whole nodes of the tree, never half a word.
  for (const { text } of audited) expect(text).toMatch(/^(?:\W|\b).*(?:\W|\b)$/);

  const stripes = (await workbench.overviewRuler()).filter(isViolet);
  expect(stripes.length).toBe(audited.length);
  expect(new Set(stripes.map(({ color }) => color)).size).toBe(3);
  expect(await workbench.notifications()).toEqual([]);
});

test('a hover says how unlikely, what was likelier, where in the syntax, who says so, and what that is worth', async () => {
  const hovers: string[] = [];
  for (const { line, start } of audited) {
    hovers.push((await workbench.hoverAt(line, start + 1, /ikelier/)).text);
  }
  for (const hover of hovers) {
    expect(hover).toMatch(/had a chance of 1 in [\d,]+ \(\d+\.\d bits\)/);
    expect(hover).toMatch(/\d+ % of the surprisal of .*\. It is program › .*\./);
    expect(hover).toContain('A reading order, not a verdict');
    expect(hover).toContain('no chance is shown');
    expect(hover).toMatch(/Scored by ngram \(.*, [\d,]+ tokens of this workspace learned\), Candor \d/);
    expect(hover).toMatch(/minimumLogprob\s+-\d+\.\d+ nats/);
    expect(hover).toMatch(/tokenCount\s+\d/);
    expect(hover).toMatch(/Likelier to the engine ngram in its place \(|Nothing that would parse was clearly likelier/);
  }
  expect(hovers.some((hover) => hover.includes('Likelier to the engine'))).toBe(true);
  expect(hovers.some((hover) => hover.includes('Nothing that would parse'))).toBe(true);
});

test('the links of a hover run, on the mark and not on the cursor', async () => {
  const mark = audited.at(-1);
  if (mark === undefined) throw new Error('There are no marks.');
  await workbench.goToLine(0);
  await workbench.hoverAt(mark.line, mark.start + 1, 'Tokens here');
  await workbench.page.locator('.monaco-hover a', { hasText: 'Tokens here' }).click();
  const rows = await waitFor('its tokens', async () => {
    const found = await workbench.treeRows('Tokens');
    return found !== null && found.length > 0 && found;
  });
  const shown = rows.map(({ label }) => label.replaceAll('·', ' ')).join('');
  expect(shown.trim()).toBe(mark.text);
  const message = workbench.page.locator('.pane', { hasText: 'Tokens' }).locator('.message').last();
  expect(await message.textContent()).toContain(`Line ${mark.line + 1}: ${rows.length} tokens`);
});

test('the keyboard brings the hover too', async () => {
  const [mark] = audited;
  if (mark === undefined) throw new Error('There are no marks.');
  await workbench.press('Escape');
  await workbench.page.mouse.move(1, 1);
  await workbench.goToLine(mark.line, mark.start + 1);
  const hover = workbench.page.locator('.monaco-hover:not(.hidden)', { hasText: 'The engine was unsure here' });
  await waitFor('no hover', async () => (await hover.count()) === 0);
  await workbench.press('ControlOrMeta+K');
  await workbench.press('ControlOrMeta+I');
  await hover.waitFor();
  await workbench.press('Escape');
  await hover.waitFor({ state: 'detached' });
});

test('the line that the cursor is in says at its end what its mark means', async () => {
  const [mark] = audited;
  if (mark === undefined) throw new Error('There are no marks.');
  await workbench.goToLine(mark.line);
  const said = await waitFor('the note', note);
  expect(said.line).toBe(mark.line);
  expect(said.after).toMatch(/^[a-z ]+: 1 in [\d,]+$/);
  await workbench.goToLine(mark.line + 1);
  await waitFor('the note to go', async () => (await note()) === undefined);
});

test('an edit above a mark moves it, and none is lost', async () => {
  const states = await recordStates();
  await workbench.goToLine(0);
  await workbench.press('Enter');
  await marksAsAudited(1);
  await judgedAgain(states);
  await marksAsAudited(1);
  expect((await states()).slice(0, (await states()).findIndex(isBusy))).toEqual([
    `Candor: ${audited.length} marks, drawn ${audited.length}`,
  ]);

  const undoing = await recordStates();
  await workbench.press('ControlOrMeta+Z');
  await judgedAgain(undoing);
  await marksAsAudited();
});

test('an edit inside a mark takes that one away at once, and after a pause the text is judged again', async () => {
  const mark = await markOf('AbortSignal.timeout');
  const states = await recordStates();
  await workbench.goToLine(mark.line, mark.start + 2);
  await workbench.type('x');
  await judgedAgain(states);
  const seen = await states();
  const left = audited.length - 1;
  // Before the first state of the judgement that follows.
  expect(seen.slice(0, seen.findIndex(isBusy))).toContain(
    `Candor: ${left} mark${left === 1 ? '' : 's'}, drawn ${left}`,
  );
  expect(places(await marks())).not.toContain(`${mark.line}: ${mark.text}`);

  const undoing = await recordStates();
  await workbench.press('ControlOrMeta+Z');
  await judgedAgain(undoing);
  await marksAsAudited();
});

test('a second editor of the same file shows the same marks', async () => {
  await workbench.runCommand('View: Split Editor Right');
  const drawn = (): Promise<readonly number[]> =>
    workbench.page.evaluate<readonly number[]>(
      `[...document.querySelectorAll('.editor-group-container')].map((group) =>
        group.querySelectorAll('.view-overlays .cdr[class*="ced-"]').length)`,
    );
  await waitFor('marks in both', async () => (await drawn()).join() === `${audited.length},${audited.length}`);
  expect(places(await marks())).toEqual(places(audited));

  const mark = await markOf('AbortSignal.timeout');
  await workbench.goToLine(mark.line, mark.start + 2);
  await workbench.type('x');
  await waitFor(
    'one fewer in both',
    async () => (await drawn()).join() === `${audited.length - 1},${audited.length - 1}`,
  );
  await workbench.press('ControlOrMeta+Z');
  await workbench.runCommand('View: Close Editor');
  await marksAsAudited();
});

test('each setting of the marks takes effect at once', async () => {
  const change = async (settings: Settings): Promise<void> => {
    await workbench.changeSettings({ ...SETTINGS, ...settings });
    await workbench.openFile(FILE);
  };
  const [mark, other] = audited;
  if (mark === undefined || other === undefined) throw new Error('There are too few marks.');
  await workbench.goToLine(mark.line);
  await waitFor('the note', note);
  expect((await workbench.decorations()).some(({ kind }) => kind === 'gutter')).toBe(false);

  await change({ 'candor.marks.note': false, 'candor.marks.gutterIcons': true });
  const icons = await waitFor('icons', async () => {
    const found = (await workbench.decorations()).filter(({ kind }) => kind === 'gutter');
    return found.length === audited.length && found;
  });
  expect(icons.map(({ line }) => line)).toEqual(audited.map(({ line }) => line));
  expect(new Set(icons.map(({ style }) => style.backgroundImage)).size).toBe(3);
  await workbench.goToLine(other.line);
  await workbench.goToLine(mark.line);
  expect(await note()).toBeUndefined();
  await marksAsAudited();

  await change({ 'candor.marks.onlyActiveLine': true });
  await waitFor('the mark of the line', async () => places(await marks()).join() === places([mark]).join());
  await waitFor('no icons', async () => !(await workbench.decorations()).some(({ kind }) => kind === 'gutter'));
  await workbench.goToLine(other.line);
  await waitFor('the mark of the other line', async () => places(await marks()).join() === places([other]).join());

  await change({});
  await marksAsAudited();
  await waitFor('the note', note);
});

test('the theme gives the colours: dark, light, and both of high contrast', async () => {
  const { contributes } = JSON.parse(readFileSync(join(repositoryFolder, 'package.json'), 'utf8')) as Manifest;
  const colorOf = (id: string, kind: ThemeKind): string =>
    computed(contributes.colors.find((color) => color.id === `candor.${id}`)?.defaults[kind] ?? 'none');
  const themes: readonly (readonly [string, ThemeKind])[] = [
    ['Light Modern', 'light'],
    ['Dark High Contrast', 'highContrast'],
    ['Light High Contrast', 'highContrastLight'],
    ['Dark Modern', 'dark'],
  ];
  await workbench.goToLine(audited[0]?.line ?? 0);
  for (const [theme, kind] of themes) {
    await workbench.setTheme(theme);
    const wanted = [
      `2px solid ${colorOf('firstMarkLine', kind)} on ${colorOf('firstMarkBackground', kind)}`,
      `1px solid ${colorOf('nextMarkLine', kind)} on ${colorOf('nextMarkBackground', kind)}`,
      `1px dotted ${colorOf('laterMarkLine', kind)} on ${colorOf('laterMarkBackground', kind)}`,
    ];
    const looks = async (): Promise<string> =>
      [...new Set((await marks()).map(({ style }) => `${style.borderBottom} on ${style.backgroundColor}`))]
        .sort()
        .reverse()
        .join('\n');
    await waitFor(`the colours of ${theme}`, async () => (await looks()) === wanted.join('\n')).catch(
      async (error: unknown) => {
        expect(await looks(), String(error)).toBe(wanted.join('\n'));
      },
    );
  }
});

test('marks are hidden and shown again, and Clear takes them away for good', async () => {
  await workbench.runCommand('Candor: Show or hide marks');
  await waitFor('no marks', async () => (await marks()).length === 0 && (await note()) === undefined);
  expect((await workbench.overviewRuler()).filter(isViolet)).toEqual([]);
  await workbench.runCommand('Candor: Show or hide marks');
  await marksAsAudited();
  await workbench.runCommand('Candor: Clear');
  await waitFor('no marks', async () => (await marks()).length === 0 && (await status()) === 'Candor');
  expect(await note()).toBeUndefined();
  expect((await workbench.overviewRuler()).filter(isViolet)).toEqual([]);
  expect(await workbench.notifications()).toEqual([]);
});

type ThemeKind = 'dark' | 'light' | 'highContrast' | 'highContrastLight';

interface Manifest {
  readonly contributes: {
    readonly colors: readonly { readonly id: string; readonly defaults: Readonly<Record<ThemeKind, string>> }[];
  };
}

/** A colour `#rrggbb` or `#rrggbbaa` as the browser says it. */
function computed(color: string): string {
  const [red, green, blue, alpha] = (color.match(/[\da-f]{2}/gi) ?? []).map((part) => Number.parseInt(part, 16));
  if (alpha === undefined) return `rgb(${red}, ${green}, ${blue})`;
  // VS Code keeps three digits of a share, the browser as many as tell 256 steps apart.
  return `rgba(${red}, ${green}, ${blue}, ${Number((alpha / 255).toFixed(2))})`;
}

/** Whether a stripe of the overview ruler, as `#rrggbbaa`, has the hue that only Candor uses. */
function isViolet({ color }: { readonly color: string }): boolean {
  const [red = 0, green = 0, blue = 0] = (color.match(/[\da-f]{2}/gi) ?? []).map((part) => Number.parseInt(part, 16));
  return blue > red && red > green && blue - green > 16;
}
