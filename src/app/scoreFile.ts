import { join, resolve } from 'node:path';
import { CandorError } from '../core/candorError.ts';
import type { ScoredText } from '../core/scoredText.ts';
import type { SpanTable } from '../core/spanTable.ts';
import type { OnProgress } from '../audit/onProgress.ts';
import { readSource } from '../audit/readSource.ts';
import { alignTokens } from '../syntax/alignTokens.ts';
import { lineSpans } from '../syntax/lineSpans.ts';
import { isLanguageId, languageEntry } from '../syntax/languages.ts';
import { isSkipped } from '../syntax/skipped.ts';
import { findCode } from './findCode.ts';
import type { Tools } from './openTools.ts';

export interface FileScore {
  readonly language: string | null;
  readonly scored: ScoredText;
  readonly spans: SpanTable;
  /** By token: the spans of the leaves that it overlaps. */
  readonly leavesOfTokens: readonly (readonly number[])[];
}

/**
 * Scores one file, after learning its workspace where the engine goes by what is usual there.
 * @param topK alternatives of each token
 * @throws CandorError `unsupported` when the file holds no text to score, `bad-call` when it is a folder
 */
export async function scoreFile(
  { engine, learner, parser }: Pick<Tools, 'engine' | 'learner' | 'parser'>,
  file: { readonly workspace: string; readonly path: string; readonly topK: number; readonly onProgress: OnProgress },
): Promise<FileScore> {
  const { workspace, topK, onProgress } = file;
  const found = (await findCode(workspace, [file.path])).files[0];
  if (found === undefined || join(workspace, found.path) !== resolve(file.path)) {
    throw new CandorError('bad-call', `${file.path} is a folder. Name a file.`);
  }
  const { path, language } = found;
  const source = await readSource(join(workspace, path));
  if (source.kind === 'skipped') {
    throw new CandorError('unsupported', `${path} cannot be scored: ${source.reason}. Name a file of source code.`);
  }
  await learner?.update({ workspace, folders: [workspace], first: [path] }, onProgress);
  const { text } = source;
  const detail = topK > 0 ? { detail: { topK, ranges: [{ start: 0, end: text.length }] } } : {};
  const [parsed, scored] = await Promise.all([parser.spans(text, language), engine.score({ text, path, ...detail })]);
  const spans = isSkipped(parsed) ? lineSpans(text) : parsed;
  const { firstTokens, endTokens } = alignTokens(spans, text, scored.tokenEnds);
  const leavesOfTokens = Array.from({ length: scored.tokenCount }, (): number[] => []);
  for (const leaf of spans.leaves) {
    for (let token = firstTokens[leaf] ?? 0; token < (endTokens[leaf] ?? 0); token++) leavesOfTokens[token]?.push(leaf);
  }
  return { language: isLanguageId(language) ? languageEntry(language).name : null, scored, spans, leavesOfTokens };
}
