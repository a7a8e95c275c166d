import { areListItems } from '../../syntax/versions/areListItems.ts';
import type { CodeLeaves } from '../../syntax/codeLeaves.ts';
import { fatesOfLeaves, type FileVersions, type LeafFates } from './fatesOfLeaves.ts';
import { UNMATCHED } from '../../syntax/versions/matchLeaves.ts';
import type { Censoring, RegionEvent, RegionFate } from './regionFate.ts';

/** A file that a landing changed, as the follower needs it. */
export interface LandedFile {
  /** null: the file is new. */
  readonly pathBefore: string | null;
  /** null: it was deleted. */
  readonly pathAfter: string | null;
  /** null where it cannot be read or parsed, as for a file that is not there. */
  readonly before: () => Promise<CodeLeaves | null>;
  readonly after: () => Promise<CodeLeaves | null>;
}

export interface FollowedLanding {
  readonly hash: string;
  readonly atMs: number;
  readonly isFix: boolean;
  readonly files: readonly LandedFile[];
}

/** A region to follow: leaves firstLeaf .. endLeaf-1, as indices into the CodeLeaves of its file at the landing. */
export interface FollowedRegion {
  readonly id: string;
  readonly path: string;
  readonly firstLeaf: number;
  readonly endLeaf: number;
}

/** In a landing with more files, moves and renames are looked for among the first so many. */
const MOST_FILES_READ = 200;

/** A landing that deletes as many files and all of a region removed a feature. */
const LEAST_DELETED_FILES = 3;

/** Where a leaf of a region stands. */
interface Place {
  path: string;
  leaf: number;
}

interface Following {
  readonly region: FollowedRegion;
  /** undefined: the leaf is gone. */
  readonly places: (Place | undefined)[];
  readonly leafChangesMs: Float64Array;
  readonly gapChangesMs: Float64Array;
  /** Gaps that were extended are open from then on: nobody can say what would be missing there. */
  readonly openGaps: Uint8Array;
  touched: RegionEvent | null;
  fixed: RegionEvent | null;
  extended: RegionEvent | null;
  censored: (RegionEvent & { readonly why: Censoring }) | null;
}

/**
 * Follows regions through the landings after theirs, by the rules of docs/targets.md. Landings are given in order, each once;
 * a region is added after its own landing was applied.
 */
export class RegionFollower {
  readonly #followings = new Map<string, Following>();
  /** Who has leaves in a file. A region may stay listed where it has none any more. */
  readonly #byPath = new Map<string, Set<Following>>();

  add(region: FollowedRegion): void {
    const count = region.endLeaf - region.firstLeaf;
    const following: Following = {
      region,
      places: Array.from({ length: count }, (_, index) => ({ path: region.path, leaf: region.firstLeaf + index })),
      leafChangesMs: new Float64Array(count).fill(Number.NaN),
      gapChangesMs: new Float64Array(Math.max(0, count - 1)).fill(Number.NaN),
      openGaps: new Uint8Array(Math.max(0, count - 1)),
      touched: null,
      fixed: null,
      extended: null,
      censored: null,
    };
    this.#followings.set(region.id, following);
    this.#listUnder(region.path, following);
  }

  /** What is known of a region; null: it is not followed. */
  fateOf(id: string): RegionFate | null {
    return this.#followings.get(id) ?? null;
  }

  /** Forgets a region, whose horizon is reached. */
  remove(id: string): void {
    const following = this.#followings.get(id);
    if (following === undefined) return;
    this.#followings.delete(id);
    for (const others of this.#byPath.values()) others.delete(following);
  }

  /** Applies the next landing of the first-parent line. */
  async apply(landing: FollowedLanding): Promise<void> {
    const concerned = landing.files.filter(({ pathBefore }) => (this.#byPath.get(pathBefore ?? '')?.size ?? 0) > 0);
    if (concerned.length === 0) return;
    const others = landing.files.filter((file) => !concerned.includes(file)).slice(0, MOST_FILES_READ);
    const files = [...concerned, ...others];
    const versions: FileVersions[] = [];
    for (const file of files) {
      versions.push({
        before: file.pathBefore === null ? null : await file.before(),
        after: file.pathAfter === null ? null : await file.after(),
      });
    }
    const step: Step = {
      landing,
      files,
      versions,
      fates: fatesOfLeaves(versions),
      indexOfPath: new Map(concerned.map(({ pathBefore }, index) => [pathBefore ?? '', index])),
      deletedFiles: landing.files.filter(({ pathAfter }) => pathAfter === null).length,
    };
    const followings = new Set(concerned.flatMap(({ pathBefore }) => [...(this.#byPath.get(pathBefore ?? '') ?? [])]));
    for (const following of followings) {
      if (following.censored !== null) continue;
      this.#follow(following, step);
    }
  }

  #follow(following: Following, step: Step): void {
    const { places } = following;
    const next = places.map((place) => (place === undefined ? undefined : nextPlace(place, step)));
    const event = { atMs: step.landing.atMs, landing: step.landing.hash };
    const why = censoringOf(places, next, step);
    if (why !== null) {
      following.censored = { ...event, why };
      return;
    }
    let [isChanged, isExtended] = [false, false];
    for (const [index, place] of places.entries()) {
      if (place === undefined || next[index] !== undefined) continue;
      following.leafChangesMs[index] = event.atMs;
      isChanged = true;
    }
    for (let gap = 0; gap < following.gapChangesMs.length; gap++) {
      if (following.openGaps[gap] === 1) continue;
      const change = changeOfGap(next[gap], next[gap + 1], step);
      if (change === null) continue;
      following.openGaps[gap] = 1;
      if (change === 'extended') isExtended = true;
      else if (change === 'inserted') {
        following.gapChangesMs[gap] = event.atMs;
        isChanged = true;
      }
    }
    if (isChanged) following.touched ??= event;
    if (isChanged && step.landing.isFix) following.fixed ??= event;
    if (isExtended) following.extended ??= event;
    for (const [index, place] of next.entries()) {
      if (place !== undefined && place.path !== places[index]?.path) this.#listUnder(place.path, following);
      places[index] = place;
    }
  }

  #listUnder(path: string, following: Following): void {
    const others = this.#byPath.get(path);
    if (others === undefined) this.#byPath.set(path, new Set([following]));
    else others.add(following);
  }
}

/** A landing that is being applied: the files that are looked at, those with followed leaves first. */
interface Step {
  readonly landing: FollowedLanding;
  readonly files: readonly LandedFile[];
  readonly versions: readonly FileVersions[];
  readonly fates: readonly LeafFates[];
  readonly indexOfPath: ReadonlyMap<string, number>;
  readonly deletedFiles: number;
}

function nextPlace(place: Place, { files, fates, indexOfPath }: Step): Place | undefined {
  const file = indexOfPath.get(place.path);
  if (file === undefined) return place;
  const leaf = fates[file]?.leaves[place.leaf] ?? UNMATCHED;
  const path = files[fates[file]?.files[place.leaf] ?? UNMATCHED]?.pathAfter;
  return leaf === UNMATCHED || path === undefined || path === null ? undefined : { path, leaf };
}

function censoringOf(
  places: readonly (Place | undefined)[],
  next: readonly (Place | undefined)[],
  { files, versions, indexOfPath, deletedFiles }: Step,
): Censoring | null {
  const alive = places.filter((place) => place !== undefined);
  if (alive.length === 0) return null;
  const concerned = alive.flatMap(({ path }) => indexOfPath.get(path) ?? []);
  const isUnreadable = (file: number): boolean =>
    versions[file]?.before === null || (versions[file]?.after === null && files[file]?.pathAfter !== null);
  if (concerned.some(isUnreadable)) return 'unreadable';
  if (next.some((place) => place !== undefined)) return null;
  if (concerned.every((file) => files[file]?.pathAfter === null)) return 'file-deleted';
  return deletedFiles >= LEAST_DELETED_FILES ? 'feature-removed' : null;
}

/** What happened between two neighbouring leaves: null for nothing that is a gap's own affair. */
function changeOfGap(
  left: Place | undefined,
  right: Place | undefined,
  { files, versions }: Step,
): 'inserted' | 'extended' | 'parted' | null {
  if (left === undefined || right === undefined) return 'parted';
  if (left.path === right.path && right.leaf === left.leaf + 1) return null;
  if (left.path !== right.path || right.leaf < left.leaf) return 'parted';
  const file = files.findIndex(({ pathAfter }) => pathAfter === left.path);
  const after = versions[file]?.after;
  // The file was not touched: what lies between was there before, and the gap is open already.
  if (after === undefined || after === null) return null;
  const { text, spans, ordinals } = after;
  const first = ordinals[left.leaf + 1] ?? 0;
  const end = (ordinals[right.leaf - 1] ?? 0) + 1;
  return areListItems(text, spans, first, end) ? 'extended' : 'inserted';
}
