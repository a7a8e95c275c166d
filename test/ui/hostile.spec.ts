import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { HOVER_COMMANDS } from '../../src/editor/hover/markHover.ts';
import { commitAll, git } from '../support/gitRepository.ts';
import { writeFiles } from '../support/temporaryFolder.ts';
import { fakeLlamaServer } from '../unit/engines/openai/fakeLlamaServer.ts';
import type { FakeServer } from '../unit/engines/openai/fakeServers.ts';
import { folderForFile } from '../vscode/folderForFile.ts';
import { packagedExtension } from '../vscode/packagedExtension.ts';
import { packExtension } from '../vscode/packExtension.ts';
import type { VsCodeServer } from '../vscode/startVsCode.ts';
import { waitFor } from '../vscode/waitFor.ts';
import { windowForFile } from '../vscode/windowForFile.ts';
import type { Workbench } from '../vscode/workbench.ts';

// Names, code, commits and models that try to be more than text: nothing of them may act, and nothing may hide.

const AUDIT_MS = 60_000;
const BIDI = '\u202E\u2066\u2067\u2068\u2069\u200B';
const HIDING = /[\u200B\u202A-\u202E\u2066-\u2069]/u;
/** Markdown, HTML, an icon and an end of a code block, as one line. No slash: it is the name of a file, too. */
const TRAP = `trap [x](command:candor.clear) ![y](https:x) $(rocket) <img src=x onerror=alert(1)> \`\`\` ${BIDI}`;
const NAME = `${TRAP}.ts`;
const LARGE_NAME = 'big [x](command:candor.clear) $(rocket).ts';
const FOLDER = `[in](command:candor.clear) $(rocket) ${BIDI}`;
const LONG_NAME = `${'long'.repeat(50)}.py`;

const CODE = `// ${TRAP}
/* [z](https://example.org/) \`\`\`
\`\`\` */
const first = ${JSON.stringify(TRAP)};
class Traps {
  '${TRAP.replaceAll("'", '')}'(count: number): string {
    if (count >= 3) return \`${TRAP.replaceAll('`', '\\`')}\`;
    return first + '[x](command:candor.clear)' + '$(rocket)';
  }
  \u0430ccount(value: string): boolean {
    return value !== '<img src=x onerror=alert(1)>' && value === "${BIDI}";
  }
}
`;

/** An extension that shows the same text without care: what is looked for would be found. */
const CARELESS = {
  'package.json': JSON.stringify({
    name: 'careless',
    publisher: 'candor-tests',
    version: '0.0.1',
    engines: { vscode: '^1.101.0' },
    type: 'module',
    main: './extension.mjs',
    contributes: {
      commands: ['ask', 'tell', 'hover'].map((name) => ({ command: `careless.${name}`, title: `Careless ${name}` })),
    },
  }),
  'extension.mjs': `
import * as vscode from 'vscode';
const TRAP = ${JSON.stringify(TRAP)};
export function activate() {
  const on = (name, act) => vscode.commands.registerCommand('careless.' + name, act);
  on('ask', () => vscode.window.showQuickPick([TRAP]));
  on('tell', () => vscode.window.showInformationMessage(TRAP));
  on('hover', () => vscode.languages.registerHoverProvider({ pattern: '**/plain.txt' }, { provideHover: () => {
    const text = new vscode.MarkdownString(TRAP, true);
    text.isTrusted = true;
    text.supportHtml = true;
    return new vscode.Hover(text);
  } }));
}
`,
};

const workspace = folderForFile();
const packing = folderForFile();
let scorer: FakeServer;
const open = windowForFile(async () => {
  scorer = await fakeLlamaServer({ onCompletion: answerWithTraps });
  writeFiles(workspace, {
    [NAME]: CODE,
    [`${FOLDER}/deep.ts`]: 'export const depth = 3;\n',
    'new\nline.py': 'def f(x):\n    return x + 1\n',
    [LONG_NAME]: 'def g(y):\n    return y * 2\n',
    [LARGE_NAME]: 'const row = [1, 2, 3];\n'.repeat(60_000),
    'plain.txt': 'just a text\n',
    '.vscode/settings.json': JSON.stringify({
      'candor.engine': 'openai',
      'candor.openai.baseUrl': scorer.baseUrl,
    }),
  });
  git(workspace, 'init', '--quiet', '--initial-branch=main');
  commitAll(workspace, TRAP);
  return { workspace, vsix: [packagedExtension(), await packExtension(packing, CARELESS)] };
});
afterAll(() => scorer[Symbol.asyncDispose]());

let server: VsCodeServer;
let workbench: Workbench;
beforeAll(() => {
  ({ server, workbench } = open());
});

/** Replaces what the model held likely by a text that tries to act. */
function answerWithTraps(_: unknown, response: ServerResponse): boolean {
  const end = response.end.bind(response);
  response.end = ((body: string) => {
    const answer = JSON.parse(body) as { completion_probabilities?: { logprob: number; top_logprobs: unknown[] }[] };
    for (const row of answer.completion_probabilities ?? []) {
      const trap = { id: 9, token: TRAP, bytes: [...Buffer.from(TRAP)], logprob: -0.6 };
      row.top_logprobs = [trap, ...row.top_logprobs.slice(0, 1)].slice(0, row.top_logprobs.length);
    }
    return end(JSON.stringify(answer));
  }) as typeof response.end;
  return false;
}

/** What of the text became more than text, anywhere in the window; links are told by where they lead. */
async function acting(): Promise<readonly string[]> {
  return workbench.page.evaluate<readonly string[]>(`(() => {
    const shown = (element) => element.getClientRects().length > 0;
    const places = '.monaco-hover, .notification-list-item, .quick-input-widget, [id$="candor.status"], .pane, .editor-instance';
    const find = (what) =>
      [...document.querySelectorAll(places)].flatMap((place) => [...place.querySelectorAll(what)]).filter(shown);
    const icons = find('.codicon-rocket').map(() => 'icon');
    const images = find('img, [onerror]').map(() => 'image');
    const links = find('a[href], a[data-href]')
      .map((link) => link.dataset.href || link.getAttribute('href'))
      .filter((href) => href && href !== '#')
      .map((href) => 'link to ' + href.replace(/^command:/, '').replace(/\\?.*/, ''));
    return [...new Set([...icons, ...images, ...links])].sort();
  })()`);
}

/** Opens a file from the Explorer: what its name says to the palette is not what it is called. */
async function openListed(name: string): Promise<void> {
  await workbench.runCommand('View: Show Explorer');
  const beginning = name.slice(0, 20);
  const row = workbench.page.locator('.explorer-folders-view .monaco-list-row', { hasText: beginning });
  await row.first().dblclick();
  const tab = workbench.page.locator('.editor-group-container.active .tab.active', { hasText: beginning });
  await tab.waitFor();
  await waitFor('its text', async () => (await workbench.editorLines()).size > 0);
}

/** As Candor shows a text: in one line, and nothing hides. */
const shown = (text: string): string => text.replaceAll(new RegExp(HIDING, 'gu'), '\uFFFD');

/** What the tooltip of Candor's item says of the engine. */
async function engineInTooltip(): Promise<string> {
  await workbench.page.mouse.move(1, 1);
  const hover = workbench.page.locator('.monaco-hover', { hasText: 'Engine:' });
  return waitFor('the tooltip', async () => {
    await workbench.page.locator('[id$="candor.status"] .statusbar-item-label').hover({ timeout: 2_000 });
    await hover.waitFor({ timeout: 3_000 });
    expect(await acting()).toEqual([]);
    return await hover.textContent();
  });
}

/** Points at each mark in view: nothing that is said there acts or hides. */
async function expectInertHovers(): Promise<void> {
  const found = await waitFor(
    'marks',
    async () => {
      const marks = (await workbench.decorations()).filter(({ kind }) => kind === 'box');
      return marks.length > 0 && marks;
    },
    AUDIT_MS,
  );
  expect(found.length).toBeGreaterThan(1);
  for (const { line, start } of found) {
    const { text } = await workbench.hoverAt(line, start, /ikelier/);
    // What another extension says of the place stands before.
    expect(text.slice(text.indexOf('The engine was unsure'))).not.toMatch(HIDING);
    expect(await acting()).toEqual(HOVER_COMMANDS.map((command) => `link to ${command}`).toSorted());
  }
  await workbench.press('Escape');
  await workbench.page.mouse.move(1, 1);
}

test('what is looked for is found where an extension takes no care', async () => {
  await workbench.openFile('plain.txt');
  await workbench.runCommand('Careless hover');
  await workbench.runCommand('Careless tell');
  await waitFor('a link', async () => (await acting()).join() === 'link to candor.clear');
  await workbench.clearNotifications();
  await workbench.runCommand('Careless ask');
  await waitFor('the question', async () => (await workbench.quickInput())?.rows.length);
  expect(await acting()).toEqual(['icon']);
  await workbench.press('Escape');
  await workbench.hoverAt(0, 2);
  expect(await acting()).toEqual(['icon', 'image', 'link to candor.clear']);
});

test('names of files and folders are plain words in the report', async () => {
  await workbench.runCommand('Candor: Audit workspace');
  const rows = await waitFor(
    'the report',
    async () => {
      const found = await workbench.treeRows('Report');
      return found?.some(({ label }) => label === 'Left out') && found;
    },
    AUDIT_MS,
  );
  const labels = rows.map(({ label }) => label);
  expect(labels).toContain(shown(NAME));
  expect(labels).toContain(LONG_NAME);
  expect(labels).toContain('new\uFFFDline.py');
  const deep = rows.find(({ label }) => label === 'deep.ts');
  expect(deep?.description).toBe(`${shown(FOLDER)} · 1 region`);
  expect(JSON.stringify(rows)).not.toMatch(HIDING);
  expect(await acting()).toEqual([]);
});

test('the settings of a workspace choose no engine and no server', async () => {
  await workbench.openFile('plain.txt');
  expect(await engineInTooltip()).toContain('n-gram (embedded, offline)');
  expect(scorer.requests).toEqual([]);
});

test('code is plain text in marks, hovers, tokens and the report', async () => {
  await openListed(NAME);
  await workbench.runCommand('Candor: Audit file');
  await expectInertHovers();
  await workbench.goToLine(3);
  await workbench.runCommand('Candor: Show the tokens here');
  await waitFor('the tokens', async () => (await workbench.treeRows('Tokens'))?.length);
  const rows = await waitFor('the report', () => workbench.treeRows('Report'));
  expect(rows[0]?.label).toBe(shown(NAME));
  const method = rows.find(({ label }) => label === `Traps.'${shown(TRAP)}'`);
  expect(method).toBeDefined();
  await workbench.clickTreeRow('Report', method?.label ?? '');
  await waitFor('its spans', async () => (await workbench.treeRows('Report'))?.some(({ level }) => level === 3));
  const everything = [await workbench.treeRows('Report'), await workbench.treeRows('Tokens')];
  expect(JSON.stringify(everything)).not.toMatch(HIDING);
  expect(await acting()).toEqual([]);
});

test('a summary is plain text', async () => {
  await workbench.runCommand('Candor: Summarize file');
  const tab = workbench.page.locator('.tab', { hasText: 'Candor: trap' });
  await tab.waitFor();
  expect(await tab.textContent()).not.toMatch(HIDING);
  const summary = workbench.page.locator('.editor-instance .view-lines', { hasText: 'To read first' });
  await summary.waitFor();
  expect(await summary.textContent()).not.toMatch(HIDING);
  expect(await acting()).toEqual([]);
  await workbench.runCommand('View: Close All Editors');
});

test('the name of a file is no link in a message', async () => {
  await openListed(LARGE_NAME);
  await workbench.runCommand('Candor: Audit file');
  const [message] = await waitFor('the message', async () => {
    const found = await workbench.notifications();
    return found.length > 0 && found;
  });
  expect(message?.message).toContain('big [x] (command:candor.clear) $(rocket).ts is not judged: over 1 MB.');
  expect(await acting()).toEqual([]);
  await workbench.clearNotifications();
});

test('the subject of a commit is plain words in the list', async () => {
  await workbench.runCommand('Candor: Audit changes since a commit');
  const rows = await waitFor('the commits', async () => {
    const found = (await workbench.quickInput())?.rows ?? [];
    return found.length > 1 && found;
  });
  expect(rows[0]?.label).toBe(shown(TRAP));
  expect(await acting()).toEqual([]);
  await workbench.press('Escape');
  await workbench.runCommand('View: Close All Editors');
});

test('what a model holds likely is plain text too', async () => {
  expect(scorer.requests).toEqual([]);
  await openListed(NAME);
  await workbench.runCommand('Candor: Choose an engine');
  await workbench.pick('Server');
  await waitFor('the question', async () => (await workbench.quickInput())?.title === 'Address of the server');
  await workbench.fillQuickInput(scorer.baseUrl);
  await workbench.press('Enter');
  await waitFor('the next', async () => (await workbench.quickInput())?.title.startsWith('Key for '));
  await workbench.press('Enter');
  await waitFor('the server', () => scorer.requests.length > 0);
  await workbench.pick('Use this server');
  await waitFor('the engine', async () => (await engineInTooltip()).includes(scorer.baseUrl), AUDIT_MS);
  const chosenAfter = scorer.requests.length;
  await workbench.runCommand('Candor: Audit file');
  await expectInertHovers();
  expect(scorer.requests.length).toBeGreaterThan(chosenAfter);
  await workbench.goToLine(4);
  await workbench.runCommand('Candor: Show the tokens here');
  const token = workbench.page.locator('.pane .monaco-list-row', { hasText: /^class/ }).first();
  await token.locator('.monaco-tl-twistie').click();
  const likelier = await waitFor('what was likelier', async () =>
    (await workbench.treeRows('Tokens'))?.find(({ level }) => level === 2),
  );
  expect(likelier.label).toBe(shown(TRAP).replaceAll(' ', '·'));
  expect(await acting()).toEqual([]);
});

test('the log has none of it', () => {
  const logs = Object.entries(server.readLogs()).filter(([path]) => path.endsWith('Candor.log'));
  expect(logs.length).toBe(1);
  for (const [, text] of logs) expect(text).not.toMatch(/candor\.clear|rocket|onerror/);
});
