import * as vscode from 'vscode';
import { CandorError } from '../../core/candorError.ts';
import type { Candor } from '../candor.ts';
import { inertLabel } from '../inertLabel.ts';
import { readSettings } from '../settings.ts';

/** Keeps the key of the server that the settings name in the editor's secret storage, or forgets it. */
export async function setServerKey({ keys }: Candor): Promise<void> {
  const { openaiBaseUrl: baseUrl } = readSettings();
  if (baseUrl === '') {
    throw new CandorError('bad-call', 'No server is chosen. Run “Candor: Choose an engine” first.');
  }
  const key = await vscode.window.showInputBox({
    title: `Key for ${inertLabel(URL.parse(baseUrl)?.origin ?? baseUrl)}`,
    prompt:
      'It is kept in the secret storage of the editor, and sent to this server alone. Empty: forget the one that is kept.',
    password: true,
    ignoreFocusOut: true,
  });
  if (key === undefined) return;
  await (key === '' ? keys.forget(baseUrl) : keys.set(baseUrl, key));
}
