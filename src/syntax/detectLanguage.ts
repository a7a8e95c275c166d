import { isObjectiveC, isCpp } from './headerLanguage.ts';
import { LANGUAGE_IDS, languageEntry, type LanguageId } from './languages.ts';
import { nameInModeLine } from './nameInModeLine.ts';

/**
 * The language of a file, from its path and the beginning of its text, be it only the first line; null where no grammar fits.
 *
 * The name of the file decides before its extension, the extension before a mode line of Emacs or Vim, that before a `#!` line. Two
 * extensions are shared: a header `.h` counts as C unless it has words that only C++ has, and as no language with a grammar where it
 * is Objective-C; `.inc` counts as what it says that it is, or as PHP where it opens so.
 */
export function detectLanguage(path: string, head = ''): LanguageId | null {
  const fileName = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).toLowerCase();
  const byName = BY_FILE_NAME.get(fileName);
  if (byName !== undefined) return byName;

  const dot = fileName.lastIndexOf('.');
  const extension = dot > 0 ? fileName.slice(dot + 1) : '';
  if (extension === 'h') return headerLanguage(head);
  const byExtension = BY_EXTENSION.get(extension);
  if (byExtension !== undefined) return byExtension;
  const byOwnWord = BY_NAME.get(nameInModeLine(head) ?? '') ?? BY_INTERPRETER.get(interpreterOf(head));
  if (byOwnWord !== undefined) return byOwnWord;
  return extension === 'inc' && /^\uFEFF?<\?(?:php\b|=|\s)/i.test(head) ? 'php' : null;
}

function headerLanguage(head: string): LanguageId | null {
  const said = BY_NAME.get(nameInModeLine(head) ?? '');
  if (said === 'c' || said === 'cpp') return said;
  if (isObjectiveC(head)) return null;
  return isCpp(head) ? 'cpp' : 'c';
}

/** The program that a `#!` line names: `#!/usr/bin/env -S FOO=1 python3.12 -u` gives `python`; empty: there is none. */
export function interpreterOf(head: string): string {
  const command = /^\uFEFF?#!\s*(\S+)(.*)/.exec(head);
  if (command === null) return '';
  const program = baseName(command[1] ?? '');
  if (program !== 'env') return withoutVersion(program);
  const words = (command[2] ?? '').split(/\s+/);
  const named = words.find((word) => word !== '' && !word.startsWith('-') && !word.includes('='));
  return withoutVersion(baseName(named ?? ''));
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

function withoutVersion(program: string): string {
  return program.replace(/[\d.]+$/, '');
}

const BY_FILE_NAME = index((id) => languageEntry(id).fileNames ?? []);
const BY_EXTENSION = index((id) => languageEntry(id).extensions);
const BY_INTERPRETER = index((id) => languageEntry(id).interpreters ?? []);

/** Names that editors have for languages, beside the id, the name and the programs. */
const OTHER_NAMES: Partial<Record<LanguageId, readonly string[]>> = {
  javascript: ['js', 'js2', 'javascriptreact'],
  tsx: ['typescriptreact'],
  typescript: ['ts'],
  cpp: ['c++', 'cc'],
  csharp: ['cs'],
  bash: ['shell-script', 'shell', 'sh-mode'],
  rust: ['rs'],
};

const BY_NAME = index((id) => [
  id,
  languageEntry(id).name.toLowerCase(),
  ...(languageEntry(id).interpreters ?? []),
  ...(OTHER_NAMES[id] ?? []),
]);

function index(keysOf: (id: LanguageId) => readonly string[]): ReadonlyMap<string, LanguageId> {
  const found = new Map<string, LanguageId>();
  for (const id of LANGUAGE_IDS) {
    for (const key of keysOf(id)) if (!found.has(key)) found.set(key, id);
  }
  return found;
}
