import { readdirSync, readFileSync } from 'node:fs';
import type { SpanTable } from '../../../src/core/spanTable.ts';
import { detectLanguage } from '../../../src/syntax/detectLanguage.ts';
import type { LanguageId } from '../../../src/syntax/languages.ts';
import { createTextParser } from '../../../src/syntax/parseText.ts';
import { isSkipped } from '../../../src/syntax/skipped.ts';
import { grammarsFolder } from '../../grammarsFolder.ts';

const FOLDER = new URL('../../fixtures/syntax/', import.meta.url);

export interface Sample {
  readonly file: string;
  readonly language: LanguageId;
  readonly text: string;
}

/** For each language a `sample` without faults and a `broken` text. */
export const SAMPLES: readonly Sample[] = readdirSync(FOLDER)
  .sort()
  .map((file) => {
    const language = detectLanguage(file);
    if (language === null) throw new Error(`${file} is in no known language`);
    return { file, language, text: readFileSync(new URL(file, FOLDER), 'utf8') };
  });

export const textParser = createTextParser(grammarsFolder());

/** The spans of a text, which must not be skipped. */
export async function spansOf(text: string, language: LanguageId): Promise<SpanTable> {
  const answer = await textParser.spansOf(text, language);
  if (isSkipped(answer)) throw new Error(`skipped: ${answer.skipped}`);
  return answer;
}

export function typeName(spans: SpanTable, span: number): string {
  return spans.typeNames[spans.types[span] ?? 0] ?? '';
}

export function spanText(spans: SpanTable, text: string, span: number): string {
  return text.slice(spans.starts[span], spans.ends[span]);
}

export function leafTexts(spans: SpanTable, text: string): string[] {
  return [...spans.leaves].map((span) => spanText(spans, text, span));
}

export function spansWith(spans: SpanTable, flag: number): number[] {
  return [...spans.flags.keys()].filter((span) => ((spans.flags[span] ?? 0) & flag) !== 0);
}
