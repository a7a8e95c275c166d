import { lineIndexOf, positionAt } from '../../core/lineIndex.ts';
import type { RegionFate } from '../../history/fate/regionFate.ts';
import type { PathPast } from '../../history/repositoryPast.ts';
import type { ChosenRegion } from './chooseRegions.ts';
import type { RegionScore } from './scoreRegions.ts';
import type { AfterDays, SurvivalRecord } from './survivalRecord.ts';

const DAY_MS = 86_400_000;

/** A chosen region, what was known of its file when it landed, and what became of it. */
export interface Followed {
  readonly region: ChosenRegion;
  readonly past: PathPast;
  readonly fate: RegionFate;
}

/**
 * The record of a region that was scored.
 *
 * @param repository by which the records know it
 * @param snapshotMs date of the last commit known
 * @param scores by scorer: those of the regions of its file
 * @param index which of them is its own
 */
export function makeRecord(
  repository: string,
  { region, past, fate }: Followed,
  snapshotMs: number,
  scores: ReadonlyMap<string, readonly RegionScore[]>,
  index: number,
): SurvivalRecord {
  const { chosen, part, leaves, path, language, lineCount, firstLeaf, endLeaf, regionsOfLanding } = region;
  const { landing, tool } = chosen;
  const ordinals = leaves.ordinals.subarray(firstLeaf, endLeaf);
  const lines = lineIndexOf(leaves.text);
  const lineOf = (ordinal: number): number =>
    positionAt(lines, leaves.spans.starts[leaves.spans.leaves[ordinal] ?? 0] ?? 0).line;
  const ofEngines = <Value>(valueOf: (score: RegionScore) => Value): Readonly<Record<string, Value>> =>
    Object.fromEntries(
      Array.from(scores, ([engine, list]) => [engine, list[index]] as const).flatMap(([engine, score]) =>
        score === undefined ? [] : [[engine, valueOf(score)]],
      ),
    );
  return {
    schemaVersion: 1,
    repository,
    landing: landing.hash,
    path,
    start: part.start,
    end: part.end,
    language,
    kind: part.kind,
    tool,
    landedAtMs: landing.committedAtMs,
    followedDays: daysAfter(landing.committedAtMs, snapshotMs),
    context: {
      lines: lineCount,
      shareOfUnit: region.shareOfUnit,
      ...past,
      regionsOfLanding,
      filesOfLanding: landing.changes.length,
    },
    signals: ofEngines(({ signals }) => signals),
    fate: fateInDays(fate, landing.committedAtMs),
    leaves: {
      categories: Array.from(ordinals, (ordinal) => leaves.spans.categories[leaves.spans.leaves[ordinal] ?? 0] ?? 255),
      surprisalsNats: ofEngines(({ surprisalNats }) =>
        Array.from(ordinals, (ordinal) => Number(surprisalNats(ordinal).toFixed(3))),
      ),
      seen: Array.from(ordinals, (ordinal) => seenInTree(scores, index, ordinal)),
      lines: Array.from(ordinals, (ordinal) => lineOf(ordinal) - lineOf(ordinals[0] ?? 0)),
      ...changesInDays(fate, landing.committedAtMs),
    },
  };
}

/** A record of the same region, which was scored before, with what became of it by now. */
export function followedAnew(
  record: SurvivalRecord,
  { region, fate }: Pick<Followed, 'region' | 'fate'>,
  snapshotMs: number,
): SurvivalRecord {
  const landedMs = region.chosen.landing.committedAtMs;
  return {
    ...record,
    followedDays: daysAfter(landedMs, snapshotMs),
    fate: fateInDays(fate, landedMs),
    leaves: { ...record.leaves, ...changesInDays(fate, landedMs) },
  };
}

function fateInDays(fate: RegionFate, landedMs: number): SurvivalRecord['fate'] {
  const at = (event: { readonly atMs: number } | null): AfterDays =>
    event === null ? null : daysAfter(landedMs, event.atMs);
  return {
    touched: at(fate.touched),
    fixed: at(fate.fixed),
    extended: at(fate.extended),
    censored: at(fate.censored),
    ...(fate.censored !== null && { why: fate.censored.why }),
  };
}

function changesInDays(
  { leafChangesMs, gapChangesMs }: RegionFate,
  landedMs: number,
): Pick<SurvivalRecord['leaves'], 'changed' | 'gapsChanged'> {
  const at = (atMs: number): AfterDays => (Number.isNaN(atMs) ? null : daysAfter(landedMs, atMs));
  return { changed: Array.from(leafChangesMs, at), gapsChanged: Array.from(gapChangesMs, at) };
}

/** Dates of commits need not rise along a history. */
function daysAfter(landedMs: number, atMs: number): number {
  return Math.max(0, atMs - landedMs) / DAY_MS;
}

/** 1: the leaf's tokens stood in a row in the tree or above in the file; 0: they did not; null: nobody knows. */
function seenInTree(scores: ReadonlyMap<string, readonly RegionScore[]>, index: number, ordinal: number): 0 | 1 | null {
  for (const list of scores.values()) {
    const wasSeen = list[index]?.wasSeen(ordinal) ?? null;
    if (wasSeen !== null) return wasSeen ? 1 : 0;
  }
  return null;
}
