import { CandorError } from '../../core/candorError.ts';
import type { LocalisationItem } from './localisationItem.ts';
import type { LocalisationReport } from '../../core/metrics/localisation.ts';
import { reportLocalisation } from './reportLocalisation.ts';
import { measureItem, type LocaliseTools, type MeasuredItem } from './measureItem.ts';

export interface LocaliseOptions {
  /** `total` is not known before the end, and is what was read so far. */
  readonly onProgress?: (activity: string, done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/**
 * Says how early faulty lines come in each order, over all items. Texts are not kept: there can be more than the memory holds.
 *
 * @throws CandorError `bad-input` where no item has code that the engine scored; what the data, the parser and the engine
 *   throw; the signal's reason when aborted
 */
export async function localise(
  tools: LocaliseTools,
  items: AsyncIterable<LocalisationItem> | Iterable<LocalisationItem>,
  { onProgress, signal }: LocaliseOptions = {},
): Promise<LocalisationReport> {
  const measured: MeasuredItem[] = [];
  let count = 0;
  for await (const item of items) {
    signal?.throwIfAborted();
    const one = await measureItem(tools, item, signal);
    if (one !== null) measured.push(one);
    count++;
    onProgress?.('reading items', count, count);
  }
  if (measured.length === 0) {
    const message = `Of ${count} items none has code that the engine scored. Give items with code and a fault.`;
    throw new CandorError('bad-input', message);
  }
  return reportLocalisation(measured, count - measured.length);
}
