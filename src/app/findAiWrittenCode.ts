import { existsSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { skipReason, type FileToAudit } from '../audit/assessFile.ts';
import { linesLeftByEdit } from '../audit/changedRanges.ts';
import { collectFiles } from '../audit/collectFiles.ts';
import { mapInOrder } from '../audit/mapInOrder.ts';
import type { OnProgress } from '../audit/onProgress.ts';
import { readSource, sourceOfText } from '../audit/readSource.ts';
import { openAiAttribution } from '../history/aiAttribution.ts';
import { joinedLines } from '../history/joinedLines.ts';
import type { LineRange } from '../history/lineRange.ts';
import { openCapturedCode, type CapturedCode, type CaptureQuestion } from './capture/capturedCode.ts';
import type { FoundCode } from './findCode.ts';
import { repositoryAround } from './findWorkspace.ts';
import { foundCodeOf, type Whereabouts } from './foundCodeOf.ts';
import { languageOfFile } from './languageOfFile.ts';

/** Where code is looked for, and what Candor's own ledger is asked with. */
export interface AiWrittenSearch extends Whereabouts, Omit<CaptureQuestion, 'paths'> {
  /** Unsaved texts by path, which are judged in place of what the disk holds. */
  readonly openTexts?: ReadonlyMap<string, string>;
  /** Told where there is a ledger that cannot be read: git alone is asked then. */
  readonly onUnreadable?: () => void;
  readonly signal?: AbortSignal;
  readonly onProgress?: OnProgress;
}

/** Each is a process of git's, or a text to parse. */
const FILES_UNDER_WAY = 4;

/** A file by its path in the workspace; null: it is no code by its name. */
type FoundFile = readonly [path: string, file: FileToAudit | null];

/**
 * The code below folders that models wrote, by what is known of it: trailers and authors of commits and notes of git-ai in the git
 * repositories of the folders, and what Candor itself saw arrive, as its ledger has it. In order of path, each file with those lines, as
 * regions of origin `declared`.
 *
 * @throws CandorError `unsupported` without git or, where the ledger knows no code here either, without a repository
 */
export async function findAiWrittenCode(search: AiWrittenSearch): Promise<FoundCode> {
  const captured = await capturedBelow(search);
  const found = new Map(await attributedCode(search, captured !== null));
  const addCaptured = async (path: string): Promise<FoundFile | null> =>
    captured && withCaptured(search, captured, path, found.get(path));
  await eachFile(search, 'asking the ledger', captured?.paths ?? [], addCaptured, (one) => found.set(...one));
  return foundCodeOf(search, found);
}

/** What the ledger knows of files below the folders; null: nothing, or it cannot be read. */
async function capturedBelow(search: AiWrittenSearch): Promise<CapturedCode | null> {
  const { workspace, folders, exclude, ledger, onUnreadable } = search;
  // Without a ledger nobody need list the files.
  if (!existsSync(ledger)) return null;
  const paths = (await collectFiles(workspace, folders, exclude)).map(({ path }) => path);
  const captured = openCapturedCode({ ...search, paths });
  if (captured === null) onUnreadable?.();
  return captured === null || captured.paths.length === 0 ? null : captured;
}

/**
 * What git says of the folders.
 * @param isKnownElsewhere whether a folder without a repository is asked nothing; else it is refused
 */
async function attributedCode(search: AiWrittenSearch, isKnownElsewhere: boolean): Promise<readonly FoundFile[]> {
  const { workspace, folders, signal } = search;
  const found: FoundFile[] = [];
  for (const folder of folders) {
    if (isKnownElsewhere && repositoryAround(folder) === null) continue;
    const attribution = await openAiAttribution(folder, signal);
    const look = async (below: string): Promise<FoundFile | null> => {
      const full = join(folder, below);
      const path = relative(workspace, full).split(sep).join('/');
      const language = await languageOfFile(full);
      if (language === null) return [path, null];
      const lines = await attribution.linesOf(below);
      if (lines === null) return [path, { path, language, leftOut: 'not readable' }];
      return lines.length === 0 ? null : [path, declared(path, language, lines)];
    };
    try {
      await eachFile(search, 'asking who wrote', attribution.paths, look, (one) => found.push(one));
    } finally {
      await attribution.close();
    }
  }
  return found;
}

/** A file with the lines that the ledger knows beside those that git does; null: it knows none that is still there. */
async function withCaptured(
  { workspace, openTexts, signal }: AiWrittenSearch,
  captured: CapturedCode,
  path: string,
  attributed: FileToAudit | null | undefined,
): Promise<FoundFile | null> {
  const full = join(workspace, path);
  const language = attributed === undefined ? await languageOfFile(full) : (attributed?.language ?? null);
  if (language === null) return [path, null];
  const unsaved = openTexts?.get(path);
  const source = unsaved === undefined ? await readSource(full) : sourceOfText(unsaved);
  if (source.kind === 'skipped') {
    return source.reason === 'empty' ? null : [path, { path, language, leftOut: source.reason }];
  }
  const { text } = source;
  let lines: readonly LineRange[];
  try {
    lines = await captured.linesOf(path, text, language, signal);
  } catch (error) {
    signal?.throwIfAborted();
    return [path, { path, language, leftOut: skipReason(error) }];
  }
  if (lines.length === 0) return null;
  const others = attributed?.changedLines ?? [];
  if (unsaved === undefined) return [path, declared(path, language, [...lines, ...others])];
  // Lines that git knows are those of the disk.
  const saved = await readSource(full);
  const left = saved.kind === 'text' ? linesLeftByEdit(saved.text, text, others) : [];
  return [path, { ...declared(path, language, [...lines, ...left]), text }];
}

function declared(path: string, language: FileToAudit['language'], lines: readonly LineRange[]): FileToAudit {
  return { path, language, changedLines: joinedLines(lines), origin: 'declared' };
}

/** Looks at files, some at a time, and takes what is found in their order. */
async function eachFile(
  { signal, onProgress }: AiWrittenSearch,
  activity: string,
  paths: readonly string[],
  look: (path: string) => Promise<FoundFile | null>,
  take: (found: FoundFile) => void,
): Promise<void> {
  let done = 0;
  for await (const one of mapInOrder(paths, FILES_UNDER_WAY, look)) {
    signal?.throwIfAborted();
    if (one !== null) take(one);
    onProgress?.(activity, ++done, paths.length);
  }
}
