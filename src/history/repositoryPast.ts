import type { Landing } from './firstParentLandings.ts';
import { isFix } from './isFix.ts';

/** What the history says of a file and its repository at a moment. */
export interface PathPast {
  /** Days since the file first landed, under whatever name; 0 where it has not yet. */
  readonly fileAgeDays: number;
  /** Landings that changed the file in the last 90 days. */
  readonly fileCommits90Days: number;
  /** Different authors of those. */
  readonly fileAuthors90Days: number;
  /** Landings of the last 180 days that changed the file and say that they fix something. */
  readonly fileFixes180Days: number;
  /** Landings of the last 90 days. */
  readonly repositoryCommits90Days: number;
}

interface Change {
  readonly atMs: number;
  readonly author: string;
  readonly isFix: boolean;
}

interface FilePast {
  readonly firstMs: number;
  readonly changes: Change[];
}

const DAY_MS = 86_400_000;

/** Adds up what landed, so that at every landing it can be said what was known then. Landings are added in order. */
export class RepositoryPast {
  readonly #files = new Map<string, FilePast>();
  readonly #landingsMs: number[] = [];

  add(landing: Landing): void {
    const change = { atMs: landing.committedAtMs, author: landing.authorAddress, isFix: isFix(landing.message) };
    this.#landingsMs.push(change.atMs);
    for (const { path, oldPath, newBlob } of landing.changes) {
      const past = this.#files.get(oldPath ?? path) ?? { firstMs: change.atMs, changes: [] };
      past.changes.push(change);
      if (oldPath !== undefined) this.#files.delete(oldPath);
      if (newBlob === null) this.#files.delete(path);
      else this.#files.set(path, past);
    }
  }

  /** What was known of a path at a moment, by the landings added so far. */
  of(path: string, atMs: number): PathPast {
    const past = this.#files.get(path);
    const since = (days: number): readonly Change[] =>
      past?.changes.filter((change) => change.atMs > atMs - days * DAY_MS) ?? [];
    const recent = since(90);
    return {
      fileAgeDays: past === undefined ? 0 : Math.max(0, atMs - past.firstMs) / DAY_MS,
      fileCommits90Days: recent.length,
      fileAuthors90Days: new Set(recent.map(({ author }) => author)).size,
      fileFixes180Days: since(180).filter((change) => change.isFix).length,
      repositoryCommits90Days: this.#landingsMs.filter((landedMs) => landedMs > atMs - 90 * DAY_MS).length,
    };
  }
}
