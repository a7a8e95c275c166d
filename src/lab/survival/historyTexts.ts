import { codeLeavesOf, type CodeLeaves } from '../../syntax/codeLeaves.ts';
import type { ObjectReader } from '../../history/objectReader.ts';
import { detectLanguage } from '../../syntax/detectLanguage.ts';
import type { ParserPool } from '../../syntax/parserPool.ts';
import { isSkipped } from '../../syntax/skipped.ts';

/** A longer file is data, or was written by a program. */
export const MOST_FILE_BYTES = 400_000;

/** Versions kept: what a landing leaves is mostly what the next one finds. */
const KEPT = 64;

/** Reads versions of files out of a history, parsed. */
export interface HistoryTexts {
  /** null for what is no code, too long, or cannot be read or parsed. */
  leaves(path: string, blob: string): Promise<CodeLeaves | null>;
}

/** Reads and parses versions of files, and keeps the last few. */
export function createHistoryTexts(objects: ObjectReader, parser: ParserPool): HistoryTexts {
  const kept = new Map<string, Promise<CodeLeaves | null>>();

  async function parsed(path: string, blob: string): Promise<CodeLeaves | null> {
    const language = detectLanguage(path);
    if (language === null) return null;
    const bytes = await objects.read(blob, MOST_FILE_BYTES);
    if (bytes === null) return null;
    const text = bytes.toString();
    const spans = await parser.spans(text, language);
    return isSkipped(spans) ? null : codeLeavesOf(text, spans);
  }

  return {
    leaves(path, blob) {
      const key = `${blob} ${path}`;
      const found = kept.get(key) ?? parsed(path, blob);
      // The last used comes last, and the first goes.
      kept.delete(key);
      kept.set(key, found);
      const [oldest] = kept.keys();
      if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
      return found;
    },
  };
}
