import * as vscode from 'vscode';
import { snippetsInWords } from '../../app/recorder/clientSnippets.ts';
import { CandorError } from '../../core/candorError.ts';
import type { Candor } from '../candor.ts';
import { readSettings, writeSetting } from '../settings.ts';

/** Starts the recorder before the server that a person names, and shows what tools must be told. */
export async function startRecorder(candor: Candor): Promise<void> {
  if (!vscode.workspace.isTrusted) {
    throw new CandorError('unsupported', 'This workspace is not trusted. Trust it, and start the recorder again.');
  }
  const { workspace } = await candor.setup();
  if (workspace === null) {
    const message = 'No folder on this machine’s disk is open. Open the one that tools write to, and start it again.';
    throw new CandorError('unsupported', message);
  }
  const upstream = await vscode.window.showInputBox({
    title: 'Record what tools let a server write',
    prompt:
      'The address of the server, as the tools have it now. Their requests go through Candor to it, with their keys; nothing is kept on the disk.',
    value: readSettings().recorderUpstream,
    placeHolder: 'http://127.0.0.1:8080/v1',
    ignoreFocusOut: true,
  });
  if (upstream === undefined || upstream.trim() === '') return;
  await writeSetting('recorder.upstream', upstream.trim());
  const address = await candor.work.run(null, () => candor.capture.recorder.start(upstream.trim(), workspace));
  if (address === null) return;
  await showRecorderSetup(candor);
}

export async function stopRecorder({ capture }: Candor): Promise<void> {
  const wasRunning = capture.recorder.address !== null;
  capture.recorder.stop();
  await Promise.resolve();
  const sentence = wasRunning ? 'Candor: the recorder has stopped.' : 'Candor: the recorder does not run.';
  void vscode.window.showInformationMessage(sentence);
}

/** Shows what tools must be told to go through the recorder. */
export async function showRecorderSetup({ capture }: Candor): Promise<void> {
  const { address } = capture.recorder;
  if (address === null) {
    throw new CandorError('bad-call', 'The recorder does not run. Run “Candor: Start the recorder” first.');
  }
  const content = `The recorder runs at\n\n    ${address}\n\nThe address is a secret of yours, and stays the same. Tell your tools:\n\n${snippetsInWords(address)}`;
  const document = await vscode.workspace.openTextDocument({ content, language: 'plaintext' });
  await vscode.window.showTextDocument(document, { preview: true });
}
