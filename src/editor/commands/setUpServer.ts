import * as vscode from 'vscode';
import { serverVerdict } from '../../app/serverVerdict.ts';
import type { TriedServer } from '../../app/tryServer.ts';
import { CandorError } from '../../core/candorError.ts';
import type { Candor } from '../candor.ts';
import { inertLabel } from '../inertLabel.ts';
import { inertMessage } from '../inertMessage.ts';
import { readSettings } from '../settings.ts';
import type { Settings } from '../settingTable.ts';
import { serverName } from './pickEngine.ts';
import { askForKey } from './setServerKey.ts';

/** What the settings must say for a server to be used. */
type ServerSettings = Pick<Settings, 'openaiBaseUrl' | 'openaiModel'>;

type Wish = 'use' | 'model' | 'key' | 'again' | 'other';

/**
 * Tries a server with a model of it, says what it can do, and asks whether to use it. The trial sends a text of Candor's own.
 * Which model is asked only where there are several, and for a key only where the trial failed.
 *
 * @param baseUrl an address that a person named or picked
 * @returns undefined where the person gave up, or went back to the list of engines
 * @throws CandorError `not-found` for a server without a model
 */
export async function setUpServer(candor: Candor, baseUrl: string): Promise<ServerSettings | undefined> {
  let model: string | undefined;
  for (;;) {
    const tried = await tryIt(candor, baseUrl, model);
    if (tried === null) return undefined;
    const isUndecided = tried.probed === null && tried.failure === null;
    const wish = isUndecided ? 'model' : await askWhatToDo(tried);
    if (wish === undefined) return undefined;
    if (wish === 'use') return { openaiBaseUrl: baseUrl, openaiModel: tried.probed?.abilities.model ?? '' };
    if (wish === 'other') {
      void vscode.commands.executeCommand('candor.chooseEngine');
      return undefined;
    }
    if (wish === 'model') {
      model = await askForModel(tried);
      if (model === undefined) return undefined;
    }
    if (wish === 'key' && !(await askForKey(baseUrl, candor.keys, 'Empty: it needs none.'))) return undefined;
  }
}

/** Null where the person stopped it. */
function tryIt({ auditor, keys, work }: Candor, baseUrl: string, model?: string): Promise<TriedServer | null> {
  return work.run(`Trying the server at ${inertMessage(baseUrl)}`, async (call) => {
    const apiKey = await keys.get(baseUrl);
    const named = { ...(model !== undefined && { model }), ...(apiKey !== undefined && { apiKey }) };
    try {
      return await auditor.tryServer({ engine: 'openai', baseUrl, ...named }, call);
    } catch (error) {
      if (call.abortSignal.aborted || !CandorError.is(error)) throw error;
      const identity = { kind: 'unknown', version: null } as const;
      return { baseUrl, identity, models: [], probed: null, failure: error.message };
    }
  });
}

async function askForModel({ identity, models }: TriedServer): Promise<string | undefined> {
  if (models.length === 0 && identity.kind === 'ollama') {
    const message = 'Ollama has no model yet. Get one with “ollama pull NAME”, then choose it again.';
    throw new CandorError('not-found', message);
  }
  const { openaiModel: kept } = readSettings();
  if (models.length === 0) {
    const prompt = 'The server lists no models. Give the name of one that it has.';
    const name = await vscode.window.showInputBox({ title: 'Name of the model', prompt, value: kept });
    return name === '' ? undefined : name;
  }
  const items = models.map((model) => ({
    label: inertLabel(model),
    model,
    ...(model === kept && { description: 'as before' }),
  }));
  const title = `Model of ${serverName({ identity })}`;
  return (await vscode.window.showQuickPick(items, { title, placeHolder: 'Which of its models is to score?' }))?.model;
}

/** Says how the trial went, with what can be done now; undefined where the person gave up. */
async function askWhatToDo(tried: TriedServer): Promise<Wish | undefined> {
  const { baseUrl, identity, models, probed, failure } = tried;
  const item = (wish: Wish, label: string, detail: string): vscode.QuickPickItem & { readonly wish: Wish } => ({
    wish,
    label,
    detail,
  });
  const verdict = probed && serverVerdict(identity, probed);
  const what = verdict === null ? '' : ` with ${probed?.abilities.model ?? ''}`;
  const items = [
    ...(verdict === null
      ? [
          item('again', 'Try again', 'once it runs'),
          item('key', 'Give it a key…', 'kept in the secret storage of the editor, and sent to this server alone'),
        ]
      : verdict.use === 'nothing'
        ? []
        : [
            item(
              'use',
              'Use this server',
              verdict.notes.join(' ') || 'The code that you audit is sent there, and nowhere else.',
            ),
          ]),
    ...(models.length > 1 ? [item('model', 'Try another model', `it has ${models.length}`)] : []),
    item('other', 'Choose another engine', verdict?.use === 'nothing' ? verdict.notes.join(' ') : 'nothing is changed'),
  ];
  const picked = await vscode.window.showQuickPick(items, {
    title: inertLabel(`${serverName({ identity })}${what}, at ${baseUrl}`),
    placeHolder: inertLabel(verdict?.sentence ?? failure ?? ''),
    ignoreFocusOut: true,
  });
  return picked?.wish;
}
