import * as vscode from 'vscode';
import { CandorError } from '../../core/candorError.ts';
import type { Candor } from '../candor.ts';
import { engineOfSettings } from '../engineOfSettings.ts';
import { inertLabel } from '../inertLabel.ts';
import { readSettings, writeSetting } from '../settings.ts';
import type { Settings } from '../settingTable.ts';
import { pickEngine } from './pickEngine.ts';
import { askForKey } from './setServerKey.ts';
import { setUpServer } from './setUpServer.ts';

/** Asks which engine is to score, and for what it needs; text goes to it only from then on. */
export async function chooseEngine(candor: Candor): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    const message =
      'This workspace is not trusted, so only the embedded n-gram engine reads it. Trust the workspace first.';
    throw new CandorError('unsupported', message);
  }
  const now = readSettings();
  const picked = await pickEngine(candor, now);
  if (picked === undefined) return;
  const needs =
    picked.kind === 'found'
      ? await setUpServer(candor, picked.server.baseUrl)
      : await askForNeeds(picked.engine, candor);
  if (needs === undefined) return;
  const engine = picked.kind === 'found' ? 'openai' : picked.engine;
  const wanted: Settings = { ...now, ...needs, engine };
  await candor.work.run('Opening the engine', async (call) => {
    const choice = await engineOfSettings(wanted, candor.keys, true);
    const { source, device } = await candor.auditor.open(choice, call);
    candor.log.info(`engine ${source.engine}, model ${source.model}, on ${device}`);
    // Only an engine that could be opened is kept.
    await writeSetting('llama.model', wanted.llamaModel);
    await writeSetting('openai.baseUrl', wanted.openaiBaseUrl);
    await writeSetting('openai.model', wanted.openaiModel);
    await writeSetting('engine', wanted.engine);
  });
}

/** What the engine needs; undefined where the person gave up. */
async function askForNeeds(engine: Settings['engine'], candor: Candor): Promise<Partial<Settings> | undefined> {
  switch (engine) {
    case 'bundled':
    case 'ngram':
      return {};
    case 'llama': {
      const llamaModel = await askForModel();
      return llamaModel === undefined ? undefined : { llamaModel };
    }
    case 'openai': {
      const baseUrl = await askForServer();
      if (baseUrl === undefined) return undefined;
      const isKnown = (await candor.keys.get(baseUrl)) !== undefined;
      const isAnswered = isKnown || (await askForKey(baseUrl, candor.keys, 'Empty: it needs none.'));
      return isAnswered ? setUpServer(candor, baseUrl) : undefined;
    }
  }
}

async function askForModel(): Promise<string | undefined> {
  const { llamaModel } = readSettings();
  const browse = { label: 'Choose a file…', description: '*.gguf' };
  const name = {
    label: 'Name a model…',
    description: 'hf:OWNER/REPO/FILE.gguf is downloaded once, with its hash checked',
  };
  const kept = llamaModel === '' ? [] : [{ label: inertLabel(llamaModel), description: 'as before' }];
  const picked = await vscode.window.showQuickPick([...kept, browse, name], { title: 'Model for llama.cpp' });
  if (picked === browse) {
    const files = await vscode.window.showOpenDialog({
      filters: { 'GGUF models': ['gguf'] },
      openLabel: 'Use this model',
    });
    return files?.[0]?.fsPath;
  }
  if (picked === name)
    return vscode.window.showInputBox({ title: 'Name of the model', placeHolder: 'hf:OWNER/REPO/FILE.gguf' });
  return picked === undefined ? undefined : llamaModel;
}

async function askForServer(): Promise<string | undefined> {
  const { openaiBaseUrl } = readSettings();
  return vscode.window.showInputBox({
    title: 'Address of the server',
    prompt: 'Code that you audit is sent there, and nowhere else.',
    value: openaiBaseUrl,
    placeHolder: 'http://127.0.0.1:8080/v1',
    validateInput: (value) =>
      /^https?:$/.test(URL.parse(value)?.protocol ?? '') ? undefined : 'Give an http or https address.',
  });
}
