// Runs in VS Code's extension host, beside a copy of Candor that does not start by itself: it is started and taken out
// again by hand, round after round, and must leave nothing behind.
import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { isDeepStrictEqual } from 'node:util';
import * as vscode from 'vscode';

const ROUNDS = 3;
/** A thread that ends by itself has so long to do it. */
const PATIENCE_MS = 20_000;

const folder = process.env.CANDOR_FOLDER;
const { activate } = await import(pathToFileURL(`${folder}/dist/extension.mjs`).href);

const commandsOfCandor = async () => (await vscode.commands.getCommands(true)).filter((id) => id.startsWith('candor.'));

/** What keeps the host's event loop busy: threads, timers, watchers, by kind. */
function resources() {
  const counts = {};
  for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}

async function round() {
  const subscriptions = [];
  const secrets = { get: async () => undefined, store: async () => {}, delete: async () => {} };
  const workspaceState = { get: () => undefined, update: async () => {} };
  activate({ subscriptions, secrets, workspaceState, extensionUri: vscode.Uri.file(folder) });
  const registered = await commandsOfCandor();
  const [file] = await vscode.workspace.findFiles('**/route.go');
  const editor = await vscode.window.showTextDocument(file);
  await vscode.commands.executeCommand('candor.auditFile');
  await editor.edit((builder) => builder.insert(new vscode.Position(0, 0), '\n'));
  await vscode.commands.executeCommand('candor.nextSpan');
  const threads = resources().MessagePort ?? 0;
  for (const subscription of subscriptions.reverse()) subscription.dispose();
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  return { registered, threads };
}

describe('Candor, taken out of a host that runs on', () => {
  let after = {};

  it('leaves no command', async () => {
    const before = await commandsOfCandor();
    const { registered } = await round();
    assert.ok(registered.length > before.length + 10, `only ${registered.length} commands were there`);
    // Each view brings commands of its own, and is shown or not a moment after what that hangs on.
    const isAsBefore = async () => isDeepStrictEqual((await commandsOfCandor()).sort(), before.toSorted());
    for (let tries = 0; tries < 50 && !(await isAsBefore()); tries++) await delay(200);
    assert.deepEqual((await commandsOfCandor()).sort(), before.toSorted());
    await delay(PATIENCE_MS / 4);
    after = resources();
  });

  it('can be started again and again, and leaves no thread, timer or watcher', async () => {
    for (let count = 1; count < ROUNDS; count++) {
      const { threads } = await round();
      assert.ok(threads > (after.MessagePort ?? 0), 'no thread was seen at work');
    }
    const deadline = Date.now() + PATIENCE_MS;
    const grown = () =>
      Object.entries(resources()).filter(([kind, count]) => kind !== 'Timeout' && count > (after[kind] ?? 0));
    while (grown().length > 0 && Date.now() < deadline) await delay(200);
    assert.deepEqual(grown(), []);
  });
});
