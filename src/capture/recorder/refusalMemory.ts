/** Remembers for what kind of request an upstream refuses to tell log-probabilities, so that it is not asked again for a while. */
export interface RefusalMemory {
  has(kind: string): boolean;
  add(kind: string): void;
}

/** A server may be started anew with other options, or a model be allowed more. */
const REMEMBERED_MS = 60 * 60_000;

const MOST_KINDS = 256;

export function createRefusalMemory(now: () => number = Date.now): RefusalMemory {
  const refusedMs = new Map<string, number>();
  return {
    has(kind) {
      const atMs = refusedMs.get(kind);
      if (atMs === undefined) return false;
      if (now() - atMs < REMEMBERED_MS) return true;
      refusedMs.delete(kind);
      return false;
    },
    add(kind) {
      refusedMs.delete(kind);
      refusedMs.set(kind, now());
      const [oldest] = refusedMs.keys();
      if (refusedMs.size > MOST_KINDS && oldest !== undefined) refusedMs.delete(oldest);
    },
  };
}
