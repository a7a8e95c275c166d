import * as vscode from 'vscode';
import { CandorError } from '../../core/candorError.ts';
import type { Candor } from '../candor.ts';
import { inertLabel } from '../inertLabel.ts';
import type { ServerKeys } from '../serverKeys.ts';
import { readSettings } from '../settings.ts';

/** Keeps the key of the server that the settings name in the editor's secret storage, or forgets it. */
export async function setServerKey({ keys }: Candor): Promise<void> {
  const { openaiBaseUrl: baseUrl } = readSettings();
  if (baseUrl === '') {
    throw new CandorError('bad-call', 'No server is chosen. Run “Candor: Choose an engine” first.');
  }
  await askForKey(baseUrl, keys, 'Empty: forget the one that is kept.');
}

/** Asks for the key of a server and keeps it; false where the person gave up. */
export async function askForKey(baseUrl: string, keys: ServerKeys, whatEmptyMeans: string): Promise<boolean> {
  const key = await vscode.window.showInputBox({
    title: `Key for ${inertLabel(URL.parse(baseUrl)?.origin ?? baseUrl)}`,
    prompt: `It is kept in the secret storage of the editor, and sent to this server alone. ${whatEmptyMeans}`,
    password: true,
    ignoreFocusOut: true,
  });
  if (key === undefined) return false;
  await (key === '' ? keys.forget(baseUrl) : keys.set(baseUrl, key));
  return true;
}
