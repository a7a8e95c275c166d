import { acceptanceSteps } from '../../src/core/risk/acceptanceSteps.ts';
import { type BandRules, fitBands } from '../../src/core/risk/bands.ts';
import { clopperPearsonUpper } from '../../src/core/risk/clopperPearson.ts';
import type { PrequentialPrediction } from '../../src/core/risk/prequentialPrediction.ts';
import { seededRandom } from '../../src/core/seededRandom.ts';
import { type CommitShape, drawCommit, drawLogits, MEASURED_SHAPE, sigmoid } from './clusteredCommits.ts';

export const RULES: BandRules = { trustRate: 0.2, doubtRate: 0.5, level: 0.1 };

/** Commits on record at each refit. */
export const REFITS: readonly number[] = [50, 100, 200, 400];

/** A world and a model of risk in it: what the model says where the truth is `logit`. */
export interface Scenario {
  readonly name: string;
  readonly shape: CommitShape;
  /** `commits`: how many came before. The lots, from 0 to 1, are for models that guess. */
  readonly predict: (logit: number, lots: Lots, commits: number) => number;
}

interface Lots {
  readonly region: number;
  readonly commit: number;
}

const failingAt = (rate: number): CommitShape => ({
  ...MEASURED_SHAPE,
  meanLogit: Math.log((1 - rate) / rate),
  spread: 0,
});

export const SCENARIOS: readonly Scenario[] = [
  { name: 'calibrated', shape: MEASURED_SHAPE, predict: (logit) => sigmoid(logit) },
  { name: 'overconfident', shape: MEASURED_SHAPE, predict: (logit) => sigmoid(1.6 * logit + 0.5) },
  { name: 'calibrated, sharp', shape: { ...MEASURED_SHAPE, spread: 2 }, predict: (logit) => sigmoid(logit) },
  {
    name: 'upside down, just too bad',
    shape: { ...failingAt(0.2), spread: 0.3 },
    predict: (logit) => sigmoid(2.8 - logit),
  },
  { name: 'guesses, all just too bad', shape: failingAt(0.201), predict: (_, { region }) => region },
  { name: 'guesses, all just too good', shape: failingAt(0.499), predict: (_, { region }) => region },
  {
    name: 'guesses by commit, outcomes too',
    shape: { ...failingAt(0.201), intraclass: 1 },
    predict: (_, { commit }) => commit,
  },
];

/** What is outside the promise: a model that is calibrated for 200 commits and then replaced by an overconfident one. */
export const CHANGED_MODEL: Scenario = {
  name: 'the model turns overconfident',
  shape: MEASURED_SHAPE,
  predict: (logit, _, commits) => sigmoid(commits < 200 ? logit : 1.6 * logit + 0.5),
};

/** How Candor opens the bands, and ways without one of its rules, to see what each is for. */
export const WAYS = ['candor', 'level not spent', 'regions counted', 'early failures skipped'] as const;
export type Way = (typeof WAYS)[number];

export interface WayFigures {
  /** Share of the runs in which any refit opened a band that breaks its promise. */
  readonly trustBroken: number;
  readonly doubtBroken: number;
  /** The same among the runs that opened a band; null where none did. */
  readonly trustBrokenOfOpened: number | null;
  /** Share of the runs whose last refit left the band empty. */
  readonly trustEmpty: number;
  /** Mean share of the regions in the band at the last refit. */
  readonly trustShare: number;
  readonly doubtEmpty: number;
  readonly doubtShare: number;
}

/** Share of runs that a promise kept at `level` exceeds in one study of 20. */
export function mostBroken(level: number, runs: number): number {
  return level + 1.645 * Math.sqrt((level * (1 - level)) / runs);
}

/** How much to simulate: histories, and commits behind the true rates. */
export interface StudySize {
  readonly runs: number;
  readonly truthCommits: number;
  readonly seed: number;
}

/** Opens bands in simulated histories, in each way, and holds them against the truth. */
export function studyBands(
  scenario: Scenario,
  ways: readonly Way[],
  { runs, truthCommits, seed }: StudySize,
): Map<Way, WayFigures> {
  const truth = trueRates(scenario, truthCommits, seed);
  const tallies = new Map(ways.map((way) => [way, { trust: newTally(), doubt: newTally() }]));
  for (let run = 0; run < runs; run += 1) {
    const record = drawRecord(scenario, seed * 100_003 + run);
    for (const way of ways) {
      const tally = tallies.get(way)!;
      const broken = { trust: false, doubt: false };
      const opened = { trust: false, doubt: false };
      for (const [index, commits] of REFITS.entries()) {
        const known = record.filter(({ order }) => order < commits);
        const thresholds = openBands(way, known, index + 1);
        const byRegion = way === 'regions counted';
        for (const side of ['trust', 'doubt'] as const) {
          const threshold = thresholds[side];
          const cell = threshold === null ? null : truth[side][Math.round(threshold * 100)]!;
          opened[side] ||= cell !== null;
          const bad = byRegion ? cell?.badOfRegions : cell?.badOfCommits;
          if (bad !== undefined) {
            broken[side] ||= side === 'trust' ? bad > RULES.trustRate : bad < RULES.doubtRate;
          }
          if (index + 1 < REFITS.length) continue;
          tally[side].empty += Number(cell === null);
          tally[side].share += cell?.share ?? 0;
        }
      }
      for (const side of ['trust', 'doubt'] as const) {
        tally[side].opened += Number(opened[side]);
        tally[side].broken += Number(broken[side]);
      }
    }
  }
  return new Map(
    [...tallies].map(([way, { trust, doubt }]) => [
      way,
      {
        trustBroken: trust.broken / runs,
        doubtBroken: doubt.broken / runs,
        trustBrokenOfOpened: trust.opened === 0 ? null : trust.broken / trust.opened,
        trustEmpty: trust.empty / runs,
        trustShare: trust.share / runs,
        doubtEmpty: doubt.empty / runs,
        doubtShare: doubt.share / runs,
      },
    ]),
  );
}

interface OrderedPrediction extends PrequentialPrediction {
  /** How many commits came before its own. */
  readonly order: number;
}

const newTally = (): { opened: number; broken: number; empty: number; share: number } => ({
  opened: 0,
  broken: 0,
  empty: 0,
  share: 0,
});

function drawRecord({ shape, predict }: Scenario, seed: number): OrderedPrediction[] {
  const random = seededRandom(seed);
  return Array.from({ length: REFITS.at(-1)! }, (_, order) => {
    const lotOfCommit = random.uniform();
    return drawCommit(shape, random).map(({ logit, good }, region) => ({
      assessment: `${seed}/${order}/${region}`,
      commit: `${seed}/${order}`,
      p: predict(logit, { region: random.uniform(), commit: lotOfCommit }, order),
      good,
      order,
    }));
  }).flat();
}

/** The thresholds that a way opens; null where a band stays empty. */
function openBands(
  way: Way,
  record: readonly PrequentialPrediction[],
  refit: number,
): { readonly trust: number | null; readonly doubt: number | null } {
  if (way === 'early failures skipped') {
    return { trust: skippingThreshold(record, 'at-least', refit), doubt: skippingThreshold(record, 'at-most', refit) };
  }
  const counted = way === 'regions counted' ? record.map((one) => ({ ...one, commit: one.assessment })) : record;
  // The first refit of twice the level has the level for its own.
  const rules = way === 'level not spent' ? { ...RULES, level: 2 * RULES.level } : RULES;
  const { trust, doubt } = fitBands(counted, rules, way === 'level not spent' ? 1 : refit);
  return {
    trust: trust.outcome === 'passed' ? trust.threshold : null,
    doubt: doubt.outcome === 'passed' ? doubt.threshold : null,
  };
}

/** The walk that forgives failures until something has passed. */
function skippingThreshold(
  record: readonly PrequentialPrediction[],
  side: 'at-least' | 'at-most',
  refit: number,
): number | null {
  const grid = Array.from({ length: 99 }, (_, index) => (side === 'at-least' ? 99 - index : index + 1) / 100);
  const mostFailing = side === 'at-least' ? RULES.trustRate : 1 - RULES.doubtRate;
  const end = Math.round(100 * mostFailing);
  let passed: number | null = null;
  for (const { threshold, units, failures } of acceptanceSteps(record, grid.slice(0, end), side)) {
    const bound = clopperPearsonUpper(failures, units, RULES.level / (refit * (refit + 1)));
    if (bound <= mostFailing) passed = threshold;
    else if (passed !== null) return passed;
  }
  return passed;
}

interface TrueRate {
  /** Chance that a drawn region, of a drawn commit that has one in the band, goes bad: what is promised. */
  readonly badOfCommits: number;
  readonly badOfRegions: number;
  readonly share: number;
}

/** For each hundredth of p what is true of the bands that begin there, by many commits and the model's final state. */
function trueRates(
  { shape, predict }: Scenario,
  truthCommits: number,
  seed: number,
): {
  readonly trust: readonly TrueRate[];
  readonly doubt: readonly TrueRate[];
} {
  const random = seededRandom(seed + 777_777);
  const sums = { trust: newSums(), doubt: newSums() };
  let regions = 0;
  for (let commit = 0; commit < truthCommits; commit += 1) {
    const lotOfCommit = random.uniform();
    const predicted = drawLogits(shape, random).map((logit) => ({
      p: predict(logit, { region: random.uniform(), commit: lotOfCommit }, Infinity),
      bad: 1 - sigmoid(logit),
    }));
    regions += predicted.length;
    addCommit(
      sums.trust,
      predicted.toSorted((one, other) => other.p - one.p),
      ({ p }) => Math.floor(p * 100),
      -1,
    );
    addCommit(
      sums.doubt,
      predicted.toSorted((one, other) => one.p - other.p),
      ({ p }) => Math.ceil(p * 100),
      1,
    );
  }
  const ratesOf = ({ commitBad, commits, regionBad, accepted }: Sums): TrueRate[] =>
    commits.map((count, cell) => ({
      badOfCommits: commitBad[cell]! / count,
      badOfRegions: regionBad[cell]! / accepted[cell]!,
      share: accepted[cell]! / regions,
    }));
  return { trust: ratesOf(sums.trust), doubt: ratesOf(sums.doubt) };
}

interface Sums {
  readonly commitBad: number[];
  readonly commits: number[];
  readonly regionBad: number[];
  readonly accepted: number[];
}

function newSums(): Sums {
  const zeros = (): number[] => Array.from({ length: 101 }, () => 0);
  return { commitBad: zeros(), commits: zeros(), regionBad: zeros(), accepted: zeros() };
}

/** Adds a commit, its regions strictest first, to all thresholds on its side. */
function addCommit(
  sums: Sums,
  strictestFirst: readonly { readonly p: number; readonly bad: number }[],
  firstCellOf: (region: { readonly p: number }) => number,
  direction: 1 | -1,
): void {
  let [bad, count] = [0, 0];
  for (const [index, region] of strictestFirst.entries()) {
    bad += region.bad;
    count += 1;
    const next = strictestFirst[index + 1];
    const end = next === undefined ? (direction === 1 ? 101 : -1) : firstCellOf(next);
    for (let cell = firstCellOf(region); cell !== end; cell += direction) {
      sums.commitBad[cell]! += bad / count;
      sums.commits[cell]! += 1;
      sums.regionBad[cell]! += bad;
      sums.accepted[cell]! += count;
    }
  }
}
