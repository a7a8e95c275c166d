import type { Candor } from '../candor.ts';
import { openFolders } from '../openFolders.ts';
import { auditOnDisk } from './auditOnDisk.ts';

/** Judges what models wrote in all folders that are open, as their git repositories say, and what Candor saw arrive. */
export async function auditAiWritten(candor: Candor): Promise<void> {
  await auditOnDisk(candor, 'Auditing AI-written code', { kind: 'aiWritten', folders: openFolders().folders });
}
