import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { OnProgress } from '../audit/onProgress.ts';
import { mapInOrder } from '../audit/mapInOrder.ts';
import { readSource } from '../audit/readSource.ts';
import { saysGenerated } from '../audit/saysGenerated.ts';
import type { NgramEngine } from '../engines/ngram/ngramEngine.ts';
import type { SharedBase } from '../engines/ngram/sharedBase.ts';
import { findCode } from './findCode.ts';
import { readLearned, writeLearned } from './keptAudits/learnedFiles.ts';

/** More is not learned: it would take half a gigabyte. */
const MAX_LEARNED_TOKENS = 40_000_000;

const FILES_UNDER_WAY = 16;

/** Learning is work for the processor: after so long other events of the thread have their turn. */
const MAX_BUSY_MS = 20;

export interface CodeToLearn {
  /** What paths are relative to. */
  readonly workspace: string;
  /** The folders to learn, inside the workspace. With none nothing is learned, and what was is forgotten. */
  readonly folders: readonly string[];
  /** Files to learn before all the rest, relative to the workspace, with `/`. */
  readonly first: readonly string[];
  /** Whether there is no other code in the folders, so that nobody need look for it; absent: there may be. */
  readonly isAll?: boolean;
}

/** Keeps what the n-gram engine has learned in step with the code of a workspace, up to a limit of tokens. */
export interface WorkspaceLearner {
  /** Number of tokens learned. */
  readonly learnedTokenCount: number;
  /**
   * Learns what is new or has changed and forgets what is gone, by the sizes and times of the files. After that nothing
   * is looked at again until `markStale`, or until other code is asked for. Updates take turns. An aborted one rejects
   * with the signal's reason; what it has learned stays, and the next one goes on from there.
   */
  update(code: CodeToLearn, onProgress: OnProgress, abortSignal?: AbortSignal): Promise<void>;
  /** Says that files may have changed. */
  markStale(): void;
  /**
   * Takes up what was learned of the same code and kept in a file, in place of what it knows; the next update goes on from there.
   * Nothing is taken where there is nothing that fits.
   *
   * @returns the share of the code, by size, that is not as it was learned: changed, new or gone; in [0, 1]
   */
  restore(code: CodeToLearn, file: string): Promise<number>;
  /** What was learned, for other threads to score by. */
  share(): SharedBase;
  /** Keeps what was learned in full, in a file that only the user may read; it holds the code's tokens. */
  save(file: string): Promise<void>;
}

/** A file that was looked at: its size and time when it was learned, null where it was not. */
type Stamp = string | null;

export function createWorkspaceLearner(engine: NgramEngine, maxTokens = MAX_LEARNED_TOKENS): WorkspaceLearner {
  /** By path, of all files that the last update looked at. */
  const stamps = new Map<string, Stamp>();
  let workspace: string | null = null;
  /** The folders that were learned in full; null where an update was not ended. */
  let learnedFolders: readonly string[] | null = null;
  let isStale = false;
  let lastTurn: Promise<void> = Promise.resolve();

  async function update(code: CodeToLearn, onProgress: OnProgress, abortSignal?: AbortSignal): Promise<void> {
    abortSignal?.throwIfAborted();
    const isKept = code.workspace === workspace && isSameList(code.folders, learnedFolders) && !isStale;
    const unknown = code.first.filter((path) => !stamps.has(path));
    if (isKept && unknown.length === 0) return;
    if (code.workspace !== workspace) forget([...stamps.keys()]);
    workspace = code.workspace;
    learnedFolders = null;
    // What is marked from here on may be missed by the listing.
    isStale = false;
    if (isKept) await learnChanged(unknown, onProgress, abortSignal);
    else {
      const paths = new Set([...code.first, ...(await listCode(code))]);
      forget([...stamps.keys()].filter((path) => !paths.has(path)));
      await learnChanged([...paths], onProgress, abortSignal);
    }
    learnedFolders = code.folders;
  }

  function isUnlearned(path: string): boolean {
    return (stamps.get(path) ?? null) === null;
  }

  function forget(paths: readonly string[]): void {
    for (const path of paths) {
      engine.forget(path);
      stamps.delete(path);
    }
  }

  async function learnChanged(
    paths: readonly string[],
    onProgress: OnProgress,
    abortSignal: AbortSignal | undefined,
  ): Promise<void> {
    const fullPath = (path: string): string => join(workspace ?? '', path);
    const isLeftOut = (path: string): boolean => engine.learnedTokenCount >= maxTokens && isUnlearned(path);
    const changed: { readonly path: string; readonly stamp: Stamp }[] = [];
    const look = async (path: string): Promise<{ readonly path: string; readonly stamp: Stamp }> => ({
      path,
      stamp: await stampOf(fullPath(path)),
    });
    for await (const seen of mapInOrder(paths, FILES_UNDER_WAY, look)) {
      abortSignal?.throwIfAborted();
      if (isUnlearned(seen.path) || seen.stamp !== stamps.get(seen.path)) changed.push(seen);
    }
    const read = async (path: string): Promise<string | null> => {
      if (isLeftOut(path)) return null;
      const source = await readSource(fullPath(path));
      return source.kind === 'text' && !saysGenerated(source.text) ? source.text : null;
    };
    let done = 0;
    let busySinceMs = performance.now();
    const texts = mapInOrder(changed, FILES_UNDER_WAY, async (seen) => ({ ...seen, text: await read(seen.path) }));
    for await (const { path, stamp, text } of texts) {
      abortSignal?.throwIfAborted();
      if (isLeftOut(path)) stamps.set(path, null);
      else {
        if (text === null) engine.forget(path);
        else engine.learn(path, text);
        stamps.set(path, stamp);
      }
      onProgress('learning', ++done, changed.length);
      if (performance.now() - busySinceMs < MAX_BUSY_MS) continue;
      await setImmediate();
      busySinceMs = performance.now();
    }
  }

  async function restore(code: CodeToLearn, file: string): Promise<number> {
    const { workspace: asked, folders } = code;
    const kept = await readLearned(file);
    if (kept?.workspace !== asked || !isSameList(kept.folders, folders)) return 1;
    const hasLoaded = await engine.loadLearned(file).catch(() => false);
    // One of the two files is of another time.
    if (!hasLoaded || engine.source.snapshot !== kept.snapshot) {
      engine.forgetAll();
      stamps.clear();
      learnedFolders = null;
      return 1;
    }
    stamps.clear();
    for (const [path, stamp] of kept.stamps) stamps.set(path, stamp);
    workspace = asked;
    learnedFolders = folders;
    isStale = true;
    return changedShare(await listCode(code));
  }

  /** Of the size of all that was learned or is there. */
  async function changedShare(paths: readonly string[]): Promise<number> {
    const fullPath = (path: string): string => join(workspace ?? '', path);
    const gone = new Set(stamps.keys());
    let [changedBytes, bytes] = [0, 0];
    const look = async (path: string): Promise<readonly [string, Stamp]> => [path, await stampOf(fullPath(path))];
    for await (const [path, stamp] of mapInOrder(paths, FILES_UNDER_WAY, look)) {
      gone.delete(path);
      bytes += sizeOf(stamp);
      if (stamps.get(path) !== stamp) changedBytes += sizeOf(stamp);
    }
    for (const path of gone) {
      bytes += sizeOf(stamps.get(path) ?? null);
      changedBytes += sizeOf(stamps.get(path) ?? null);
    }
    return bytes === 0 ? 0 : changedBytes / bytes;
  }

  async function save(file: string): Promise<void> {
    if (workspace === null || learnedFolders === null) return;
    await engine.saveLearned(file);
    const { snapshot = '' } = engine.source;
    await writeLearned(file, { snapshot, workspace, folders: learnedFolders, stamps: [...stamps] });
  }

  return {
    restore,
    save,
    share: () => engine.share(),
    get learnedTokenCount() {
      return engine.learnedTokenCount;
    },
    update(code, onProgress, abortSignal) {
      const turn = lastTurn.then(() => update(code, onProgress, abortSignal));
      lastTurn = turn.catch(() => undefined);
      return turn;
    },
    markStale() {
      isStale = true;
    },
  };
}

/** A folder that is not there any more has nothing to learn; what others or tools wrote is not what is usual here. */
async function listCode({ workspace, folders, first, isAll = false }: CodeToLearn): Promise<readonly string[]> {
  if (isAll) return first;
  const stampsOfFolders = await Promise.all(folders.map(stampOf));
  const there = folders.filter((_, index) => stampsOfFolders[index] !== null);
  const { files } = await findCode(workspace, there);
  return files.filter(({ leftOut }) => leftOut === undefined).map(({ path }) => path);
}

/** The size that a stamp begins with. */
function sizeOf(stamp: Stamp): number {
  return stamp === null ? 0 : Number.parseInt(stamp, 10);
}

/** Tells one state of a file from another; null where there is none. */
async function stampOf(path: string): Promise<Stamp> {
  try {
    const { size, mtimeMs } = await stat(path);
    return `${size} ${mtimeMs}`;
  } catch {
    return null;
  }
}

function isSameList(one: readonly string[], other: readonly string[] | null): boolean {
  return one.length === other?.length && one.every((item, index) => item === other[index]);
}
