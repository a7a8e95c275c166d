import { join } from 'node:path';
import type { AuditStore } from '../../audit/auditStore.ts';
import { memoryStore } from '../../audit/memoryStore.ts';
import { openSqliteStore } from '../../audit/sqliteStore.ts';
import { auditFolder } from './auditFolder.ts';

/** What earlier audits of a workspace found and learned. */
export interface KeptAudit {
  readonly store: AuditStore;
  /** Where what was learned is kept; null: nowhere. */
  readonly learnedFile: string | null;
}

/** Nothing that was found before, and nothing that will be kept. */
export function unkeptAudit(): KeptAudit {
  return { store: memoryStore(), learnedFile: null };
}

/** What is kept of a workspace; where nothing can be kept, all is judged anew. The store must be closed. */
export async function openKeptAudit(
  workspace: string,
  environment: NodeJS.ProcessEnv = process.env,
): Promise<KeptAudit> {
  const folder = await auditFolder(workspace, environment);
  if (folder === null) return unkeptAudit();
  try {
    return { store: openSqliteStore(join(folder, 'found.sqlite')), learnedFile: join(folder, 'learned') };
  } catch {
    // No SQLite in this runtime, or a disk that is full: an audit does without.
    return unkeptAudit();
  }
}
