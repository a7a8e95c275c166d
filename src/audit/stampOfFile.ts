import { stat } from 'node:fs/promises';

/** The clock of a file system may stand still for so long: what is written meanwhile has the same time as what was there. */
const CLOCK_STEP_MS = 2_000;

/**
 * What tells one state of a file from another without reading it, as git does: its size, its times and its place on the disk.
 * @returns null where that proves nothing: the file is not there, or was written to just now and may be again unseen
 */
export async function stampOfFile(path: string, nowMs = Date.now()): Promise<string | null> {
  try {
    const { size, mtimeNs, ctimeNs, ino } = await stat(path, { bigint: true });
    const writtenMs = Number((mtimeNs > ctimeNs ? mtimeNs : ctimeNs) / 1_000_000n);
    return nowMs - writtenMs < CLOCK_STEP_MS ? null : [size, mtimeNs, ctimeNs, ino].join(' ');
  } catch {
    return null;
  }
}
