import { readFileSync } from 'node:fs';
import type { Settings } from '../vscode/quietSettings.ts';

/** The extension that records, as files to package. */
export function editRecorderFiles(): Readonly<Record<string, string>> {
  const read = (name: string): string => readFileSync(new URL(`editRecorder/${name}`, import.meta.url), 'utf8');
  return { 'package.json': read('package.json'), 'extension.cjs': read('extension.cjs') };
}

/** What the script of an hour of editing relies on. */
export const EDITING_SETTINGS: Settings = {
  'files.autoSave': 'off',
  'editor.defaultFormatter': 'candor-test.edit-recorder',
  'editor.formatOnSave': true,
  'typescript.validate.enable': false,
  'editor.detectIndentation': false,
};
