import { createHmac } from 'node:crypto';

/** Hex digits kept: 128 bits. */
const DIGITS = 32;

/** Names of places as the ledger has them, from which nobody without the salt can tell a path. */
export interface PlaceDigests {
  /** Of a workspace's absolute path; null: text in no workspace. */
  workspace(path: string | null): string;
  /** Of a document's path relative to its workspace. */
  document(path: string): string;
}

export function placeDigests(salt: string): PlaceDigests {
  const digest = (kind: string, text: string): string =>
    createHmac('sha256', salt).update(kind).update('\0').update(text).digest('hex').slice(0, DIGITS);
  return {
    // Editors write the letter of a drive small, and shells write it large.
    workspace: (path) => digest('workspace', path?.replace(/^[A-Z]:/, (drive) => drive.toLowerCase()) ?? ''),
    document: (path) => digest('document', path),
  };
}
