import { detectLanguage } from '../syntax/detectLanguage.ts';
import type { LanguageId } from '../syntax/languages.ts';

/** The editor's own names of the languages that have a grammar here. */
const BY_EDITOR_NAME: ReadonlyMap<string, LanguageId> = new Map([
  ['typescript', 'typescript'],
  ['typescriptreact', 'tsx'],
  ['javascript', 'javascript'],
  ['javascriptreact', 'javascript'],
  ['python', 'python'],
  ['go', 'go'],
  ['rust', 'rust'],
  ['java', 'java'],
  ['c', 'c'],
  ['cpp', 'cpp'],
  ['csharp', 'csharp'],
  ['ruby', 'ruby'],
  ['php', 'php'],
  ['shellscript', 'bash'],
  ['scala', 'scala'],
] as const);

/** How a document is to be parsed: as its user says, else as its name and its first line say, else by lines. */
export function languageOfDocument(languageId: string, path: string, firstLine: string): LanguageId | 'lines' {
  return BY_EDITOR_NAME.get(languageId) ?? detectLanguage(path, firstLine) ?? 'lines';
}
