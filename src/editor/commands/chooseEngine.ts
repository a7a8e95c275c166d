import * as vscode from 'vscode';
import { CandorError } from '../../core/candorError.ts';
import type { Candor } from '../candor.ts';
import { inertLabel } from '../inertLabel.ts';
import { engineOfSettings } from '../engineOfSettings.ts';
import type { ServerKeys } from '../serverKeys.ts';
import { readSettings, writeSetting } from '../settings.ts';
import type { Settings } from '../settingTable.ts';
import { askForKey } from './setServerKey.ts';

type Engine = Settings['engine'];

/** Asks which engine is to score, and for what it needs; text goes to it only from then on. */
export async function chooseEngine(candor: Candor): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    const message =
      'This workspace is not trusted, so only the embedded n-gram engine reads it. Trust the workspace first.';
    throw new CandorError('unsupported', message);
  }
  const now = readSettings();
  const items: (vscode.QuickPickItem & { readonly engine: Engine })[] = [
    item(
      'bundled',
      'Bundled model',
      'embedded, offline: a small code model, and what is usual in the workspace',
      now.engine,
    ),
    item('ngram', 'n-gram', 'embedded, offline: how usual the code is in its own workspace', now.engine),
    item('llama', 'llama.cpp', 'a GGUF model of yours, offline: exact log-probabilities', now.engine),
    item('openai', 'Server', 'llama-server, vLLM, SGLang, Ollama or OpenAI-compatible: it gets the text', now.engine),
  ];
  const picked = await vscode.window.showQuickPick(items, { title: 'Engine that scores' });
  if (picked === undefined) return;
  const needs = await askForNeeds(picked.engine, candor.keys);
  if (needs === undefined) return;
  const wanted: Settings = { ...now, ...needs, engine: picked.engine };
  await candor.work.run('Opening the engine', async (call) => {
    const choice = await engineOfSettings(wanted, candor.keys, true);
    const { source, device } = await candor.auditor.open(choice, call);
    candor.log.info(`engine ${source.engine}, model ${source.model}, on ${device}`);
    // Only an engine that could be opened is kept.
    await writeSetting('llama.model', wanted.llamaModel);
    await writeSetting('openai.baseUrl', wanted.openaiBaseUrl);
    await writeSetting('engine', wanted.engine);
  });
}

/** What the engine needs; undefined where the person gave up. */
async function askForNeeds(engine: Engine, keys: ServerKeys): Promise<Partial<Settings> | undefined> {
  switch (engine) {
    case 'bundled':
    case 'ngram':
      return {};
    case 'llama': {
      const llamaModel = await askForModel();
      return llamaModel === undefined ? undefined : { llamaModel };
    }
    case 'openai': {
      const openaiBaseUrl = await askForServer();
      if (openaiBaseUrl === undefined) return undefined;
      const isKnown = (await keys.get(openaiBaseUrl)) !== undefined;
      const isAnswered = isKnown || (await askForKey(openaiBaseUrl, keys, 'Empty: it needs none.'));
      return isAnswered ? { openaiBaseUrl } : undefined;
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

function item(
  engine: Engine,
  label: string,
  detail: string,
  now: Engine,
): vscode.QuickPickItem & { readonly engine: Engine } {
  return { engine, label, detail, ...(engine === now && { description: 'in use' }) };
}
