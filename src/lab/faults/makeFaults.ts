import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { collectFiles } from '../../audit/collectFiles.ts';
import { readSource } from '../../audit/readSource.ts';
import { CandorError } from '../../core/candorError.ts';
import { detectLanguage } from '../../syntax/detectLanguage.ts';
import type { ParserPool } from '../../syntax/parserPool.ts';
import { FAULT_KINDS, type FaultKind } from './faultKinds.ts';
import { plantFaults, type DrawnRow, type FaultyFile } from './plantFaults.ts';

export interface MakeFaultsOptions {
  readonly folder: string;
  /** A whole number: the same one gives the same rows. */
  readonly seed: number;
  /** At most so many rows, at least 1: a sample in which every function has the same chance. All where absent. */
  readonly most?: number;
  /** The file that is written, one JSON object a line; a file that is there is replaced. */
  readonly out: string;
  readonly parser: ParserPool;
  readonly repository?: string;
  readonly signal?: AbortSignal;
}

/** What was written. */
export interface MadeFaults {
  readonly rowCount: number;
  /** For every kind, also those without a row. */
  readonly rowsByKind: ReadonlyMap<FaultKind, number>;
}

/**
 * Writes labelled data for `candor evaluate --localise`: the functions of a folder's files, each with a planted slip. The
 * same folder, seed and `most` give the same bytes. Files that `.gitignore` leaves out, or that are no code to judge, are
 * passed over.
 *
 * @throws CandorError `bad-input` for a `most` or seed that is no such number; `unreadable` when `out` cannot be written;
 * as `collectFiles` and `ParserPool.spans`; the signal's reason when aborted
 */
export async function makeFaults(options: MakeFaultsOptions): Promise<MadeFaults> {
  const { folder, seed, most = Number.POSITIVE_INFINITY, out, parser, repository, signal } = options;
  if (!Number.isSafeInteger(seed))
    throw new CandorError('bad-input', 'The seed is no whole number. Give one, such as 1.');
  if (!(most >= 1)) throw new CandorError('bad-input', 'At most so many rows must be a number from 1 on. Give one.');
  const paths = (await collectFiles(folder, [folder])).map(({ path }) => path);
  const shared = { seed, parser, ...(repository !== undefined && { repository }), ...(signal && { signal }) };
  const rows =
    most === Number.POSITIVE_INFINITY
      ? plantFaults(filesOf(folder, paths), shared)
      : await sampleOf(most, (wants) => plantFaults(filesOf(folder, paths), { ...shared, wants }));
  const file = await openToWrite(out);
  try {
    return await write(rows, file);
  } finally {
    await file.close();
  }
}

async function* filesOf(folder: string, paths: readonly string[]): AsyncGenerator<FaultyFile> {
  for (const path of paths) {
    const source = await readSource(join(folder, path));
    if (source.kind === 'skipped') continue;
    const { text } = source;
    const language = detectLanguage(path, text.slice(0, text.search(/[\r\n]|$/)));
    if (language !== null) yield { path, text, language };
  }
}

/** The rows with the lowest draws, in the order in which they came. No slip is planted that cannot be among them. */
async function sampleOf(
  most: number,
  rowsThat: (wants: (draw: number) => boolean) => AsyncGenerator<DrawnRow>,
): Promise<readonly DrawnRow[]> {
  const kept: DrawnRow[] = [];
  let highest = 1;
  for await (const row of rowsThat((draw) => kept.length < most || draw < highest)) {
    kept.push(row);
    if (kept.length > most) kept.splice(highestAt(kept), 1);
    if (kept.length >= most) highest = kept[highestAt(kept)]?.draw ?? 0;
  }
  return kept;
}

function highestAt(rows: readonly DrawnRow[]): number {
  return rows.reduce((at, { draw }, index) => (draw > (rows[at]?.draw ?? 0) ? index : at), 0);
}

async function openToWrite(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'w');
  } catch (cause) {
    throw new CandorError('unreadable', `${path} cannot be written. Name another file with --out.`, { cause });
  }
}

async function write(rows: AsyncIterable<DrawnRow> | Iterable<DrawnRow>, file: FileHandle): Promise<MadeFaults> {
  const rowsByKind = new Map(FAULT_KINDS.map((kind) => [kind, 0]));
  let rowCount = 0;
  for await (const { row } of rows) {
    await file.write(`${JSON.stringify(row)}\n`);
    rowsByKind.set(row.kind, (rowsByKind.get(row.kind) ?? 0) + 1);
    rowCount++;
  }
  return { rowCount, rowsByKind };
}
