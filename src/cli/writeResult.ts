import { writeFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { CandorError } from '../core/candorError.ts';

/**
 * Writes a result, whole or in parts, to standard output, or to a file if one was asked for.
 * @throws CandorError `unreadable` when the file cannot be written
 */
export async function writeResult(result: string | Iterable<string>, out: string | undefined): Promise<void> {
  const parts = typeof result === 'string' ? [result] : result;
  if (out === undefined) {
    // What goes wrong is told to each write.
    process.stdout.on('error', () => undefined);
    for (const part of parts) if (!(await isWritten(part))) return;
    return;
  }
  try {
    await writeFile(out, Readable.from(parts));
  } catch (cause) {
    throw new CandorError('unreadable', `${out} cannot be written. Choose another file with --out.`, { cause });
  }
}

/** Writes to standard output. @returns false where who reads has seen enough, as `head` does */
function isWritten(part: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    process.stdout.write(part, (error) => {
      if (!error) resolve(true);
      else if ('code' in error && error.code === 'EPIPE') resolve(false);
      else reject(error);
    });
  });
}
