import { writeFile } from 'node:fs/promises';
import { CandorError } from '../core/candorError.ts';

/**
 * Writes a result to standard output, or to a file if one was asked for.
 * @throws CandorError `unreadable` when the file cannot be written
 */
export async function writeResult(result: string, out: string | undefined): Promise<void> {
  if (out === undefined) {
    await new Promise<void>((resolve, reject) => {
      process.stdout.write(result, (error) => {
        if (error) reject(error);
        else resolve();
      });
    });
    return;
  }
  try {
    await writeFile(out, result);
  } catch (cause) {
    throw new CandorError('unreadable', `${out} cannot be written. Choose another file with --out.`, { cause });
  }
}
