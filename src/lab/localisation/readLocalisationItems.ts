import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { CandorError } from '../../core/candorError.ts';
import { parseLocalisationItem, type LocalisationItem } from './localisationItem.ts';

/**
 * Reads texts whose faulty lines are known, one JSON object a line; empty lines are passed over.
 *
 * @throws CandorError `not-found` or `unreadable` for the file, `bad-input` for a line, or where two lines have the same id
 */
export async function* readLocalisationItems(path: string): AsyncGenerator<LocalisationItem> {
  const ids = new Set<string>();
  let lineNumber = 0;
  try {
    for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
      lineNumber++;
      if (line.trim() === '') continue;
      const item = parseLocalisationItem(line, lineNumber);
      if (ids.has(item.id)) {
        const message = `Line ${lineNumber} of the data has the id of an earlier line. Give each item an id of its own.`;
        throw new CandorError('bad-input', message);
      }
      ids.add(item.id);
      yield item;
    }
  } catch (cause) {
    if (CandorError.is(cause)) throw cause;
    const isMissing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    if (isMissing) throw new CandorError('not-found', `${path} does not exist. Check the path.`, { cause });
    throw new CandorError('unreadable', `${path} cannot be read. Name a file of JSON lines.`, { cause });
  }
}
