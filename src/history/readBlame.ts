import { unquotedName } from './unquotedName.ts';

/** A run of lines that came with one commit. */
export interface BlamedLines {
  readonly commit: string;
  /** Where they stood in the commit. */
  readonly path: string;
  /** From 0, in the commit's file. */
  readonly lineThen: number;
  /** From 0, in the file that was asked about. */
  readonly line: number;
  readonly count: number;
}

/**
 * What `git blame --incremental` writes, in its order: each run has a head and ends with the name of the file in the commit.
 *
 *     HASH 12 14 3         lines 12 to 14 of the commit's file are lines 14 to 16 of this one, from 1
 *     author ...           once for each commit
 *     filename src/x.ts    in quotes where it has odd characters
 *
 * https://git-scm.com/docs/git-blame#_incremental_output
 */
export function* readBlame(blame: Buffer): Generator<BlamedLines> {
  let head: Omit<BlamedLines, 'path'> | null = null;
  // A byte a character, as the names in quotes need it.
  for (const line of blame.toString('latin1').split('\n')) {
    const [, commit, lineThen, lineNow, count] = /^([0-9a-f]{40,64}) (\d+) (\d+) (\d+)$/.exec(line) ?? [];
    if (commit !== undefined) {
      head = { commit, lineThen: Number(lineThen) - 1, line: Number(lineNow) - 1, count: Number(count) };
    } else if (head !== null && line.startsWith('filename ')) {
      const name = line.slice('filename '.length);
      const path = Buffer.from(name.startsWith('"') ? unquotedName(name) : name, 'latin1').toString();
      yield { ...head, path };
      head = null;
    }
  }
}
