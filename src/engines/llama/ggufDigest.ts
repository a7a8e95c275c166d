import { createHash } from 'node:crypto';
import { open, stat } from 'node:fs/promises';
import { CandorError } from '../../core/candorError.ts';

const PART_BYTES = 1 << 20;
const MAGIC = 'GGUF';

/**
 * Names the weights in a GGUF file: the SHA-256, in hex, of the file's length in decimal digits, a line feed, its first
 * MiB and its last MiB (overlapping in a small file). That takes milliseconds for files of any size. The start holds
 * what describes the model, the end holds weights: two models that people tell apart differ in one of them.
 *
 * @throws CandorError `not-found`, `unreadable`, or `corrupt` for a file that is no GGUF
 */
export async function ggufDigest(path: string): Promise<string> {
  // A pipe would be waited for until somebody writes into it.
  const isFile = await stat(path).then(
    (status) => status.isFile(),
    () => true,
  );
  if (!isFile) throw new CandorError('unreadable', 'The path of the model is no file. Choose a GGUF file.');
  const file = await open(path).catch((cause: unknown) => {
    const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    throw isMissing
      ? new CandorError('not-found', 'The model file is not there. Check its path.', { cause })
      : new CandorError('unreadable', 'The model file cannot be opened. Check who may read it.', { cause });
  });
  try {
    const { size } = await file.stat();
    const partLength = Math.min(PART_BYTES, size);
    const first = Buffer.alloc(partLength);
    const last = Buffer.alloc(partLength);
    await file.read(first, 0, partLength, 0);
    if (first.toString('latin1', 0, MAGIC.length) !== MAGIC) {
      throw new CandorError('corrupt', 'The model file is no GGUF file. Fetch it again, or choose another.');
    }
    await file.read(last, 0, partLength, size - partLength);
    return createHash('sha256').update(`${size}\n`).update(first).update(last).digest('hex');
  } catch (cause) {
    if (CandorError.is(cause)) throw cause;
    throw new CandorError('unreadable', 'The model file cannot be read. Check the disk it lies on.', { cause });
  } finally {
    await file.close();
  }
}
