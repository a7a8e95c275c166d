import type { FilesAround, FileToAudit } from './assessFile.ts';
import type { AuditStore } from './auditStore.ts';
import type { LookAtFile } from './lookAtFile.ts';
import type { OnProgress } from './onProgress.ts';
import type { ReadingEstimate } from './readingEstimate.ts';

/** What looks at files, and how many it wants at a time. */
export interface Looking {
  readonly look: LookAtFile;
  readonly filesUnderWay: number;
  /** Gives back what it took, where it is not done already: nothing is looked at after that. */
  close(): Promise<void>;
}

export interface AuditRequest extends Omit<FilesAround, 'onEngineFailure'> {
  readonly files: readonly FileToAudit[];
  /** Regions to explain in full. */
  readonly top: number;
  /** Where what is found is kept, and may have been kept before. */
  readonly store: AuditStore;
  /** Digest of all that decides what is said of a text but the text, the file's own part in it and the engine's Source. */
  readonly maker: string;
  /** Threads that look at files; absent: the thread that asks does. */
  readonly looking?: Looking;
  readonly onProgress: OnProgress;
  /** Told once, where an engine reads a part only. */
  readonly onEstimate?: (estimate: ReadingEstimate) => void;
}
