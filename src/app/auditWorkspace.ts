import type { Assessor } from '../assess/assessText.ts';
import { auditFiles } from '../audit/auditFiles.ts';
import type { OnProgress } from '../audit/onProgress.ts';
import type { ReadingEstimate } from '../audit/readingEstimate.ts';
import type { Report } from '../audit/report.ts';
import type { FoundCode } from './findCode.ts';
import type { Tools } from './openTools.ts';

export interface WorkspaceAudit
  extends Pick<Tools, 'engine' | 'learner' | 'parser'>, Pick<Assessor, 'scout' | 'calibrationOf'> {
  /** Keeps the identities of regions from telling their text. */
  readonly salt: string;
  /** What paths are relative to. */
  readonly workspace: string;
  /** What the engine learns from, inside the workspace; absent: all of it. */
  readonly folders?: readonly string[];
  /** What to judge, by paths relative to the workspace. */
  readonly code: FoundCode;
  /** Unsaved texts by path, judged in place of what the disk holds. */
  readonly openTexts?: ReadonlyMap<string, string>;
  /** Regions to explain in full. */
  readonly top: number;
  readonly onProgress: OnProgress;
  /** Told once, where the engine reads a part only. */
  readonly onEstimate?: (estimate: ReadingEstimate) => void;
  readonly abortSignal?: AbortSignal;
}

/** Judges files, after learning the workspace around them where the engine goes by what is usual there. */
export async function auditWorkspace(audit: WorkspaceAudit): Promise<Report> {
  const { learner, workspace, folders = [workspace], code, onProgress, abortSignal } = audit;
  const first = code.files.filter((file) => file.leftOut === undefined).map((file) => file.path);
  await learner?.update({ workspace, folders, first }, onProgress, abortSignal);
  const judged = await auditFiles(audit, { ...audit, root: workspace, files: code.files });
  return { ...judged, learnedTokenCount: learner?.learnedTokenCount ?? 0, otherFileCount: code.otherFileCount };
}
