import { join } from 'node:path';
import { assessText, readRegions, type AssessedText, type Assessor } from '../assess/assessText.ts';
import { CandorError } from '../core/candorError.ts';
import type { LineRange } from '../history/lineRange.ts';
import type { LanguageId } from '../syntax/languages.ts';
import { linesAfterEdit, linesLeftByEdit, rangesOfLines } from './changedRanges.ts';
import { readSource, sourceOfText, type SkipReason, type SourceFile } from './readSource.ts';
import { saysGenerated } from './saysGenerated.ts';

export interface FileToAudit {
  /** Relative to the root, with `/`. */
  readonly path: string;
  readonly language: LanguageId | 'lines';
  /** What is judged in place of what the disk holds, such as what git's index holds. Absent: the file on the disk. */
  readonly text?: string;
  /** Only these lines of the text, or of the file on the disk, are judged. Absent: all of it. */
  readonly changedLines?: readonly LineRange[];
  /** Of the regions of these lines; absent: `diff`. What is not saved yet counts as changed for `diff` alone. */
  readonly origin?: 'diff' | 'declared';
  /** Judged even where it says that a tool wrote it. */
  readonly isOwn?: boolean;
  /** Why it is left out, where that is known before it is read. */
  readonly leftOut?: SkipReason | undefined;
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

/** Why a file was not assessed. */
export interface Unassessed {
  readonly skipped: SkipReason;
  /** What the engine said of its failure, in a sentence. */
  readonly detail?: string;
}

export function isUnassessed(assessed: AssessedText | Unassessed): assessed is Unassessed {
  return 'skipped' in assessed;
}

/**
 * The text of a file, its unsaved one where there is one.
 * @returns why there is none to judge, where there is none
 */
export async function sourceOfFile(
  { root, openTexts }: FilesAround,
  { path, text, isOwn = false, leftOut }: FileToAudit,
): Promise<SourceFile> {
  if (leftOut !== undefined) return { kind: 'skipped', reason: leftOut };
  const textAtHand = text ?? openTexts?.get(path);
  const source = textAtHand === undefined ? await readSource(join(root, path)) : sourceOfText(textAtHand);
  const isGenerated = source.kind === 'text' && !isOwn && saysGenerated(source.text);
  return isGenerated ? { kind: 'skipped', reason: 'generated' } : source;
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
  around: FilesAround,
  file: FileToAudit,
  readIndices?: ReadonlySet<number>,
): Promise<AssessedText | Unassessed> {
  const source = await sourceOfFile(around, file);
  return source.kind === 'skipped'
    ? { skipped: source.reason }
    : assessSource(assessor, around, file, source.text, readIndices);
}

/** The same, of a text that was read already. */
export async function assessSource(
  assessor: Assessor,
  { root, openTexts, abortSignal, onEngineFailure }: FilesAround,
  { path, language, text: given, changedLines, origin = 'diff' }: FileToAudit,
  text: string,
  readIndices?: ReadonlySet<number>,
): Promise<AssessedText | Unassessed> {
  const isUnsaved = given === undefined && openTexts?.has(path) === true;
  const lines = isUnsaved ? await linesOfUnsaved(join(root, path), text, origin, changedLines) : changedLines;
  const request = {
    text,
    path,
    language,
    ...(lines && { within: { origin, ranges: rangesOfLines(text, lines) } }),
    ...(abortSignal && { abortSignal }),
  };
  try {
    const { scout, ...alone } = assessor;
    if (!scout || readIndices === undefined) return await assessText(alone, request);
    const looked = await assessText({ ...alone, engine: scout.engine }, request);
    const wanted = looked.regions.filter((_, index) => readIndices.has(index));
    return await readRegions(assessor, looked, new Set(wanted.map(({ assessment }) => assessment)));
  } catch (error) {
    const skipped = skipReason(error);
    if (!CandorError.is(error, 'engine-failed')) return { skipped };
    onEngineFailure?.(error);
    return { skipped, detail: error.message };
  }
}

/** What a fault of the engine or the parser, or an engine that had no time left, says of one file; any other fault is thrown on. */
export function skipReason(error: unknown): 'not scored' | 'not parsed' | 'out of time' {
  if (CandorError.is(error, 'out-of-time')) return 'out of time';
  if (CandorError.is(error, 'engine-failed')) return 'not scored';
  if (CandorError.is(error, 'parser-failed')) return 'not parsed';
  throw error;
}

/** Lines of the file on the disk as lines of its unsaved text, with what was edited since where that is a change as well. */
async function linesOfUnsaved(
  path: string,
  unsaved: string,
  origin: 'diff' | 'declared',
  changedLines: readonly LineRange[] | undefined,
): Promise<readonly LineRange[] | undefined> {
  if (changedLines === undefined) return undefined;
  const saved = await readSource(path);
  const linesAfter = origin === 'diff' ? linesAfterEdit : linesLeftByEdit;
  return linesAfter(saved.kind === 'text' ? saved.text : '', unsaved, changedLines);
}
