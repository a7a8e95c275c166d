import type { NgramEngine } from '../../engines/ngram/ngramEngine.ts';
import { MOST_FILE_BYTES } from './historyTexts.ts';
import type { ObjectReader } from '../../history/objectReader.ts';
import type { Repository } from '../../history/openRepository.ts';
import { detectLanguage } from '../../syntax/detectLanguage.ts';

/** More is not learned, as in the product. */
const MOST_TOKENS = 40_000_000;

/** Lets an n-gram engine know the code of a repository as it was, and nothing of what came after. */
export interface TimeMachine {
  /** Learns what the tree of a commit holds and forgets all else. Rejects with the signal's reason when aborted. */
  goTo(commit: string, signal?: AbortSignal): Promise<void>;
}

/**
 * Code that is scored with today's tree in mind looks better than it was: the tree holds the survivors, and not the text that
 * they replaced. So each region is scored by what stood in the tree *before* it landed.
 *
 * @param ngram knows nothing yet, and is taught by nobody else
 */
export function createTimeMachine(repository: Repository, objects: ObjectReader, ngram: NgramEngine): TimeMachine {
  /** Blob by path, of what is learned. */
  let learned = new Map<string, string>();
  return {
    async goTo(commit, signal) {
      const tree = codeOfTree(await repository.run(['ls-tree', '-r', '-z', '--long', '--full-tree', commit]));
      for (const path of learned.keys()) if (!tree.has(path)) ngram.forget(path);
      const next = new Map<string, string>();
      for (const [path, blob] of tree) {
        signal?.throwIfAborted();
        if (learned.get(path) !== blob) {
          const bytes = ngram.learnedTokenCount < MOST_TOKENS ? await objects.read(blob, MOST_FILE_BYTES) : null;
          if (bytes === null) ngram.forget(path);
          else ngram.learn(path, bytes.toString());
        }
        next.set(path, blob);
      }
      learned = next;
    },
  };
}

/** Blobs of a tree's code by path: `mode type hash size<TAB>path`, ended by NUL. */
function codeOfTree(listing: Buffer): ReadonlyMap<string, string> {
  const blobs = new Map<string, string>();
  for (const line of listing.toString().split('\0')) {
    const [, blob, bytes, path] = /^100\d{3} blob ([0-9a-f]+) +(\d+)\t(.*)$/s.exec(line) ?? [];
    if (blob === undefined || path === undefined || Number(bytes) > MOST_FILE_BYTES) continue;
    if (detectLanguage(path) !== null) blobs.set(path, blob);
  }
  return blobs;
}
