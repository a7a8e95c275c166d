import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { seededRandom } from '../../src/core/seededRandom.ts';
import { waitFor } from '../vscode/waitFor.ts';
import type { EditingAction } from './editingScene.ts';
import { editorActions } from './editorActions.ts';
import type { EditTrace } from './editTrace.ts';
import { codeInventor, type InventedLanguage } from './inventedCode.ts';
import { modelActions } from './modelActions.ts';
import { personActions } from './personActions.ts';

/** The editor is quiet for so long before another action begins: what follows is of that one. */
const QUIET_MS = 250;

/** A window that has just come up, on a machine with other work, opens its first file late. */
const OPENED_WITHIN_MS = 60_000;

/** What the editor never ends, such as a command that waits for somebody to choose, fails after so long. */
const ANSWERED_WITHIN_MS = 15_000;

/** A place in a file: its line and character, from 0. */
export type Place = readonly [line: number, character: number];

export interface Replacement {
  readonly file: string;
  readonly from: Place;
  readonly to?: Place;
  readonly text: string;
}

/** The hands of the script: what it does to the editor that records. */
export interface Hands {
  readonly page: Page;
  /** Asks the extension that records to do something. */
  readonly ask: (doing: string, how?: Readonly<Record<string, unknown>>) => Promise<unknown>;
  /** Begins what the trace shall know as this. */
  readonly begin: (action: string, by: string, how: string) => Promise<void>;
  /** The text of a file as the editor has it. */
  readonly lines: (file: string) => Promise<readonly string[]>;
  /** Shows a file with the caret, or a selection, there. */
  readonly open: (file: string, from: Place, to?: Place) => Promise<void>;
  readonly press: (key: string) => Promise<void>;
  readonly type: (text: string) => Promise<void>;
  readonly command: (id: string, ...args: readonly unknown[]) => Promise<void>;
  /** Writes a file on the disk, as other programs do. */
  readonly write: (file: string, text: string) => void;
  readonly pause: () => Promise<void>;
}

export interface EditingHour {
  readonly trace: EditTrace;
  /** Actions in which the editor did not do what was asked, and why. */
  readonly failed: readonly string[];
}

/** The files of the workspace that an hour needs. */
export function filesToEdit(seed: number): Readonly<Record<string, string>> {
  const { code, import: importOf } = codeInventor(seededRandom(seed));
  const languages: readonly InventedLanguage[] = ['ts', 'py', 'go'];
  return Object.fromEntries(
    languages.flatMap((language) =>
      ['one', 'two', 'three'].map((name) => {
        const imports = Array.from({ length: 3 }, () => importOf(language)).join('');
        return [`${name}.${language}`, `${imports}\n${code(language, 40)}\n`] as const;
      }),
    ),
  );
}

/**
 * Works in an editor like a person with tools, some actions of each kind in random order, and returns what the editor told.
 *
 * @param folder that EDIT_RECORDER_FOLDER names
 * @param share of the actions of an hour
 */
export async function runEditingHour(
  page: Page,
  workspace: string,
  folder: string,
  { seed, share = 1 }: { readonly seed: number; readonly share?: number },
): Promise<EditingHour> {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);

  async function ask(doing: string, how: Readonly<Record<string, unknown>> = {}): Promise<unknown> {
    // A host that the window starts anew at its beginning has another port; what was refused has not been done, and what does no harm
    // twice may be asked again.
    const reply = await waitFor('the recorder of edits', async () => {
      const port = readFileSync(join(folder, 'port'), 'utf8');
      const signal = AbortSignal.timeout(doing === 'open' ? OPENED_WITHIN_MS : ANSWERED_WITHIN_MS);
      const body = JSON.stringify({ do: doing, ...how });
      return fetch(`http://127.0.0.1:${port}`, { method: 'POST', body, signal }).catch((error: unknown) =>
        hasCode(error, 'ECONNREFUSED') || (doing === 'open' && hasCode(error, 'ECONNRESET')) ? null : { error },
      );
    });
    if ('error' in reply) throw reply.error;
    const text = await reply.text();
    if (!reply.ok) throw new Error(text);
    return (JSON.parse(text) as { readonly answer: unknown }).answer;
  }

  const hands: Hands = {
    page,
    ask,
    begin: async (action, by, how) => {
      await ask('quiet', { forMs: QUIET_MS });
      await ask('begin', { action, by, how });
    },
    lines: async (file) => String(await ask('text', { file })).split('\n'),
    open: async (file, from, to) => {
      await ask('open', { file, from, ...(to !== undefined && { to }) });
    },
    press: (key) => page.keyboard.press(key),
    type: (text) => page.keyboard.type(text, { delay: 12 }),
    command: async (id, ...args) => {
      await ask('command', { id, args });
    },
    write: (file, text) => {
      writeFileSync(join(workspace, file), text);
    },
    pause: () => delay(120),
  };

  const random = seededRandom(seed);
  const failed: string[] = [];
  const files = Object.keys(filesToEdit(seed));
  for (const file of files) await hands.open(file, [0, 0]);
  for (const { title, act } of shuffled(actionsOfAnHour(share), random.uniform)) {
    const file = files[Math.floor(random.uniform() * files.length)] ?? '';
    const scene = { hands, random, inventor: codeInventor(random), file, files };
    try {
      await act(scene);
    } catch (error) {
      failed.push(`${title}: ${error instanceof Error ? error.message : String(error)}`);
    }
    // Whatever stayed open is not the next one's.
    await hands.begin('between', 'person', 'typed');
    await ask('suggest', { text: null });
    await ask('offer', { item: null });
    await hands.press('Escape');
    await hands.press('Escape');
  }
  await ask('quiet', { forMs: QUIET_MS });
  return { trace: (await ask('trace')) as EditTrace, failed };
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && (error.cause as { code?: string } | undefined)?.code === code;
}

function actionsOfAnHour(share: number): readonly EditingAction[] {
  return [...personActions, ...modelActions, ...editorActions].flatMap((action) =>
    Array.from({ length: Math.max(1, Math.round(action.timesInAnHour * share)) }, () => action),
  );
}

function shuffled<T>(items: readonly T[], uniform: () => number): readonly T[] {
  return items
    .map((item) => ({ item, at: uniform() }))
    .toSorted((one, other) => one.at - other.at)
    .map(({ item }) => item);
}
