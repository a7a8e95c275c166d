import type { Candor } from '../candor.ts';
import { openFolders } from '../openFolders.ts';
import { auditOnDisk } from './auditOnDisk.ts';

/** Judges all folders that are open. */
export async function auditWorkspace(candor: Candor): Promise<void> {
  await auditOnDisk(candor, 'Auditing the workspace', { kind: 'paths', paths: openFolders().folders });
}
