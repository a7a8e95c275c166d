import { open } from 'node:fs/promises';
import { basename, extname } from 'node:path';
import { detectLanguage, interpreterOf } from '../syntax/detectLanguage.ts';
import type { LanguageId } from '../syntax/languages.ts';
import { PLAIN_CODE_EXTENSIONS, PLAIN_CODE_INTERPRETERS } from '../syntax/plainCode.ts';

/** So much of a file tells what it is. */
const HEAD_BYTES = 8_192;

/** Extensions that say nothing, or not enough, of the language. */
const AMBIGUOUS = new Set(['', 'h', 'inc', 'cgi', 'fcgi', 'command', 'tool', 't']);

/** How Qt calls its translations, which are XML: `app_de.ts`, `app_pt_BR.ts`. */
const MAYBE_TRANSLATION = /_[a-z]{2,3}(?:[_-][A-Za-z]{2,4})?\.ts$/;

/**
 * How a file's text is to be parsed: by a grammar, by `lines` where it is code without one, or null for a file that is
 * no code by its name and, where the name says too little, by how it begins. No other file is opened.
 *
 * @param text what the file holds, where it is not what the disk does
 */
export async function languageOfFile(path: string, text?: string): Promise<LanguageId | 'lines' | null> {
  const extension = extname(path).slice(1).toLowerCase();
  if (PLAIN_CODE_EXTENSIONS.has(extension)) return 'lines';
  const head = (): Promise<string> | string => text?.slice(0, HEAD_BYTES) ?? headOf(path);
  if (MAYBE_TRANSLATION.test(basename(path)))
    return /^\uFEFF?\s*<(?:\?xml|!DOCTYPE)\b/.test(await head()) ? null : 'typescript';
  const byName = detectLanguage(path);
  if (!AMBIGUOUS.has(extension)) return byName;
  if (byName !== null && extension !== 'h') return byName;
  const beginning = await head();
  const found = detectLanguage(path, beginning);
  if (found !== null) return found;
  if (extension === 'h' || PLAIN_CODE_INTERPRETERS.has(interpreterOf(beginning))) return 'lines';
  return extension === 't' && /^\s*use (?:strict|warnings|v?5|Test)\b/m.test(beginning) ? 'lines' : null;
}

async function headOf(path: string): Promise<string> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(new Uint8Array(HEAD_BYTES), 0, HEAD_BYTES, 0);
      return new TextDecoder().decode(buffer.subarray(0, bytesRead));
    } finally {
      await file.close();
    }
  } catch {
    // Reading the file as a whole will say why it cannot be read.
    return '';
  }
}
