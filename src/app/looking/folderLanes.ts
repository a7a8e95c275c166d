/** Work on a file that waits for a lane. */
interface Waiting {
  readonly folder: string;
  readonly start: (lane: number) => void;
}

/** Lanes that each do one thing after the other. */
export interface FolderLanes {
  /** Does some work on a file of a folder in one of the lanes, and answers what it answers. */
  run<Answer>(folder: string, work: (lane: number) => Promise<Answer>): Promise<Answer>;
}

/**
 * Lanes that stay with a folder as long as files of it wait, and go on with the first that waits of a folder that no other lane is in: what
 * a lane has made ready for a folder serves all files of it.
 *
 * @param count of lanes, at least 1
 */
export function folderLanes(count: number): FolderLanes {
  const waiting: Waiting[] = [];
  /** The folder that each lane was in last. */
  const folders = new Array<string | undefined>(count).fill(undefined);
  const busy = new Set<number>();

  function place(lane: number): number {
    const own = waiting.findIndex(({ folder }) => folder === folders[lane]);
    if (own >= 0) return own;
    const taken = new Set(Array.from(busy, (other) => folders[other]));
    return Math.max(
      waiting.findIndex(({ folder }) => !taken.has(folder)),
      0,
    );
  }

  function goOn(lane: number): void {
    busy.delete(lane);
    const [next] = waiting.splice(place(lane), 1);
    if (next === undefined) return;
    folders[lane] = next.folder;
    busy.add(lane);
    next.start(lane);
  }

  return {
    run: (folder, work) =>
      new Promise((resolve, reject) => {
        const start = (lane: number): void => {
          work(lane)
            .then(resolve, reject)
            .finally(() => {
              goOn(lane);
            });
        };
        waiting.push({ folder, start });
        const idle = folders.findIndex((_, lane) => !busy.has(lane));
        if (idle >= 0) goOn(idle);
      }),
  };
}
