import { lineIndexOf, positionAt } from '../../core/lineIndex.ts';
import type { NgramEngine } from '../../engines/ngram/ngramEngine.ts';
import type { RegionFate } from '../../history/fate/regionFate.ts';
import { RegionFollower, type LandedFile } from '../../history/fate/regionFollower.ts';
import { firstParentLandings, type FileChange, type Landing } from '../../history/firstParentLandings.ts';
import { isFix } from '../../history/isFix.ts';
import { openObjectReader } from '../../history/objectReader.ts';
import type { Repository } from '../../history/openRepository.ts';
import { RepositoryPast, type PathPast } from '../../history/repositoryPast.ts';
import type { ParserPool } from '../../syntax/parserPool.ts';
import { chooseLandings } from './chooseLandings.ts';
import { chooseRegions, type ChosenRegion, type RegionLimits } from './chooseRegions.ts';
import { createHistoryTexts, type HistoryTexts } from './historyTexts.ts';
import { scoreRegions, type RegionScore, type RegionScorer } from './scoreRegions.ts';
import type { AfterDays, SurvivalRecord } from './survivalRecord.ts';
import { createTimeMachine } from './timeMachine.ts';

/** What a survey needs from outside. */
export interface SurveyTools {
  readonly repository: Repository;
  readonly parser: ParserPool;
  /** Each scores every region, and is known by its name. */
  readonly scorers: readonly RegionScorer[];
  /** Is, or is a part of, each of the scorers that learns, and knows nothing yet. */
  readonly learner: NgramEngine;
}

export interface SurveyOptions extends RegionLimits {
  /** By which the records know it. */
  readonly name: string;
  readonly ref: string;
  /** Regions must have been followed so long; they are followed to the end of the history, or `mostDays`. */
  readonly leastDays: number;
  readonly mostDays: number;
  readonly anyAuthor: boolean;
  readonly onProgress: (activity: string, done: number, total: number) => void;
  readonly signal?: AbortSignal;
}

const DAY_MS = 86_400_000;

/**
 * What became of the AI-written code of a repository: regions of its landings, drawn at random, with what was known of them
 * when they landed, scored by engines that knew no more than the tree before, and followed since.
 *
 * The repository is read from its objects alone; nothing is checked out and none of its programs is run.
 *
 * @returns in order of the landings
 * @throws CandorError `unsupported` or `bad-call` where git cannot read the repository or the ref, `engine-failed` where an
 *   engine breaks down; the signal's reason when aborted
 */
export async function surveyRepository(tools: SurveyTools, options: SurveyOptions): Promise<readonly SurvivalRecord[]> {
  const { repository, parser } = tools;
  const { ref, leastDays, anyAuthor, seed, signal } = options;
  const objects = openObjectReader(repository, signal);
  try {
    const landings = await firstParentLandings(repository, ref);
    const snapshotMs = landings.reduce((latest, { committedAtMs }) => Math.max(latest, committedAtMs), 0);
    const texts = createHistoryTexts(objects, parser);
    const admitted = chooseLandings(landings, { leastDays, snapshotMs, anyAuthor, seed });
    const chosen = await chooseRegions(admitted, texts, options, signal);
    const followed = await follow(landings, chosen, texts, options);
    const machine = createTimeMachine(repository, objects, tools.learner);
    const records: SurvivalRecord[] = [];
    for (const group of byFile(followed)) {
      const parent = group[0]?.region.chosen.landing.parent ?? null;
      if (parent === null) continue;
      await machine.goTo(parent, signal);
      const scores = await scoresOf(tools, group);
      for (const [index, one] of group.entries()) records.push(recordOf(options, one, snapshotMs, scores, index));
      options.onProgress('scoring', records.length, followed.length);
    }
    return records;
  } finally {
    await objects.close();
  }
}

/** A chosen region, what was known of its file when it landed, and what became of it. */
interface Followed {
  readonly region: ChosenRegion;
  readonly past: PathPast;
  readonly fate: RegionFate;
}

async function follow(
  landings: readonly Landing[],
  chosen: readonly ChosenRegion[],
  texts: HistoryTexts,
  { mostDays, onProgress, signal }: SurveyOptions,
): Promise<readonly Followed[]> {
  const byLanding = Map.groupBy(chosen, ({ chosen: { landing } }) => landing.hash);
  const follower = new RegionFollower();
  const repositoryPast = new RepositoryPast();
  const done: Followed[] = [];
  let open: { readonly id: string; readonly region: ChosenRegion; readonly past: PathPast }[] = [];
  const endThoseBefore = (landedMs: number): void => {
    const isOver = ({ region }: (typeof open)[number]): boolean => region.chosen.landing.committedAtMs < landedMs;
    for (const { id, ...one } of open.filter(isOver)) {
      const fate = follower.fateOf(id);
      if (fate !== null) done.push({ ...one, fate });
      follower.remove(id);
    }
    open = open.filter((one) => !isOver(one));
  };
  for (const [index, landing] of landings.entries()) {
    signal?.throwIfAborted();
    const atMs = landing.committedAtMs;
    endThoseBefore(atMs - mostDays * DAY_MS);
    if (open.length > 0) {
      const files = landing.changes.map((change) => landedFile(change, texts));
      await follower.apply({ hash: landing.hash, atMs, isFix: isFix(landing.message), files });
    }
    for (const [ordinal, region] of (byLanding.get(landing.hash) ?? []).entries()) {
      const id = `${landing.hash} ${ordinal}`;
      follower.add({ id, path: region.path, firstLeaf: region.firstLeaf, endLeaf: region.endLeaf });
      open.push({ id, region, past: repositoryPast.of(region.path, atMs) });
    }
    repositoryPast.add(landing);
    onProgress('following', index + 1, landings.length);
  }
  endThoseBefore(Infinity);
  return done;
}

function landedFile({ path, oldPath, oldBlob, newBlob }: FileChange, texts: HistoryTexts): LandedFile {
  const pathBefore = oldBlob === null ? null : (oldPath ?? path);
  return {
    pathBefore,
    pathAfter: newBlob === null ? null : path,
    before: () => (oldBlob === null ? Promise.resolve(null) : texts.leaves(pathBefore ?? path, oldBlob)),
    after: () => (newBlob === null ? Promise.resolve(null) : texts.leaves(path, newBlob)),
  };
}

/** Regions of the same file of the same landing, in text order, landings in order of time. */
function byFile(followed: readonly Followed[]): readonly (readonly Followed[])[] {
  const groups = Map.groupBy(followed, ({ region }) => `${region.chosen.landing.hash} ${region.path}`);
  const landedMs = (group: readonly Followed[]): number => group[0]?.region.chosen.landing.committedAtMs ?? 0;
  return Array.from(groups.values(), (group) =>
    group.toSorted((one, other) => one.region.part.start - other.region.part.start),
  ).sort((one, other) => landedMs(one) - landedMs(other));
}

/** By scorer: a score for each of the regions of one file. */
async function scoresOf(
  { scorers }: SurveyTools,
  group: readonly Followed[],
): Promise<ReadonlyMap<string, readonly RegionScore[]>> {
  const scores = new Map<string, readonly RegionScore[]>();
  const [first] = group;
  if (first === undefined) return scores;
  const { leaves, path } = first.region;
  const parts = group.map(({ region }) => region.part);
  for (const scorer of scorers) scores.set(scorer.name, await scoreRegions(scorer, path, leaves, parts));
  return scores;
}

function recordOf(
  { name }: SurveyOptions,
  { region, past, fate }: Followed,
  snapshotMs: number,
  scores: ReadonlyMap<string, readonly RegionScore[]>,
  index: number,
): SurvivalRecord {
  const { chosen, part, leaves, path, language, lineCount, firstLeaf, endLeaf, regionsOfLanding } = region;
  const { landing, tool } = chosen;
  const afterDays = (atMs: number): AfterDays =>
    Number.isNaN(atMs) ? null : Math.max(0, atMs - landing.committedAtMs) / DAY_MS;
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
    repository: name,
    landing: landing.hash,
    path,
    start: part.start,
    end: part.end,
    language,
    kind: part.kind,
    tool,
    landedAtMs: landing.committedAtMs,
    followedDays: (snapshotMs - landing.committedAtMs) / DAY_MS,
    context: {
      lines: lineCount,
      shareOfUnit: region.shareOfUnit,
      ...past,
      regionsOfLanding,
      filesOfLanding: landing.changes.length,
    },
    signals: ofEngines(({ signals }) => signals),
    fate: {
      touched: afterDays(fate.touched?.atMs ?? Number.NaN),
      fixed: afterDays(fate.fixed?.atMs ?? Number.NaN),
      extended: afterDays(fate.extended?.atMs ?? Number.NaN),
      censored: afterDays(fate.censored?.atMs ?? Number.NaN),
      ...(fate.censored !== null && { why: fate.censored.why }),
    },
    leaves: {
      categories: Array.from(ordinals, (ordinal) => leaves.spans.categories[leaves.spans.leaves[ordinal] ?? 0] ?? 255),
      surprisalsNats: ofEngines(({ surprisalNats }) =>
        Array.from(ordinals, (ordinal) => Number(surprisalNats(ordinal).toFixed(3))),
      ),
      seen: Array.from(ordinals, (ordinal) => seenInTree(scores, index, ordinal)),
      lines: Array.from(ordinals, (ordinal) => lineOf(ordinal) - lineOf(ordinals[0] ?? 0)),
      changed: Array.from(fate.leafChangesMs, afterDays),
      gapsChanged: Array.from(fate.gapChangesMs, afterDays),
    },
  };
}

/** 1: the leaf's tokens stood in a row in the tree or above in the file; 0: they did not; null: nobody knows. */
function seenInTree(scores: ReadonlyMap<string, readonly RegionScore[]>, index: number, ordinal: number): 0 | 1 | null {
  for (const list of scores.values()) {
    const wasSeen = list[index]?.wasSeen(ordinal) ?? null;
    if (wasSeen !== null) return wasSeen ? 1 : 0;
  }
  return null;
}
