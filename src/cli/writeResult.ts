import { writeFile } from 'node:fs/promises';
import { CandorError } from '../core/candorError.ts';

/**
 * Writes a result to standard output, or to a file if one was asked for.
 * @throws CandorError `unreadable` when the file cannot be written
 */
export async function writeResult(result: string, out: string | undefined): Promise<void> {
  if (out === undefined) {
    await new Promise<void>((resolve, reject) => {
      const settle = (error?: Error | null): void => {
        // Who reads has seen enough, as `head` does.
        if (error && !('code' in error && error.code === 'EPIPE')) reject(error);
        else resolve();
      };
      process.stdout.once('error', settle);
      process.stdout.write(result, settle);
    });
    return;
  }
  try {
    await writeFile(out, result);
  } catch (cause) {
    throw new CandorError('unreadable', `${out} cannot be written. Choose another file with --out.`, { cause });
  }
}
