import { join } from 'node:path';
import { assessText, readRegions, type AssessedText, type Assessor } from '../assess/assessText.ts';
import { CandorError } from '../core/candorError.ts';
import type { LineRange } from '../history/lineRange.ts';
import type { LanguageId } from '../syntax/languages.ts';
import { linesAfterEdit, rangesOfLines } from './changedRanges.ts';
import { readSource, sourceOfText, type SkipReason } from './readSource.ts';

export interface FileToAudit {
  /** Relative to the root, with `/`. */
  readonly path: string;
  readonly language: LanguageId | 'lines';
  /** What is judged in place of what the disk holds, such as what git's index holds. Absent: the file on the disk. */
  readonly text?: string;
  /** Only these lines of the text, or of the file on the disk, are judged, as regions of origin `diff`. Absent: all of it. */
  readonly changedLines?: readonly LineRange[];
  /** Why it is left out, where that is known before it is read. */
  readonly leftOut?: SkipReason;
}

export interface FilesAround {
  /** What paths are relative to. */
  readonly root: string;
  /** Unsaved texts by path, judged in place of what the disk holds. */
  readonly openTexts?: ReadonlyMap<string, string>;
  readonly abortSignal?: AbortSignal;
  /** Told of the engine's failures, which leave a file out. */
  readonly onEngineFailure?: (error: CandorError) => void;
}

/**
 * Assesses a file, its unsaved text where there is one.
 *
 * @param readIndices regions that the assessor's engine reads, where a scout looks at the others; absent: the engine alone
 * @returns why it was not assessed, where it was not: one file that breaks the engine or the parser must not cost the report
 *   of all the others
 */
export async function assessFile(
  assessor: Assessor,
  { root, openTexts, abortSignal, onEngineFailure }: FilesAround,
  { path, language, text: given, changedLines, leftOut }: FileToAudit,
  readIndices?: ReadonlySet<number>,
): Promise<AssessedText | SkipReason> {
  if (leftOut !== undefined) return leftOut;
  const openText = given === undefined ? openTexts?.get(path) : undefined;
  const textAtHand = given ?? openText;
  const source = textAtHand === undefined ? await readSource(join(root, path)) : sourceOfText(textAtHand);
  if (source.kind === 'skipped') return source.reason;
  const { text } = source;
  const lines = openText === undefined ? changedLines : await changedSinceSaved(join(root, path), text, changedLines);
  const request = {
    text,
    path,
    language,
    ...(lines && { within: { origin: 'diff' as const, ranges: rangesOfLines(text, lines) } }),
    ...(abortSignal && { abortSignal }),
  };
  try {
    const { scout, ...alone } = assessor;
    if (!scout || readIndices === undefined) return await assessText(alone, request);
    const looked = await assessText({ ...alone, engine: scout.engine }, request);
    const wanted = looked.regions.filter((_, index) => readIndices.has(index));
    return await readRegions(assessor, looked, new Set(wanted.map(({ assessment }) => assessment)));
  } catch (error) {
    if (CandorError.is(error, 'engine-failed')) onEngineFailure?.(error);
    return skipReason(error);
  }
}

/** What a fault of the engine or the parser says of one file; any other fault is thrown on. */
export function skipReason(error: unknown): 'not scored' | 'not parsed' {
  if (CandorError.is(error, 'engine-failed')) return 'not scored';
  if (CandorError.is(error, 'parser-failed')) return 'not parsed';
  throw error;
}

/** Changed lines of the file on the disk, as lines of its unsaved text. */
async function changedSinceSaved(
  path: string,
  unsaved: string,
  changedLines: readonly LineRange[] | undefined,
): Promise<readonly LineRange[] | undefined> {
  if (changedLines === undefined) return undefined;
  const saved = await readSource(path);
  return linesAfterEdit(saved.kind === 'text' ? saved.text : '', unsaved, changedLines);
}
