import { CandorError } from '../core/candorError.ts';
import { NOTE_FORMAT, parseCommitNotes, type CommitNote } from './commitNote.ts';
import type { Repository } from './openRepository.ts';

/** A file that a landing changed. Links and submodules are none. */
export interface FileChange {
  readonly path: string;
  /** Where it was renamed from. */
  readonly oldPath?: string;
  /** Hash of what it held; null: it is new. */
  readonly oldBlob: string | null;
  /** Hash of what it holds; null: it was deleted. */
  readonly newBlob: string | null;
}

/** A commit of the first-parent line: what arrived on the main line at once. */
export interface Landing extends CommitNote {
  /** The landing before; null for the first. */
  readonly parent: string | null;
  /** The commits that a merge brought, those that an earlier landing had brought left out; none for a plain commit. */
  readonly brought: readonly CommitNote[];
  /** Against the landing before, with renames found; in the first landing every file is new. */
  readonly changes: readonly FileChange[];
}

/** Renames among more files than this are not looked for: the work grows with their square. */
const RENAME_LIMIT = 400;

/**
 * The first-parent history of a commit, oldest first.
 *
 * Dates are the committers', which need not rise: who needs an order takes that of the landings.
 *
 * @param name of the commit whose history it is
 * @param from only from the first landing on that is, or brought, a commit like this; where there is none, nothing. Absent: all of it
 * @throws CandorError `bad-call` where the name is of no commit, `unsupported` where git refuses
 */
export async function firstParentLandings(
  repository: Repository,
  name: string,
  from: (commit: CommitNote) => boolean = () => true,
): Promise<readonly Landing[]> {
  const tip = await repository.commit(name);
  const plain = ['-z', '--no-color', '--no-decorate', '--no-show-signature', '--no-mailmap', '--encoding=UTF-8'];
  const raw = (renames: string, count: number): Promise<Buffer> =>
    repository.run([
      ...[
        'log',
        `--max-count=${count}`,
        ...plain,
        '--first-parent',
        '--diff-merges=first-parent',
        '--raw',
        '--no-abbrev',
        renames,
      ],
      ...[`-l${RENAME_LIMIT}`, '--no-ext-diff', '--no-textconv', '--ignore-submodules=all', '--format=%H', tip, '--'],
    ]);
  const all = await repository.run(['log', ...plain, '--topo-order', `--format=${NOTE_FORMAT}`, tip, '--']);
  const notes = new Map(parseCommitNotes(all.toString()).map((note) => [note.hash, note]));
  const line: CommitNote[] = [];
  for (let note = notes.get(tip); note !== undefined; note = notes.get(note.parents[0] ?? '')) line.push(note);
  line.reverse();
  const seen = new Set<string>();
  const landings = line.map((note) => {
    seen.add(note.hash);
    return { ...note, parent: note.parents[0] ?? null, brought: broughtBy(note, notes, seen) };
  });
  const first = landings.findIndex((landing) => from(landing) || landing.brought.some(from));
  if (first === -1) return [];
  const wanted = landings.slice(first);
  const changed = await raw('--find-renames', wanted.length).catch((error: unknown) => {
    if (!CandorError.is(error, 'unsupported')) throw error;
    // A clone that lacks some files cannot compare them, but it knows which are equal.
    return raw('--find-renames=100%', wanted.length);
  });
  const changes = new Map(parseChanges(changed.toString()));
  return wanted.map((landing) => ({ ...landing, changes: changes.get(landing.hash) ?? [] }));
}

/** The commits that are reached from the other parents of a merge and from no landing before; they are seen from then on. */
function broughtBy(
  merge: CommitNote,
  notes: ReadonlyMap<string, CommitNote>,
  seen: Set<string>,
): readonly CommitNote[] {
  const brought: CommitNote[] = [];
  const queue = merge.parents.slice(1);
  for (let hash = queue.pop(); hash !== undefined; hash = queue.pop()) {
    const note = notes.get(hash);
    if (note === undefined || seen.has(hash)) continue;
    seen.add(hash);
    brought.push(note);
    queue.push(...note.parents);
  }
  return brought;
}

/** Modes of what is no file: a link, a submodule. */
const NO_FILE = new Set(['120000', '160000']);

/**
 * Changes by commit, as `--raw -z` writes them:
 *
 *     HASH NUL  :100644 100644 OLD NEW M NUL path NUL  :100644 100644 OLD NEW R087 NUL old NUL new NUL  HASH NUL ...
 *
 * https://git-scm.com/docs/diff-format#_raw_output_format
 */
function* parseChanges(raw: string): Generator<readonly [hash: string, changes: readonly FileChange[]]> {
  const fields = raw.split('\0');
  let hash: string | null = null;
  let changes: FileChange[] = [];
  for (let at = 0; at < fields.length; at++) {
    const field = (fields[at] ?? '').trim();
    if (!field.startsWith(':')) {
      if (hash !== null) yield [hash, changes];
      hash = field === '' ? null : field;
      changes = [];
      continue;
    }
    const [oldMode = '', newMode = '', oldHash = '', newHash = '', status = ''] = field.slice(1).split(' ');
    const isMoved = status.startsWith('R') || status.startsWith('C');
    const oldPath = isMoved ? fields[++at] : undefined;
    const path = fields[++at] ?? '';
    if (NO_FILE.has(oldMode) || NO_FILE.has(newMode)) continue;
    changes.push({
      path,
      ...(oldPath !== undefined && status.startsWith('R') && { oldPath }),
      oldBlob: status.startsWith('C') ? null : blobOf(oldHash),
      newBlob: blobOf(newHash),
    });
  }
  if (hash !== null) yield [hash, changes];
}

function blobOf(hash: string): string | null {
  return /^0+$/.test(hash) ? null : hash;
}
