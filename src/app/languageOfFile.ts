import { open } from 'node:fs/promises';
import { extname } from 'node:path';
import { detectLanguage } from '../syntax/detectLanguage.ts';
import type { LanguageId } from '../syntax/languages.ts';
import { PLAIN_CODE_EXTENSIONS } from '../syntax/plainCode.ts';

/** A `#!` line is no longer than this. */
const FIRST_LINE_BYTES = 256;

/**
 * How a file's text is to be parsed: by a grammar, by `lines` where it is code without one, or null for a file that is
 * no code by its name and, where the name says nothing, by its first line.
 *
 * @param text what the file holds, where it is not what the disk does
 */
export async function languageOfFile(path: string, text?: string): Promise<LanguageId | 'lines' | null> {
  const extension = extname(path).slice(1).toLowerCase();
  if (PLAIN_CODE_EXTENSIONS.has(extension)) return 'lines';
  const byName = detectLanguage(path);
  if (byName !== null && extension !== 'h') return byName;
  if (byName === null && extension !== '') return null;
  return detectLanguage(
    path,
    text === undefined ? await firstLineOf(path) : text.slice(0, FIRST_LINE_BYTES).split('\n', 1)[0],
  );
}

async function firstLineOf(path: string): Promise<string> {
  try {
    const file = await open(path);
    try {
      const { buffer, bytesRead } = await file.read(new Uint8Array(FIRST_LINE_BYTES), 0, FIRST_LINE_BYTES, 0);
      return new TextDecoder().decode(buffer.subarray(0, bytesRead)).split('\n', 1)[0] ?? '';
    } finally {
      await file.close();
    }
  } catch {
    // Reading the file as a whole will say why it cannot be read.
    return '';
  }
}
