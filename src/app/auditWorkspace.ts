import { auditFiles, type OnProgress } from '../audit/auditFiles.ts';
import type { Report } from '../audit/report.ts';
import { findCode } from './findCode.ts';
import { learnWorkspace } from './learnWorkspace.ts';
import type { Tools } from './openTools.ts';

export interface WorkspaceAudit extends Pick<Tools, 'engine' | 'learner' | 'parser'> {
  /** Keeps the identities of regions from telling their text. */
  readonly salt: string;
  /** What the engine learns from. */
  readonly workspace: string;
  /** Files and folders to judge, inside the workspace. */
  readonly paths: readonly string[];
  /** Regions to explain in full. */
  readonly top: number;
  readonly onProgress: OnProgress;
  readonly abortSignal?: AbortSignal;
}

/** Judges files, after learning the workspace around them where the engine goes by what is usual there. */
export async function auditWorkspace(audit: WorkspaceAudit): Promise<Report> {
  const { learner, workspace, paths, onProgress, abortSignal } = audit;
  const { files, otherFileCount } = await findCode(workspace, paths);
  const first = files.map((file) => file.path);
  if (learner !== null) await learnWorkspace(learner, workspace, first, onProgress, abortSignal);
  const judged = await auditFiles(audit, { ...audit, root: workspace, files });
  return { ...judged, learnedTokenCount: learner?.learnedTokenCount ?? 0, otherFileCount };
}
