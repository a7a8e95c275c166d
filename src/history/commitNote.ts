/** What a commit says of itself. */
export interface CommitNote {
  readonly hash: string;
  readonly parents: readonly string[];
  /** When it was committed, since 1970. Not always later than its parents. */
  readonly committedAtMs: number;
  readonly authorName: string;
  readonly authorAddress: string;
  readonly committerName: string;
  readonly committerAddress: string;
  readonly message: string;
}

/** Fields of a commit in the order of `parseCommitNotes`, ended by NUL, which none of them can hold. */
export const NOTE_FORMAT = '%H%x00%P%x00%ct%x00%an%x00%ae%x00%cn%x00%ce%x00%B';

const FIELDS = 8;

/** The commits in what `git log -z --format=NOTE_FORMAT` writes. */
export function parseCommitNotes(log: string): CommitNote[] {
  const fields = log.split('\0');
  const notes: CommitNote[] = [];
  for (let at = 0; at + FIELDS <= fields.length; at += FIELDS) {
    const [hash = '', parents = '', seconds = '', authorName = '', authorAddress = '', ...rest] = fields.slice(
      at,
      at + FIELDS,
    );
    const [committerName = '', committerAddress = '', message = ''] = rest;
    notes.push({
      hash: hash.trim(),
      parents: parents.split(' ').filter((parent) => parent !== ''),
      committedAtMs: 1000 * Number(seconds),
      authorName,
      authorAddress,
      committerName,
      committerAddress,
      message,
    });
  }
  return notes;
}
