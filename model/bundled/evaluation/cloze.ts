import type { SpanTable } from '../../../src/core/spanTable.ts';
import { detectLanguage } from '../../../src/syntax/detectLanguage.ts';
import { lineSpans } from '../../../src/syntax/lineSpans.ts';
import type { TextParser } from '../../../src/syntax/parseText.ts';
import type { HeldOutFile } from './heldOutFiles.ts';

/** A place of a text at which something is to be written, and what was there. */
export interface Cloze {
  readonly path: string;
  /** Where in the text it is, in UTF-16 units. */
  readonly start: number;
  readonly prefix: string;
  /** Absent: only what comes before is shown. */
  readonly suffix?: string;
  readonly truth: string;
}

/** Makes a cloze of a text; another seed chooses another place. null: the text has no place for one. */
export type ClozeMaker = (path: string, text: string, spans: SpanTable, seed: string) => Cloze | null;

/** A small project is gone over so often. */
const MOST_ROUNDS = 20;

/** So many clozes, no two of one place, spread over the files in turn; fewer where the files have no more. */
export async function sampleClozes(
  files: readonly HeldOutFile[],
  count: number,
  make: ClozeMaker,
  parser: TextParser,
): Promise<readonly Cloze[]> {
  const clozes = new Map<string, Cloze>();
  for (let round = 0; round < MOST_ROUNDS; round++) {
    for (const { project, path, text } of files) {
      if (clozes.size >= count) return [...clozes.values()];
      const language = detectLanguage(path, text.split('\n', 1)[0]);
      const spans = language === null ? lineSpans(text) : await parser.spansOf(text, language);
      const key = `${project}/${path}`;
      const cloze = 'skipped' in spans ? null : make(path, text, spans, `${key} ${round}`);
      if (cloze !== null) clozes.set(`${key} ${cloze.start}`, cloze);
    }
  }
  return [...clozes.values()];
}
