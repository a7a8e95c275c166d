import type { NgramEngine } from '../../engines/ngram/ngramEngine.ts';
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
import { followedAnew, makeRecord, type Followed } from './makeRecord.ts';
import { scoreRegions, type RegionScore, type RegionScorer } from './scoreRegions.ts';
import { recordId, type SurvivalRecord } from './survivalRecord.ts';
import { createTimeMachine, type TimeMachine } from './timeMachine.ts';

/** What a survey needs from outside. */
export interface SurveyTools {
  readonly repository: Repository;
  readonly parser: ParserPool;
  /** Each scores every region, and is known by its name. */
  readonly scorers: readonly RegionScorer[];
  /** Is, or is a part of, each of the scorers that learns, and knows nothing yet; null: none does. */
  readonly learner: NgramEngine | null;
}

export interface SurveyOptions extends RegionLimits {
  /** By which the records know it. */
  readonly name: string;
  readonly ref: string;
  /** Regions must have been followed so long; they are followed to the end of the history, or `mostDays`. */
  readonly leastDays: number;
  readonly mostDays: number;
  readonly anyAuthor: boolean;
  /** Regions scored on one way through the history; the rounds follow the order in which regions were drawn. */
  readonly perRound: number;
  /** By `recordId`: what an earlier survey of this history has scored. It is followed anew, for the history may have gone on. */
  readonly known?: ReadonlyMap<string, SurvivalRecord>;
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
 * @returns the records as they come, a round in order of its landings. Who stops between two rounds has a sample as good as the
 *   whole, only smaller
 * @throws CandorError `unsupported` or `bad-call` where git cannot read the repository or the ref, `engine-failed` where an
 *   engine breaks down; the signal's reason when aborted
 */
export async function* surveyRepository(tools: SurveyTools, options: SurveyOptions): AsyncGenerator<SurveyedRegion> {
  const { repository, parser } = tools;
  const { ref, leastDays, anyAuthor, seed, perRound, signal } = options;
  const objects = openObjectReader(repository, signal);
  try {
    const landings = await firstParentLandings(repository, ref);
    const snapshotMs = landings.reduce((latest, { committedAtMs }) => Math.max(latest, committedAtMs), 0);
    const texts = createHistoryTexts(objects, parser);
    const admitted = chooseLandings(landings, { leastDays, snapshotMs, anyAuthor, seed });
    const chosen = await chooseRegions(admitted, texts, options, signal);
    const followed = await follow(landings, chosen, texts, options);
    const machine = tools.learner === null ? null : createTimeMachine(repository, objects, tools.learner);
    let done = 0;
    for (const [round, regions] of roundsOf(followed, chosen, perRound).entries()) {
      for (const group of byFile(regions)) {
        for (const record of await recordsOfFile(tools, machine, group, options, snapshotMs)) {
          yield { record, round };
        }
        done += group.length;
        options.onProgress('scoring', done, followed.length);
      }
    }
  } finally {
    await objects.close();
  }
}

/** A record, and the round that it was scored in, from 0. */
export interface SurveyedRegion {
  readonly record: SurvivalRecord;
  readonly round: number;
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

/** The regions in the order in which they were drawn, so many a round. */
function roundsOf(
  followed: readonly Followed[],
  drawn: readonly ChosenRegion[],
  perRound: number,
): readonly (readonly Followed[])[] {
  const placeOf = new Map(drawn.map((region, place) => [region, place]));
  const rounds = Map.groupBy(followed, ({ region }) => Math.floor((placeOf.get(region) ?? 0) / perRound));
  return [...rounds].sort(([one], [other]) => one - other).map(([, regions]) => regions);
}

/** Scores the regions of one file of one landing, by what stood in the tree before; those that are known already are not. */
async function recordsOfFile(
  tools: SurveyTools,
  machine: TimeMachine | null,
  group: readonly Followed[],
  options: SurveyOptions,
  snapshotMs: number,
): Promise<readonly SurvivalRecord[]> {
  const known = group.flatMap((one): SurvivalRecord[] => {
    const { chosen, path, part } = one.region;
    const record = options.known?.get(recordId({ landing: chosen.landing.hash, path, start: part.start }));
    return record === undefined ? [] : [followedAnew(record, one, snapshotMs)];
  });
  if (known.length === group.length) return known;
  const parent = group[0]?.region.chosen.landing.parent ?? null;
  if (parent === null) return [];
  await machine?.goTo(parent, options.signal);
  const scores = await scoresOf(tools, group);
  return group.map((one, index) => makeRecord(options.name, one, snapshotMs, scores, index));
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
