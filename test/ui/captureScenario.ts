import { execFileSync } from 'node:child_process';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { appendFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { placeDigests } from '../../src/app/capture/placeDigests.ts';
import { keptRecorderPlace, recorderAddress } from '../../src/app/recorder/recorderPlace.ts';
import type { Outcome, Target } from '../../src/core/words.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import type { LedgerAssessment } from '../../src/ledger/ledgerAssessment.ts';
import { openLedger } from '../../src/ledger/openLedger.ts';
import { folderForFile } from '../vscode/folderForFile.ts';
import { packTestTool, TEST_TOOL_ID } from '../vscode/testTool.ts';
import { packVariant } from '../vscode/packVariant.ts';
import { waitFor } from '../vscode/waitFor.ts';
import { windowForFile } from '../vscode/windowForFile.ts';
import type { Workbench } from '../vscode/workbench.ts';

/** A minute lasts so long: two of them are over before a person has looked twice. */
const MINUTE_MS = 3000;

/** A session begins with an engine to open and a workspace to learn. */
const FIRST_MS = 60_000;

const BEFORE = 'export const first = 1;\n\n\n\nexport const last = 2;\n';

const SUGGESTION = 'export function area(width: number, height: number): number {\n  return width * height;\n}';

const AGENTS = 'export function volume(side: number): number {\n  return side * side * side;\n}\n';

const RECORDED =
  'export function parseDuration(text: string): number {\n  const [hours, minutes] = text.split(":").map(Number);\n  return 60 * hours + minutes;\n}\n';

const FILES = [
  'whole',
  'edited',
  'word',
  'undone',
  'pasted',
  'typed',
  'agent',
  'disk',
  'formatted',
  'switched',
  'error',
  'test',
  'task',
];

/** A task whose matcher reads an error at the third line of a file. */
const TASKS = JSON.stringify({
  version: '2.0.0',
  tasks: [
    {
      label: 'check',
      type: 'process',
      command: process.execPath,
      args: ['-e', "console.log('task.ts:3: no such thing')"],
      presentation: { reveal: 'never' },
      problemMatcher: {
        owner: 'check',
        fileLocation: ['relative', '${workspaceFolder}'],
        pattern: { regexp: '^(.*):(\\d+): (.*)$', file: 1, line: 2, message: 3 },
      },
    },
  ],
});

export interface Seen {
  readonly assessment: LedgerAssessment;
  readonly outcomes: readonly Outcome[];
}

/**
 * What a person does with the code of other tools, and what the ledger says of it afterwards; in an editor that tells extensions
 * who made a change, and in one that does not.
 */
export function captureScenario({ hasDetailedReason }: { readonly hasDetailedReason: boolean }): void {
  const workspace = folderForFile({
    ...Object.fromEntries(FILES.map((name) => [`${name}.ts`, BEFORE])),
    '.gitignore': 'nothing\n',
    '.vscode/tasks.json': TASKS,
  });
  const tool = folderForFile();
  const state = folderForFile();
  const upstream = chatServer();

  const open = windowForFile(async () => {
    git(workspace, 'init', '-b', 'main');
    git(workspace, 'add', '.');
    git(workspace, 'commit', '-m', 'before');
    return {
      workspace,
      vsix: [
        await packVariant(folderForVariant(), { minuteMs: MINUTE_MS, hasDetailedReason }),
        await packTestTool(folderForVariant()),
      ],
      env: { XDG_STATE_HOME: state, TEST_TOOL_FOLDER: tool },
      machineSettings: {
        'candor.engine': 'ngram',
        'candor.recorder.upstream': await upstream.address,
        'candor.recorder.autoStart': true,
      },
      settings: {
        'files.autoSave': 'off',
        'typescript.validate.enable': false,
        'editor.formatOnPaste': false,
        'editor.defaultFormatter': TEST_TOOL_ID,
      },
    };
  });
  const packages: string[] = [];
  function folderForVariant(): string {
    const folder = join(state, `package-${packages.length}`);
    mkdirSync(folder);
    packages.push(folder);
    return folder;
  }

  let workbench: Workbench;
  let ledger: Ledger;
  beforeAll(async () => {
    ({ workbench } = open());
    await waitFor('Candor', () => workbench.statusBarItem('candor.status'), FIRST_MS);
    ledger = await openLedger(join(state, 'candor', 'ledger.sqlite'));
  });
  afterAll(() => {
    ledger.close();
    upstream.close();
  });

  /** What the ledger has of a file, in order of arrival. */
  function seen(name: string): readonly Seen[] {
    const salt = readFileSync(join(state, 'candor', 'region-salt'), 'utf8');
    const places = placeDigests(salt);
    return ledger
      .assessmentsSince(places.workspace(workspace), 0)
      .filter(({ assessment }) => assessment.document === places.document(`${name}.ts`));
  }

  async function arrival(name: string): Promise<Seen> {
    return waitFor(`what arrived in ${name}.ts`, () => seen(name)[0], FIRST_MS);
  }

  function outcome(name: string, horizon: Target['horizon'], event: Target['event'] = 'survives'): Promise<Outcome> {
    const isIt = ({ target }: Outcome): boolean =>
      target.event === event && JSON.stringify(target.horizon) === JSON.stringify(horizon);
    return waitFor(`the outcome of ${name}.ts`, () => seen(name)[0]?.outcomes.find(isIt), 60_000);
  }

  async function suggest(name: string, text = SUGGESTION): Promise<void> {
    await workbench.openFile(`${name}.ts`);
    await workbench.goToLine(2);
    writeFileSync(join(tool, 'suggestion'), text);
    await workbench.runCommand('Trigger Inline Suggestion');
    await workbench.page.locator('.ghost-text-decoration, .ghost-text').first().waitFor();
  }

  async function accept(name: string, key = 'Tab'): Promise<void> {
    await suggest(name);
    rmSync(join(tool, 'suggestion'));
    await workbench.press(key);
  }

  // What falls due after ten minutes is asked for last, so that all of it is waited for at once.

  test('an error comes up in one, a failed test and a task point into others', { timeout: 180_000 }, async () => {
    await suggest('error', 'export const wrong = undefinedName + undefinedName;');
    rmSync(join(tool, 'suggestion'));
    await workbench.press('Tab');
    await arrival('error');
    await accept('test');
    await arrival('test');
    writeFileSync(join(tool, 'failure.json'), JSON.stringify({ path: join(workspace, 'test.ts'), line: 3 }));
    await workbench.runCommand('Test tool: Fail a test');
    await accept('task');
    await workbench.press('Control+S');
    await arrival('task');
    await workbench.runCommand('Tasks: Run Task');
    await workbench.pick('check');
    await waitFor('the error of the task', () => workbench.page.locator('.squiggly-error').first().isVisible());
  });

  test('a branch switch is no change, and there and back again counts', { timeout: 180_000 }, async () => {
    await accept('switched');
    await workbench.press('Control+S');
    await arrival('switched');
    git(workspace, 'checkout', '-q', '-b', 'other');
    git(workspace, 'add', 'switched.ts');
    git(workspace, 'commit', '-q', '-m', 'switched');
    expect(await outcome('switched', { commits: 1 })).toMatchObject({ happened: true });
    git(workspace, 'checkout', '-q', 'main');
    await waitFor('the text of main', async () => (await workbench.editorLines()).get(2) === '');
    await delay(2.5 * MINUTE_MS);
    expect(seen('switched').flatMap(({ outcomes }) => outcomes.filter(({ happened }) => !happened))).toEqual([]);
    git(workspace, 'checkout', '-q', 'other');
    await waitFor('the text of the branch', async () =>
      (await workbench.editorLines()).get(2)?.startsWith('export function'),
    );
  });

  test('a suggestion that is taken whole is followed, and survives', { timeout: 180_000 }, async () => {
    await accept('whole');
    const { assessment } = await arrival('whole');
    expect(assessment).toMatchObject({ origin: 'inserted', band: 'unknown', source: { engine: 'ngram' } });
    if (hasDetailedReason) expect(assessment.tool?.toLowerCase()).toContain(TEST_TOOL_ID);
    expect(assessment.leafHashes.length).toBe(20);
    expect(await outcome('whole', { minutes: 2 })).toMatchObject({ happened: true, retainedShare: 1 });
  });

  test('its first line says who wrote it, and takes the word of a person', { timeout: 120_000 }, async () => {
    const { text } = await workbench.hoverAt(2, 3, 'AI-written code');
    expect(text).toMatch(/ago|just now/);
    expect(text).toContain('there are too few outcomes');
    await workbench.page.locator('.monaco-hover a', { hasText: 'It is wrong' }).click();
    expect(await outcome('whole', undefined, 'correct')).toMatchObject({ happened: false, cause: 'verdict' });
  });

  test('one that is edited inside does not', { timeout: 120_000 }, async () => {
    await accept('edited');
    await arrival('edited');
    await workbench.goToLine(3, 'return width '.length + 2);
    await workbench.press('Shift+ArrowRight');
    await workbench.type('+');
    expect(await outcome('edited', { minutes: 2 })).toMatchObject({ happened: false, cause: 'edited' });
    expect((await outcome('edited', { minutes: 2 })).retainedShare).toBeCloseTo(19 / 20, 10);
  });

  test('one that is taken word by word is followed as far as it was taken', { timeout: 120_000 }, async () => {
    await suggest('word');
    for (let word = 0; word < 6; word++) {
      await workbench.page.locator('.ghost-text-decoration, .ghost-text').first().waitFor();
      await workbench.press('Control+ArrowRight');
      await delay(150);
    }
    rmSync(join(tool, 'suggestion'));
    await workbench.press('Escape');
    const { assessment } = await arrival('word');
    const text = await workbench.editorLines();
    expect(assessment.leafHashes.length).toBe(4);
    expect(text.get(2)).toBe('export function area(');
    expect(seen('word')).toHaveLength(1);
  });

  test('one that is undone at once is known to be', { timeout: 120_000 }, async () => {
    await accept('undone');
    await delay(200);
    await workbench.press('Control+Z');
    expect(await outcome('undone', { minutes: 2 })).toMatchObject({ happened: false, cause: 'undone' });
    expect(await outcome('undone', { minutes: 10 }, 'sound')).toMatchObject({ happened: false, cause: 'undone' });
    expect(seen('undone')).toHaveLength(1);
  });

  test('what an agent does to a file that is not in view is followed', { timeout: 120_000 }, async () => {
    await workbench.openFile('agent.ts');
    await workbench.openFile('whole.ts');
    writeFileSync(
      join(tool, 'edit.json'),
      JSON.stringify({ path: join(workspace, 'agent.ts'), line: 2, text: AGENTS }),
    );
    await workbench.runCommand('Test tool: Apply the edit');
    const { assessment } = await arrival('agent');
    expect(assessment).toMatchObject({ origin: 'inserted', source: { engine: 'ngram' } });
    expect(assessment.leafHashes.length).toBe(18);
    expect(await outcome('agent', { minutes: 2 })).toMatchObject({ happened: true });
  });

  test('what an agent writes to the disk is known by what was recorded of it', { timeout: 120_000 }, async () => {
    const place = await waitFor('the recorder', () => keptRecorderPlace(workspace, { XDG_STATE_HOME: state }));
    await waitFor('its answer', async () => {
      const reply = await fetch(`${recorderAddress(place)}/chat/completions`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'user-agent': 'SomeAgent/1.0' },
        body: JSON.stringify({ model: 'some-model', messages: [{ role: 'user', content: 'write it' }] }),
      });
      return reply.ok;
    });
    await delay(1000);
    appendFileSync(join(workspace, 'disk.ts'), RECORDED);
    const { assessment } = await arrival('disk');
    expect(assessment).toMatchObject({ origin: 'recorded', tool: 'SomeAgent', source: { engine: 'recorder' } });
    expect(assessment.evidence.signals.meanProbability).toBeCloseTo(Math.exp(-0.25), 6);
    expect(await outcome('disk', { minutes: 2 })).toMatchObject({ happened: true });
  });

  test('typing and pasting are no model’s', { timeout: 120_000 }, async () => {
    await workbench.openFile('typed.ts');
    await workbench.goToLine(2);
    await workbench.page.keyboard.type('export const typed = [1, 2, 3].map((value) => value * 2);', { delay: 15 });
    await workbench.openFile('pasted.ts');
    await workbench.goToLine(0);
    await workbench.press('Shift+ArrowDown');
    await workbench.press('Control+C');
    writeFileSync(join(tool, 'clipboard'), BEFORE.slice(0, BEFORE.indexOf('\n') + 1));
    await workbench.goToLine(2);
    await workbench.press('Control+V');
    await delay(4000);
    expect([seen('typed'), seen('pasted')]).toEqual([[], []]);
  });

  test('formatting is no change', { timeout: 120_000 }, async () => {
    await accept('formatted');
    await arrival('formatted');
    await workbench.runCommand('Format Document');
    await waitFor(
      'the new layout',
      async () => (await workbench.editorLines()).get(3) === '    return width * height;',
    );
    expect(await outcome('formatted', { minutes: 2 })).toMatchObject({ happened: true });
    await delay(2000);
    expect(seen('formatted')).toHaveLength(1);
  });

  test('ten minutes later all is known of them', { timeout: 180_000 }, async () => {
    expect(await outcome('switched', { minutes: 10 })).toMatchObject({ happened: true });
    expect(seen('switched')).toHaveLength(1);
    expect(await outcome('error', { minutes: 10 }, 'sound')).toMatchObject({ happened: false, cause: 'error' });
    expect(await outcome('error', { minutes: 10 })).toMatchObject({ happened: true });
    expect(await outcome('task', { minutes: 10 }, 'sound')).toMatchObject({ happened: false, cause: 'error' });
    // The API that tells of test results is as much a proposal as the one that tells who made a change.
    expect(await outcome('test', { minutes: 10 }, 'sound')).toMatchObject(
      hasDetailedReason ? { happened: false, cause: 'test' } : { happened: true },
    );
    expect(await outcome('whole', { minutes: 10 }, 'sound')).toMatchObject({ happened: true });
  });

  test('the file of the ledger holds no code', () => {
    const kept =
      readFileSync(join(state, 'candor', 'ledger.sqlite'), 'latin1') +
      readFileSync(join(state, 'candor', 'ledger.sqlite-wal'), 'latin1');
    for (const word of ['area', 'width', 'volume', 'parseDuration', 'whole.ts']) expect(kept).not.toContain(word);
  });
}

function git(folder: string, ...args: readonly string[]): void {
  execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@b.c', ...args], { cwd: folder, stdio: 'ignore' });
}

/** A server that answers every chat with the same code, and says how likely its tokens were where it is asked. */
function chatServer(): { readonly address: Promise<string>; readonly close: () => void } {
  const server: Server = createServer((request, response) => {
    const pieces: Buffer[] = [];
    request.on('data', (piece: Buffer) => pieces.push(piece));
    request.on('end', () => {
      const asked = JSON.parse(Buffer.concat(pieces).toString() || '{}') as { logprobs?: boolean };
      const rows = Array.from(RECORDED.matchAll(/\w+|\s+|[^\w\s]/gu), ([token]) => ({
        token,
        bytes: [...Buffer.from(token)],
        logprob: -0.25,
        top_logprobs: [{ token, bytes: [...Buffer.from(token)], logprob: -0.25 }],
      }));
      const choice = {
        index: 0,
        message: { role: 'assistant', content: RECORDED },
        finish_reason: 'stop',
        logprobs: asked.logprobs === true ? { content: rows } : null,
      };
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ id: '1', object: 'chat.completion', model: 'some-model', choices: [choice] }));
    });
  });
  const address = new Promise<string>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`);
    });
  });
  return { address, close: () => void server.close() };
}
