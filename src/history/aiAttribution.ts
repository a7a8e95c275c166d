import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { CandorError } from '../core/candorError.ts';
import { aiTool } from './aiTool.ts';
import { ATTRIBUTION_REF, parseAttributionNote } from './attributionNote.ts';
import type { CommitNote } from './commitNote.ts';
import { firstParentLandings, type Landing } from './firstParentLandings.ts';
import { joinedLines } from './joinedLines.ts';
import type { LineRange } from './lineRange.ts';
import { openObjectReader } from './objectReader.ts';
import { openRepository, type Repository } from './openRepository.ts';
import { readBlame, type BlamedLines } from './readBlame.ts';

/** What a repository says of code that models wrote. */
export interface AiAttribution {
  /** Files below the folder in which such code may stand: such commits changed them. Relative to the folder, with `/`, in order. */
  readonly paths: readonly string[];
  /**
   * The lines of a file, as the disk has it, that came with commits which name an AI tool or, where a note of git-ai says which lines of
   * a commit a model wrote, with those lines. In order, and nothing twice. Lines that were only moved inside the file or indented anew
   * stay whose they were; what is not committed is nobody's.
   *
   * @returns null where git does not have the history of the file at hand, as in a clone that lacks files
   */
  linesOf(path: string): Promise<readonly LineRange[] | null>;
  close(): Promise<void>;
}

/** Notes may carry whole conversations. */
const MOST_BYTES_OF_NOTE = 16_000_000;

type LinesByPath = ReadonlyMap<string, readonly LineRange[]>;

/**
 * Finds out which commits of the history of a folder are a model's, by their trailers, authors and notes (`aiTool`,
 * `parseAttributionNote`), and which files they changed, under the names that these have by now. Only what `linesOf` is asked about is
 * blamed.
 *
 * A commit that names a tool may have lines that a person wrote, and a commit that names none may be a tool's. In a shallow clone nothing
 * is known of the oldest commits: they hold all that came before them, and count as nobody's.
 *
 * No program that the repository names is run: see `openRepository`.
 *
 * @param folder an absolute path in the working tree of a repository
 * @throws CandorError `unsupported` without git or repository
 */
export async function openAiAttribution(folder: string, signal?: AbortSignal): Promise<AiAttribution> {
  const repository = await openRepository(folder, signal);
  if (!(await repository.hasCommits()))
    return { paths: [], linesOf: () => Promise.resolve([]), close: () => Promise.resolve() };
  const isShallow = (await lineOf(repository, ['rev-parse', '--is-shallow-repository'])) === 'true';
  const notes = await listNotes(repository);
  const isModels = (commit: CommitNote): boolean =>
    !(isShallow && commit.parents.length === 0) && (notes.has(commit.hash) || aiTool(commit) !== null);
  const landings = await firstParentLandings(repository, 'HEAD', isModels);
  const commits = landings.flatMap((landing) => [landing, ...landing.brought]);
  const written = new Set(commits.filter(isModels).map(({ hash }) => hash));
  const prefix = await lineOf(repository, ['rev-parse', '--show-prefix']);
  const paths = await filesBelow(folder, prefix, pathsTouched(landings, written));
  signal?.throwIfAborted();

  const reader = openObjectReader(repository, signal);
  const attributions = new Map<string, Promise<LinesByPath | null>>();
  const attributionOf = (commit: string): Promise<LinesByPath | null> => {
    const found = attributions.get(commit) ?? readNote(commit);
    attributions.set(commit, found);
    return found;
  };
  const readNote = async (commit: string): Promise<LinesByPath | null> => {
    const note = await reader.read(notes.get(commit) ?? '', MOST_BYTES_OF_NOTE);
    return note === null ? null : parseAttributionNote(note.toString());
  };
  return {
    paths,
    async linesOf(path) {
      const blame = await blameOf(repository, path);
      if (blame === null) return null;
      const lines: LineRange[] = [];
      for (const run of readBlame(blame)) {
        if (!written.has(run.commit)) continue;
        const attribution = notes.has(run.commit) ? await attributionOf(run.commit) : null;
        if (attribution === null) lines.push({ firstLine: run.line, endLine: run.line + run.count });
        else lines.push(...attributedLines(run, attribution));
      }
      return joinedLines(lines);
    },
    close: () => reader.close(),
  };
}

async function lineOf(repository: Repository, args: readonly string[]): Promise<string> {
  return (await repository.run(args)).toString().replace(/\r?\n$/, '');
}

async function blameOf(repository: Repository, path: string): Promise<Buffer | null> {
  try {
    return await repository.run(['blame', '--incremental', '-w', '-M', '--no-textconv', '--', path]);
  } catch (error) {
    if (CandorError.is(error, 'unsupported')) return null;
    throw error;
  }
}

/** The notes of git-ai by the commit that they are of. */
async function listNotes(repository: Repository): Promise<ReadonlyMap<string, string>> {
  const listed = (await repository.run(['notes', `--ref=${ATTRIBUTION_REF}`, 'list'])).toString();
  return new Map(
    Array.from(listed.matchAll(/^([0-9a-f]{40,64}) ([0-9a-f]{40,64})$/gm), ([, note = '', commit = '']) => [
      commit,
      note,
    ]),
  );
}

/** What the landings with such commits changed, under the names that it has after the last of them. */
function pathsTouched(landings: readonly Landing[], written: ReadonlySet<string>): ReadonlySet<string> {
  const touched = new Set<string>();
  for (const landing of landings) {
    const isWanted = [landing, ...landing.brought].some(({ hash }) => written.has(hash));
    const carried = landing.changes.filter(({ oldPath }) => oldPath !== undefined && touched.has(oldPath));
    for (const { path, oldPath = path, newBlob } of landing.changes)
      if (newBlob === null || oldPath !== path) touched.delete(oldPath);
    for (const { path, newBlob } of isWanted ? landing.changes : carried) if (newBlob !== null) touched.add(path);
  }
  return touched;
}

/** The files among paths from the root of a repository that lie below a folder, from there. */
async function filesBelow(folder: string, prefix: string, touched: ReadonlySet<string>): Promise<readonly string[]> {
  const files: string[] = [];
  for (const path of [...touched].filter((one) => one.startsWith(prefix)).sort()) {
    const below = path.slice(prefix.length);
    const entry = await lstat(join(folder, below)).catch(() => null);
    if (entry?.isFile() === true) files.push(below);
  }
  return files;
}

/** The lines of a run that a note of its commit names. */
function attributedLines({ path, line, lineThen, count }: BlamedLines, attribution: LinesByPath): readonly LineRange[] {
  return (attribution.get(path) ?? [])
    .map(({ firstLine, endLine }) => ({
      firstLine: Math.max(firstLine, lineThen) - lineThen + line,
      endLine: Math.min(endLine, lineThen + count) - lineThen + line,
    }))
    .filter(({ firstLine, endLine }) => firstLine < endLine);
}
