import type { Assessor } from '../assess/assessText.ts';
import { categoryTallies } from '../assess/categoryTallies.ts';
import { isLanguageId, languageEntry } from '../syntax/languages.ts';
import {
  assessSource,
  isUnassessed,
  sourceOfFile,
  type FilesAround,
  type FileToAudit,
  type Unassessed,
} from './assessFile.ts';
import { recordOfFile } from './fileRecord.ts';
import { fileSketch, type FileSketch } from './fileSketch.ts';
import type { FileReport } from './report.ts';
import { textDigest } from './textDigest.ts';

/** What was made of a file: small, flat and fit to cross from thread to thread. */
export interface LookedFile {
  /** Of the text; null: there was none that could be judged. */
  readonly digest: string | null;
  readonly sketch: FileSketch;
  readonly record: Uint8Array;
}

/**
 * Looks at a file.
 *
 * @param known digest of the text that was looked at before; null: none was
 * @returns `same` where it has that text still
 */
export type LookAtFile = (file: FileToAudit, known: string | null) => Promise<LookedFile | 'same'>;

/** Looks at files in the thread that asks. */
export function lookHere(assessor: Assessor, around: FilesAround): LookAtFile {
  return (file, known) => lookAtFile(assessor, around, file, known);
}

/** @param readIndices as in `assessFile` */
export async function lookAtFile(
  assessor: Assessor,
  around: FilesAround,
  file: FileToAudit,
  known: string | null,
  readIndices?: ReadonlySet<number>,
): Promise<LookedFile | 'same'> {
  const source = await sourceOfFile(around, file);
  if (source.kind === 'skipped') return unlooked(file, { skipped: source.reason });
  const digest = textDigest(source.text);
  if (digest === known) return 'same';
  const assessed = await assessSource(assessor, around, file, source.text, readIndices);
  if (isUnassessed(assessed)) return unlooked(file, assessed);
  const { lines, scored, regions } = assessed;
  const { path, language } = file;
  const assessments = regions.map((region) => region.assessment);
  return lookedFile(
    {
      path,
      language: languageName(language),
      lines,
      tokenCount: scored.tokenCount,
      categories: categoryTallies(assessed),
      assessments,
    },
    digest,
  );
}

/** A file that was not assessed. */
export function unlooked({ path, language }: FileToAudit, why: Unassessed): LookedFile {
  return lookedFile({ path, language: languageName(language), ...why }, null);
}

function lookedFile(file: FileReport, digest: string | null): LookedFile {
  return { digest, sketch: fileSketch(file), record: recordOfFile(file) };
}

function languageName(language: FileToAudit['language']): string | null {
  return isLanguageId(language) ? languageEntry(language).name : null;
}
