import type { FilesAround, FileToAudit } from './assessFile.ts';
import type { OnProgress } from './onProgress.ts';
import type { ReadingEstimate } from './readingEstimate.ts';

export interface AuditRequest extends Omit<FilesAround, 'onEngineFailure'> {
  readonly files: readonly FileToAudit[];
  /** Regions to explain in full. */
  readonly top: number;
  readonly onProgress: OnProgress;
  /** Told once, where an engine reads a part only. */
  readonly onEstimate?: (estimate: ReadingEstimate) => void;
}
