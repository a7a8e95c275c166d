import { createHash } from 'node:crypto';
import type { Assessor } from '../assess/assessText.ts';
import { auditFiles, type AuditedFiles } from '../audit/auditFiles.ts';
import type { Looking } from '../audit/auditRequest.ts';
import type { OnProgress } from '../audit/onProgress.ts';
import type { ReadingEstimate } from '../audit/readingEstimate.ts';
import type { Report } from '../audit/report.ts';
import { CANDOR_BUILD, CANDOR_VERSION } from '../core/version.ts';
import type { FoundCode } from './findCode.ts';
import { unkeptAudit, type KeptAudit } from './keptAudits/keptAudit.ts';
import type { Tools } from './openTools.ts';

/**
 * An audit goes on with the snapshot of an earlier one until so much of the code is other code: scores that stand side by side must
 * come from one snapshot, and with a new one all of them are made anew (docs/decisions/kept-audits.md).
 */
const MOST_CHANGED_SHARE = 0.05;

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
  /** What earlier audits found and learned; it must be open as long as somebody reads the report. Absent: nothing. */
  readonly kept?: KeptAudit;
  /** Whether what was learned may be that of an earlier audit, where most of the code is as it was. */
  readonly mayBeOlder?: boolean;
  /** Threads that look at files; absent: the thread that asks does. */
  readonly looking?: Looking;
  readonly onProgress: OnProgress;
  /** Told once, where the engine reads a part only. */
  readonly onEstimate?: (estimate: ReadingEstimate) => void;
  readonly abortSignal?: AbortSignal;
}

/** Judges files, after learning the workspace around them where the engine goes by what is usual there. */
export async function auditWorkspace(audit: WorkspaceAudit): Promise<Report & Pick<AuditedFiles, 'explained'>> {
  const { learner, workspace, code, kept = unkeptAudit() } = audit;
  const isNew = await learn(audit);
  // While threads look at the files.
  const saved = isNew ? saveLearned(audit) : null;
  const request = { ...audit, root: workspace, files: code.files, store: kept.store, maker: makerOf(audit) };
  const judged = await auditFiles(audit, request).finally(() => saved);
  return { ...judged, learnedTokenCount: learner?.learnedTokenCount ?? 0, otherFileCount: code.otherFileCount };
}

/** @returns whether what was learned is to be kept for the next audit */
async function learn(audit: WorkspaceAudit): Promise<boolean> {
  const { learner, workspace, folders = [workspace], kept, mayBeOlder = false, onProgress, abortSignal } = audit;
  const first = audit.code.files.filter((file) => file.leftOut === undefined).map((file) => file.path);
  // Nothing is compared with what is usual.
  if (learner === null || first.length === 0) return false;
  const isAll = audit.code.isAll === true && folders.length === 1 && folders[0] === workspace;
  const code = { workspace, folders, first, isAll };
  const file = kept?.learnedFile ?? null;
  const changedShare = file === null ? 1 : await learner.restore(code, file);
  if (mayBeOlder && changedShare <= MOST_CHANGED_SHARE) return false;
  await learner.update(code, onProgress, abortSignal);
  // An audit of changes must not take the snapshot away that the workspace was judged by.
  return changedShare > MOST_CHANGED_SHARE;
}

async function saveLearned({ learner, kept }: WorkspaceAudit): Promise<void> {
  const file = kept?.learnedFile ?? null;
  if (file === null) return;
  // What cannot be kept is learned again the next time.
  await learner?.save(file).catch(() => undefined);
}

/** All that decides what is said of a text but the text and the Source that scores it. */
function makerOf({ engine, scout, calibrationOf, salt }: WorkspaceAudit): string {
  const calibrations = [engine, scout?.engine].map((one) => (one && calibrationOf?.(one.source)) ?? null);
  const known = JSON.stringify([CANDOR_VERSION, CANDOR_BUILD, salt, calibrations]);
  return createHash('sha256').update(known).digest('hex');
}
