import type { LanguageId } from '../../syntax/languages.ts';

const DECLARED: Partial<Readonly<Record<LanguageId, RegExp>>> = {
  java: /^\s*package\s+([\w.]+)\s*;/m,
  go: /^\s*package\s+(\w+)/m,
  scala: /^\s*package\s+([\w.]+)\s*$/m,
  csharp: /^\s*namespace\s+([\w.]+)/m,
  php: /^\s*(?:<\?php\s+)?namespace\s+([\w\\]+)\s*[;{]/m,
};

/** The package or the namespace that a file says it is in; null where it says none, or its language has none. */
export function namespaceOf(text: string, language: LanguageId): string | null {
  return DECLARED[language]?.exec(text)?.[1] ?? null;
}
