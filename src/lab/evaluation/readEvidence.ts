import { availableParallelism } from 'node:os';
import { Piscina } from 'piscina';
import { CandorError } from '../../core/candorError.ts';
import { knownItemOf, type EvidenceAnswer, type EvidenceTask, type KnownItem } from './evidenceTasks.ts';
import type { SignalValues } from '../../core/words.ts';
import { itemEvidence, type EvidenceTools } from './itemEvidence.ts';
import { parseLabelledItem, type LabelledItem } from './labelledItem.ts';
import { readLines, type NumberedLine } from './readLines.ts';

/** What second opinions say of items, by the names of their signals: one entry an item, in their order. */
export type OpinionsOf = (items: readonly LabelledItem[], signal?: AbortSignal) => Promise<readonly SignalValues[]>;

export interface EvidenceReader extends EvidenceTools {
  /** Asked of each batch of lines; absent: nobody is asked. */
  readonly opinionsOf?: OpinionsOf;
  /** The script that each thread runs: `evidenceWorker.ts`, or its bundle. */
  readonly workerUrl: URL;
  /** Folder of the runtime and the grammars; ends in a slash. */
  readonly grammarsUrl: URL;
}

export interface ReadOptions {
  readonly onProgress: (activity: string, done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

/** Lines that a thread is given at a time. */
const BATCH = 200;

/**
 * What is known of each item of a file of labelled data, in its order. Items with tokens of their own are read by threads of the
 * reader's; others the engine scores, one after the other.
 *
 * @throws CandorError `not-found` or `unreadable` for the file, `bad-input` for a line, or where two lines have the same id; what
 *   the engine throws; the signal's reason when aborted
 */
export async function readEvidence(
  reader: EvidenceReader,
  path: string,
  { onProgress, signal }: ReadOptions,
): Promise<readonly KnownItem[]> {
  const { workerUrl, grammarsUrl } = reader;
  const threads = availableParallelism();
  const pool = new Piscina<EvidenceTask, EvidenceAnswer>({
    filename: workerUrl.href,
    minThreads: 1,
    maxThreads: threads,
    recordTiming: false,
  });
  const known = new Map<number, KnownItem>();
  const take = async (lines: readonly NumberedLine[]): Promise<void> => {
    const answer = await pool.run({ lines, grammarsUrl: grammarsUrl.href }, { name: 'evidence' });
    if ('failed' in answer) throw new CandorError(answer.failed, answer.message);
    const opinions = await reader.opinionsOf?.(
      lines.map(({ line, number }) => parseLabelledItem(line, number)),
      signal,
    );
    for (const [index, one] of answer.entries()) {
      signal?.throwIfAborted();
      const item = 'known' in one ? one.known : knownItemOf(one.item, await itemEvidence(reader, one.item, signal));
      known.set(one.number, { ...item, signals: { ...item.signals, ...opinions?.[index] } });
    }
    onProgress('reading items', known.size, known.size);
  };
  try {
    const underWay = new Set<Promise<void>>();
    for await (const lines of readLines(path, BATCH)) {
      signal?.throwIfAborted();
      const work = take(lines);
      underWay.add(work);
      work.then(
        () => underWay.delete(work),
        () => undefined,
      );
      // Two batches a thread: one is read while the next is handed over.
      if (underWay.size >= 2 * threads) await Promise.race(underWay);
    }
    await Promise.all(underWay);
  } finally {
    await pool.destroy();
  }
  const inOrder = [...known].sort(([one], [other]) => one - other);
  refuseTwins(inOrder);
  return inOrder.map(([, one]) => one);
}

function refuseTwins(known: readonly (readonly [number, KnownItem])[]): void {
  const ids = new Set<string>();
  for (const [number, { item }] of known) {
    if (ids.has(item.id)) {
      const message = `Line ${number} of the data has the id of an earlier line. Give each item an id of its own.`;
      throw new CandorError('bad-input', message);
    }
    ids.add(item.id);
  }
}
