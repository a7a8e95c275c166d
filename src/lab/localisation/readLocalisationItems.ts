import { CandorError } from '../../core/candorError.ts';
import { readLines } from '../evaluation/readLines.ts';
import { parseLocalisationItem, type LocalisationItem } from './localisationItem.ts';

const LINES_PER_BATCH = 100;

/**
 * Reads texts whose faulty lines are known, one JSON object a line; empty lines are passed over.
 *
 * @throws CandorError `not-found` or `unreadable` for the file, `bad-input` for a line, or where two lines have the same id
 */
export async function* readLocalisationItems(path: string): AsyncGenerator<LocalisationItem> {
  const ids = new Set<string>();
  for await (const batch of readLines(path, LINES_PER_BATCH)) {
    for (const { number, line } of batch) {
      const item = parseLocalisationItem(line, number);
      if (ids.has(item.id)) {
        const message = `Line ${number} of the data has the id of an earlier line. Give each item an id of its own.`;
        throw new CandorError('bad-input', message);
      }
      ids.add(item.id);
      yield item;
    }
  }
}
