import * as vscode from 'vscode';
import { MOST_CONCURRENCY } from '../app/engineChoice.ts';
import { CandorError } from '../core/candorError.ts';
import { ENGINES, SETTINGS, type Settings } from './settingTable.ts';

/** The settings as they are now. What does not have its type counts as its default: a slip of the pen must not stop Candor. */
export function readSettings(): Settings {
  const configuration = vscode.workspace.getConfiguration('candor');
  const text = (key: TextKey): string => {
    const value = configuration.get<unknown>(key);
    return typeof value === 'string' ? value.trim() : SETTINGS[key].default;
  };
  const flag = (key: FlagKey): boolean => {
    const value = configuration.get<unknown>(key);
    return typeof value === 'boolean' ? value : SETTINGS[key].default;
  };
  const count = (key: CountKey, most: number): number => {
    const value = configuration.get<unknown>(key);
    const isCount = typeof value === 'number' && Number.isInteger(value) && value >= 1 && value <= most;
    return isCount ? value : SETTINGS[key].default;
  };
  const engine = text('engine');
  return {
    engine: ENGINES.find((name) => name === engine) ?? SETTINGS.engine.default,
    llamaModel: text('llama.model'),
    llamaGpu: flag('llama.gpu'),
    llamaMix: flag('llama.mix'),
    openaiBaseUrl: text('openai.baseUrl'),
    openaiModel: text('openai.model'),
    openaiConcurrency: count('openai.concurrency', MOST_CONCURRENCY),
    auditOnOpen: flag('audit.onOpen'),
    marksEnabled: flag('marks.enabled'),
    marksOnlyActiveLine: flag('marks.onlyActiveLine'),
    marksNote: flag('marks.note'),
    marksGutterIcons: flag('marks.gutterIcons'),
    lensesEnabled: flag('lenses.enabled'),
    captureEnabled: flag('capture.enabled'),
    completionsEnabled: flag('completions.enabled'),
    completionsHoldBackDoubtful: flag('completions.holdBackDoubtful'),
    completionsCutDoubtful: flag('completions.cutDoubtful'),
    recorderUpstream: text('recorder.upstream'),
    recorderAutoStart: flag('recorder.autoStart'),
  };
}

/**
 * Writes a setting for this user and machine, if it has another value.
 * @throws CandorError `unreadable` where the editor cannot write its settings
 */
export async function writeSetting(key: keyof typeof SETTINGS, value: string | boolean): Promise<void> {
  if (vscode.workspace.getConfiguration('candor').get<unknown>(key) === value) return;
  try {
    await vscode.workspace.getConfiguration('candor').update(key, value, vscode.ConfigurationTarget.Global);
  } catch (cause) {
    const message =
      'The settings cannot be written. Open the user settings (JSON), mend them, and run the command again.';
    throw new CandorError('unreadable', message, { cause });
  }
}

type KeyOf<Value> = {
  [K in keyof typeof SETTINGS]: (typeof SETTINGS)[K]['default'] extends Value ? K : never;
}[keyof typeof SETTINGS];
type TextKey = KeyOf<string>;
type FlagKey = KeyOf<boolean>;
type CountKey = KeyOf<number>;
