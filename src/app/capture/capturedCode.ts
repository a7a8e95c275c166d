import { dirname, join, relative, sep } from 'node:path';
import type { Stretch } from '../../capture/following/carryStretches.ts';
import { hashedText } from '../../capture/following/fateOfRegion.ts';
import { createLeafHasher } from '../../capture/following/leafHasher.ts';
import { leavesIn } from '../../capture/following/regionTrace.ts';
import type { AssessmentId } from '../../core/words.ts';
import type { LineRange } from '../../history/lineRange.ts';
import type { LedgerTrace } from '../../ledger/ledgerAssessment.ts';
import { readTraces } from '../../ledger/readTraces.ts';
import { codeLeavesOf } from '../../syntax/codeLeaves.ts';
import type { LanguageId } from '../../syntax/languages.ts';
import { lineSpans } from '../../syntax/lineSpans.ts';
import type { ParserPool } from '../../syntax/parserPool.ts';
import { isSkipped } from '../../syntax/skipped.ts';
import { placeDigests } from './placeDigests.ts';
import { writtenLines } from './writtenLines.ts';

/** What the ledger says of code that models wrote in some files. */
export interface CapturedCode {
  /** Those of the files in which such code arrived, in the order in which they were given. */
  readonly paths: readonly string[];
  /**
   * The lines of a file's text that are a model's still (`writtenLines`), in order.
   * @throws CandorError as the parser does
   */
  linesOf(
    path: string,
    text: string,
    language: LanguageId | 'lines',
    signal?: AbortSignal,
  ): Promise<readonly LineRange[]>;
}

/** Where regions of a text are that is open in the editor, by their assessments, as their edits have left them. */
export interface FollowedRanges {
  /** Relative to the workspace, with `/`. */
  readonly path: string;
  readonly ranges: readonly (Stretch & { readonly assessment: AssessmentId })[];
}

export interface CaptureQuestion {
  /** Of the ledger, which is only read. */
  readonly ledger: string;
  /** As the ledger's digests and hashes have it. */
  readonly salt: string;
  readonly workspace: string;
  /** Files, relative to the workspace, with `/`. */
  readonly paths: readonly string[];
  readonly followed?: readonly FollowedRanges[];
  readonly parser: Pick<ParserPool, 'spans'>;
}

/**
 * Asks the ledger for code that arrived in files. It knows a file by digests of its path and of the workspace's, which may have been another
 * folder around the file than it is now, and code by salted hashes of its leaves.
 *
 * @returns null where there is a ledger that cannot be read
 */
export function openCapturedCode({
  ledger,
  salt,
  workspace,
  paths,
  followed = [],
  parser,
}: CaptureQuestion): CapturedCode | null {
  const places = placeDigests(salt);
  const folders = new Map(Array.from(foldersAround(workspace, paths), (folder) => [places.workspace(folder), folder]));
  const traces = readTraces(ledger, (digest) => folders.has(digest));
  if (traces === null) return null;
  const byFile = tracesByFile(traces);
  const known = new Set(traces.map((trace) => trace.workspace));
  const workspaces = Array.from(folders).filter(([digest]) => known.has(digest));
  const tracesOf = (path: string): readonly LedgerTrace[] =>
    workspaces.flatMap(([digest, folder]) => {
      const name = relative(folder, join(workspace, path)).split(sep);
      return name[0] === '..' ? [] : (byFile.get(fileKey(digest, places.document(name.join('/')))) ?? []);
    });
  const found = new Map(paths.map((path) => [path, tracesOf(path)] as const).filter(([, own]) => own.length > 0));
  const hash = createLeafHasher(salt);
  const ranges = new Map(
    followed.flatMap((file) => file.ranges.map(({ assessment, ...range }) => [assessment, range] as const)),
  );
  return {
    paths: [...found.keys()],
    async linesOf(path, text, language, signal) {
      const spans = await parser.spans(text, language, signal);
      signal?.throwIfAborted();
      const now = hashedText(codeLeavesOf(text, isSkipped(spans) ? lineSpans(text) : spans), hash);
      const regions = (found.get(path) ?? []).map(({ id, leafHashes, outsideNames }) => {
        const range = ranges.get(id);
        const hint = range === undefined ? null : leavesIn(now.leaves, range.start, range.end);
        return { trace: { hashes: leafHashes, outsideNames }, hint };
      });
      return writtenLines(now, regions);
    },
  };
}

/** Every folder that one of the files lies in, from the innermost to the root of the disk: one of them was the workspace. */
function foldersAround(workspace: string, paths: readonly string[]): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const path of paths) {
    for (let folder = dirname(join(workspace, path)); !folders.has(folder); folder = dirname(folder))
      folders.add(folder);
  }
  return folders;
}

function tracesByFile(traces: readonly LedgerTrace[]): ReadonlyMap<string, readonly LedgerTrace[]> {
  return Map.groupBy(traces, ({ workspace, document }) => fileKey(workspace, document));
}

function fileKey(workspace: string, document: string): string {
  return `${workspace} ${document}`;
}
