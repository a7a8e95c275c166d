import type { FileSketch } from './fileSketch.ts';

/** What is known of a file and of how it came to be known. */
export interface StoredFile {
  /** Relative to the workspace, with `/`. */
  readonly path: string;
  /** What it is kept for: who looked at it, or read it. Of each there is one at most. */
  readonly slot: string;
  /** Digest of all that decides what is said of the text, but the text. */
  readonly maker: string;
  /** Digest of the text; null: there was none that could be judged. */
  readonly digest: string | null;
  /** What the disk said of the file before it was read; null: it may have changed unseen since. */
  readonly stamp: string | null;
  readonly sketch: FileSketch;
}

/** A region that was explained, of a file in some state. */
export interface ExplainedRegion extends Pick<StoredFile, 'path' | 'slot' | 'maker' | 'digest'> {
  /** Its place in the file. */
  readonly index: number;
}

/** Records of files, as they were at one moment. */
export interface RecordsThen {
  /**
   * The record of a file (`recordOfFile`).
   * @throws CandorError `not-found` where it was not kept, or something else was in its place already
   */
  record(file: Pick<StoredFile, 'path' | 'slot' | 'maker' | 'digest'>): Uint8Array;
}

/**
 * Keeps what was found of files, so that an audit that was stopped goes on where it was, and one of a workspace that has not changed
 * judges nothing again. What is kept is as durable as the process: nothing that `keep` returned for is lost when it is killed.
 */
export interface AuditStore {
  find(path: string, slot: string): StoredFile | null;
  /** Keeps a file, in place of what the slot held of it; what was explained of that is forgotten. */
  keep(file: StoredFile, record: Uint8Array): void;
  /** Says that a file has its digest still, by what the disk says now. */
  restamp(path: string, slot: string, stamp: string | null): void;
  /** The records that are kept now, whatever is kept in their places later; to be read as long as the store is open. */
  recordsNow(): RecordsThen;
  /** What was explained of a region, as JSON; null: nothing. */
  explained(region: ExplainedRegion): string | null;
  keepExplained(region: ExplainedRegion, assessment: string): void;
  close(): void;
}
