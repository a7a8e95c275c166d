import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { CandorError } from '../../core/candorError.ts';

export interface NumberedLine {
  /** From 1. */
  readonly number: number;
  readonly line: string;
}

/**
 * The lines of a file that are not empty, some at a time.
 *
 * @throws CandorError `not-found` or `unreadable` for the file
 */
export async function* readLines(path: string, perBatch: number): AsyncGenerator<readonly NumberedLine[]> {
  let number = 0;
  let batch: NumberedLine[] = [];
  try {
    for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
      number++;
      if (line.trim() === '') continue;
      batch.push({ number, line });
      if (batch.length < perBatch) continue;
      yield batch;
      batch = [];
    }
  } catch (cause) {
    if (CandorError.is(cause)) throw cause;
    const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    if (isMissing) throw new CandorError('not-found', `${path} does not exist. Check the path.`, { cause });
    throw new CandorError('unreadable', `${path} cannot be read. Name a file of JSON lines.`, { cause });
  }
  if (batch.length > 0) yield batch;
}
