import { LANGUAGE_IDS, languageEntry, type LanguageId } from './languages.ts';

/**
 * The language of a file, from its path and the first line of its text, or null where no grammar fits.
 *
 * The name of the file decides before its extension, the extension before a `#!` line. A header `.h` counts as C unless
 * its first line holds the mode line `-*- C++ -*-`: the two cannot be told apart without reading on, and C++ that is
 * read as C gives error nodes, not a wrong answer.
 */
export function detectLanguage(path: string, firstLine = ''): LanguageId | null {
  const fileName = path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1).toLowerCase();
  const byName = BY_FILE_NAME.get(fileName);
  if (byName !== undefined) return byName;

  const dot = fileName.lastIndexOf('.');
  const extension = dot > 0 ? fileName.slice(dot + 1) : '';
  if (extension === 'h' && /-\*-.*\bc\+\+.*-\*-/i.test(firstLine)) return 'cpp';
  return BY_EXTENSION.get(extension) ?? BY_INTERPRETER.get(interpreterOf(firstLine)) ?? null;
}

/** `#!/usr/bin/env -S FOO=1 python3.12 -u` gives `python`. */
function interpreterOf(firstLine: string): string {
  const command = /^\uFEFF?#!\s*(\S+)(.*)/.exec(firstLine);
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

function index(keysOf: (id: LanguageId) => readonly string[]): ReadonlyMap<string, LanguageId> {
  const found = new Map<string, LanguageId>();
  for (const id of LANGUAGE_IDS) {
    for (const key of keysOf(id)) if (!found.has(key)) found.set(key, id);
  }
  return found;
}
