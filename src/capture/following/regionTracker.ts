import type { AssessmentId } from '../../core/words.ts';
import type { EditEvent } from '../provenance/editEvent.ts';
import { carryStretches, type Stretch } from './carryStretches.ts';
import type { PlacedRegion, RegionFacts, SeenRegion } from './seeDocument.ts';

/** A region where its edits have left it. */
export interface TrackedRegion extends SeenRegion {
  readonly facts: RegionFacts;
  /** When it is next to be looked at; null: never again. */
  readonly dueMs: number | null;
}

/** Keeps followed regions of open documents in place, cheaply: it runs with every key stroke. Times are Unix milliseconds. */
export interface RegionTracker {
  /**
   * Follows regions of a document; those that it knows already are put where they are said to be.
   * @param missed edits since then: these regions alone are carried through them
   */
  add(document: string, regions: readonly TrackedRegion[], missed: readonly EditEvent[], nowMs: number): void;
  /** Carries the regions of a document through an edit. */
  edited(event: EditEvent, nowMs: number): void;
  /** Another version of the file came from version control: where regions are now is anyone's guess. */
  checkedOut(document: string): void;
  /** A document is not open any more: nobody tells of its edits. */
  closed(document: string): void;
  /** Where errors are reported in a document, by something that reports them for its language. */
  errorsAt(document: string, errors: readonly Stretch[]): void;
  /** A test has failed, and points at a place in a document. */
  testFailedAt(document: string, place: Stretch): void;
  /**
   * What a look at a document has found; regions that nobody knew of, as after a restart, are followed from now on.
   * @param missed edits since the look: what it has placed is carried through them
   */
  placed(document: string, regions: readonly PlacedRegion[], missed: readonly EditEvent[], nowMs: number): void;
  /** In order of arrival. */
  regionsOf(document: string): readonly TrackedRegion[];
  /** Documents at which somebody must look now. */
  due(nowMs: number): readonly string[];
  /** When somebody must look next; null: never. */
  readonly nextDueMs: number | null;
  rename(from: string, to: string): void;
  forget(assessments: ReadonlySet<AssessmentId>): void;
  readonly documents: readonly string[];
}

/** An undo that comes later takes back more than an arrival. */
const UNDONE_WITHIN_MS = 30_000;

/** Share of a region that an undo must delete to have taken it back. */
const UNDONE_SHARE = 0.9;

interface Tracked extends TrackedRegion {
  /** What the last look has found, to know the region again after a checkout. */
  readonly lastFate: PlacedRegion['fate'];
}

export function createRegionTracker(): RegionTracker {
  const documents = new Map<string, readonly Tracked[]>();

  function change(document: string, update: (region: Tracked) => Tracked): void {
    const regions = documents.get(document);
    if (regions !== undefined) documents.set(document, regions.map(update));
  }

  return {
    add(document, regions, missed, nowMs) {
      const known = documents.get(document) ?? [];
      const added = new Set(regions.map(({ assessment }) => assessment));
      const fresh = regions.map((region) =>
        carriedThrough({ ...region, lastFate: { event: 'unchanged', retainedShare: 1 } }, missed, nowMs),
      );
      documents.set(document, [...known.filter(({ assessment }) => !added.has(assessment)), ...fresh]);
    },
    edited(event, nowMs) {
      change(event.document, (region) => carried(region, event, nowMs));
    },
    checkedOut(document) {
      change(document, (region) => ({ ...region, range: null, isCheckedOut: true }));
    },
    closed(document) {
      change(document, (region) => ({ ...region, range: null }));
    },
    errorsAt(document, errors) {
      change(document, (region) => {
        const { range } = region;
        if (range === null) return region;
        const isInside = errors.some((error) => overlap(error, range) > 0);
        return { ...region, hadErrors: region.hadErrors === true || isInside };
      });
    },
    testFailedAt(document, place) {
      change(document, (region) =>
        region.range !== null && overlap(place, region.range) > 0 ? { ...region, failedTest: true } : region,
      );
    },
    placed(document, regions, missed, nowMs) {
      const found = new Map(regions.map((region) => [region.assessment, region]));
      const known = documents.get(document) ?? [];
      const fresh = regions.filter(({ assessment }) => !known.some((region) => region.assessment === assessment));
      if (fresh.length > 0) documents.set(document, [...known, ...fresh.map(foundAgain)]);
      change(document, (region) => {
        const place = found.get(region.assessment);
        if (place === undefined) return { ...region, dueMs: null };
        const { fate, range, dueMs } = place;
        const isBack = isSameFate(fate, region.lastFate);
        const isCheckedOut = region.isCheckedOut && !isBack;
        const lastFate = isCheckedOut ? region.lastFate : fate;
        return carriedThrough({ ...region, range, dueMs, isCheckedOut, lastFate }, missed, nowMs);
      });
    },
    regionsOf: (document) => documents.get(document) ?? [],
    due: (nowMs) =>
      Array.from(documents)
        .filter(([, regions]) => regions.some(({ dueMs }) => dueMs !== null && dueMs <= nowMs))
        .map(([document]) => document),
    get nextDueMs() {
      const times = [...documents.values()].flatMap((regions) => regions.flatMap(({ dueMs }) => dueMs ?? []));
      return times.length === 0 ? null : times.reduce((first, dueMs) => Math.min(first, dueMs));
    },
    rename(from, to) {
      const regions = documents.get(from);
      if (regions === undefined) return;
      documents.delete(from);
      documents.set(to, [...(documents.get(to) ?? []), ...regions]);
    },
    forget(assessments) {
      for (const [document, regions] of documents) {
        const rest = regions.filter(({ assessment }) => !assessments.has(assessment));
        if (rest.length === 0) documents.delete(document);
        else documents.set(document, rest);
      }
    },
    get documents() {
      return [...documents.keys()];
    },
  };
}

function carriedThrough(region: Tracked, events: readonly EditEvent[], nowMs: number): Tracked {
  return events.reduce((before, event) => carried(before, event, nowMs), region);
}

/** A region after an edit of its document. */
function carried(region: Tracked, { edits, reason }: EditEvent, nowMs: number): Tracked {
  const changes = edits.map(({ start, end, inserted }) => ({ start, end, text: inserted }));
  const { range } = region;
  if (range === null) return region;
  const isOutside = changes.some(({ start, end }) => end < range.start || start > range.end);
  const deleted = changes.reduce((sum, one) => sum + overlap(one, range), 0);
  const isTakenBack =
    reason === 'undo' &&
    deleted > 0 &&
    nowMs - region.facts.atMs <= UNDONE_WITHIN_MS &&
    deleted >= UNDONE_SHARE * (range.end - range.start);
  const [moved = range] = carryStretches([range], changes);
  return {
    ...region,
    range: { start: moved.start, end: moved.end },
    workedOn: region.workedOn || (isOutside && reason === null),
    isUndone: isTakenBack || (region.isUndone && reason !== 'redo'),
    // The editor must see soon that it was taken back, or given again.
    dueMs: isTakenBack || (region.isUndone && reason === 'redo') ? nowMs : region.dueMs,
  };
}

/** Of what was lost and is found nobody knows what happened meanwhile. */
function foundAgain({ fate, ...placed }: PlacedRegion): Tracked {
  const unknown = { isCheckedOut: false, isUndone: false, hadErrors: null, failedTest: false, workedOn: true };
  return { ...placed, lastFate: fate, ...unknown };
}

function overlap(one: Stretch, other: Stretch): number {
  return Math.max(0, Math.min(one.end, other.end) - Math.max(one.start, other.start));
}

function isSameFate(one: PlacedRegion['fate'], other: PlacedRegion['fate']): boolean {
  return one !== null && one.event === other?.event && one.retainedShare === other.retainedShare;
}
