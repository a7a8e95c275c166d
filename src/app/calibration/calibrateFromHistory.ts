import type { OnProgress } from '../../audit/onProgress.ts';
import { CandorError } from '../../core/candorError.ts';
import type { BandRules } from '../../core/risk/bands.ts';
import { keyOfCalibration, type Calibration } from '../../core/risk/calibration.ts';
import { calibrationKeyOf } from '../../core/risk/calibrationKey.ts';
import { DEFAULT_BAND_RULES, fitCalibration } from '../../core/risk/fitCalibration.ts';
import { predictInOrder } from '../../core/risk/predictInOrder.ts';
import { PLAIN_FEATURES, regionSchema } from '../../core/risk/regionObservation.ts';
import type { RiskModel } from '../../core/risk/riskModel.ts';
import { weakPrior } from '../../core/risk/weakPrior.ts';
import type { Authors, Source, Target } from '../../core/words.ts';
import { openRepository } from '../../history/openRepository.ts';
import type { HistoryEvent } from '../../lab/survival/labelledRegions.ts';
import { outcomesOfRecords } from '../../lab/survival/outcomesOfRecords.ts';
import { surveyRepository, type SurveyedRegion } from '../../lab/survival/surveyRepository.ts';
import { recordId, type SurvivalRecord } from '../../lab/survival/survivalRecord.ts';
import type { ParserPool } from '../../syntax/parserPool.ts';
import type { OpenedEngine } from '../openEngine.ts';
import type { CalibrationStore } from './calibrationStore.ts';
import { surveyJournal } from './surveyJournal.ts';

export interface HistoryRequest {
  /** Folder of the git repository, or inside it. */
  readonly folder: string;
  readonly ref: string;
  /** Days after its landing at which the fate of a region counts. */
  readonly horizonDays: number;
  /** When the time is over no more regions are scored; those of the first round always are. */
  readonly budgetMs: number;
  readonly mostRegions: number;
  /** Absent: AI-written code where trailers name any, or else all code. */
  readonly authors?: Authors;
  readonly rules: BandRules;
  readonly onProgress: OnProgress;
  readonly abortSignal?: AbortSignal;
}

/** What is asked for where nobody says otherwise. */
export const DEFAULT_HISTORY = {
  ref: 'HEAD',
  horizonDays: 60,
  budgetMs: 600_000,
  mostRegions: 600,
  rules: DEFAULT_BAND_RULES,
} as const satisfies Partial<HistoryRequest>;

export interface HistoryCalibration {
  /** One for each Source and event, in the order in which a judgement prefers them. */
  readonly calibrations: readonly Calibration[];
  readonly authors: Authors;
  readonly regions: number;
  readonly landings: number;
  /** Whether all regions that were drawn were scored; if not, another call goes on. */
  readonly isComplete: boolean;
}

const EVENTS: readonly HistoryEvent[] = ['sound', 'survives'];

/** Fates inside a commit go together: what counts is how many commits there are. */
const MOST_PER_LANDING = 5;

/** Scored on one way through the history. */
const PER_ROUND = 60;

const DEFINITION = 1;

/** Draws the same regions every time. */
const SEED = 1;

/** Fewer tell nothing. */
const FEWEST_REGIONS = 20;

/**
 * Calibrates the engine to what became of the code in a repository's own history: regions of past landings, scored by an engine that
 * had read no more than the tree before, and followed since. The calibrations are kept in the store.
 *
 * @param shared calibrations that came with Candor, whose models are the priors
 * @throws CandorError `unsupported` where git cannot read the folder, or the history is too short to tell anything; the signal's
 *   reason when aborted
 */
export async function calibrateFromHistory(
  opened: Pick<OpenedEngine, 'engine' | 'learner' | 'scout'> & { readonly parser: ParserPool },
  shared: readonly Calibration[],
  store: CalibrationStore,
  request: HistoryRequest,
): Promise<HistoryCalibration> {
  const { authors } = request;
  const first = await surveyed(opened, request, authors ?? 'ai');
  const isUnmarked = authors === undefined && first.records.length < FEWEST_REGIONS;
  const { records, isComplete } = isUnmarked ? await surveyed(opened, request, 'any') : first;
  const whose = isUnmarked ? 'any' : (authors ?? 'ai');
  if (records.length < FEWEST_REGIONS) {
    const what = whose === 'ai' ? 'regions of AI-written code' : 'regions';
    const message = `The history has ${records.length} ${what} that landed ${request.horizonDays} days ago or more, too few to calibrate. Give a shorter --days, or calibrate later.`;
    throw new CandorError('unsupported', message);
  }
  const before = await store.load();
  const calibrations = scorersOf(opened).flatMap(({ name, engine: { source } }) =>
    EVENTS.map((event) => fitEvent(records, { name, source, event, authors: whose }, shared, before, request)),
  );
  for (const calibration of calibrations) await store.save(calibration);
  return {
    calibrations,
    authors: whose,
    regions: records.length,
    landings: new Set(records.map(({ landing }) => landing)).size,
    isComplete,
  };
}

interface Subject {
  readonly name: string;
  readonly source: Source;
  readonly event: HistoryEvent;
  readonly authors: Authors;
}

function fitEvent(
  records: readonly SurvivalRecord[],
  { name, source, event, authors }: Subject,
  shared: readonly Calibration[],
  before: readonly Calibration[],
  { horizonDays, rules }: HistoryRequest,
): Calibration {
  const target: Target = { event, horizon: { days: horizonDays }, unit: 'region', definition: DEFINITION };
  const key = calibrationKeyOf(source, target, authors);
  const outcomes = outcomesOfRecords(records, name, event, horizonDays);
  const ofKey = (calibration: Calibration): boolean => keyOfCalibration(calibration) === key;
  const prior: RiskModel =
    shared.find(ofKey)?.model ??
    weakPrior(
      key,
      regionSchema(PLAIN_FEATURES),
      outcomes.map(({ region }) => region),
    );
  return fitCalibration({
    source,
    target,
    prior,
    outcomes,
    predictions: predictInOrder(prior, outcomes),
    rules,
    refit: (before.find(ofKey)?.bands?.refit ?? 0) + 1,
    origin: { kind: 'history', madeAtMs: Date.now(), authors },
  });
}

/** The engine itself and, where it reads a part only, the one that looks at everything. */
function scorersOf({ engine, scout }: Pick<OpenedEngine, 'engine' | 'scout'>): readonly {
  readonly name: string;
  readonly engine: OpenedEngine['engine'];
  readonly topK: number;
}[] {
  return [engine, ...(scout === null ? [] : [scout.engine])].map((one) => ({ name: one.name, engine: one, topK: 0 }));
}

/** Surveys the history until the budget is spent. Of a round that was cut nothing is used: it goes by time, and the early ones are there. */
async function surveyed(
  opened: Pick<OpenedEngine, 'engine' | 'learner' | 'scout'> & { readonly parser: ParserPool },
  request: HistoryRequest,
  authors: Authors,
): Promise<{ readonly records: readonly SurvivalRecord[]; readonly isComplete: boolean }> {
  const { folder, ref, horizonDays, budgetMs, mostRegions, onProgress, abortSignal } = request;
  const { parser, learner } = opened;
  const repository = await openRepository(folder, abortSignal);
  const scorers = scorersOf(opened);
  const sources = scorers.map(({ engine: { source } }) => ({ ...source, snapshot: '' }));
  const journal = surveyJournal(JSON.stringify([folder, authors, sources]));
  const known = await journal.load();
  const endMs = performance.now() + budgetMs;
  const regions: SurveyedRegion[] = [];
  let isComplete = true;
  const survey = surveyRepository(
    { repository, parser, scorers, learner },
    {
      name: folder,
      ref,
      seed: SEED,
      mostRegions,
      mostPerLanding: MOST_PER_LANDING,
      leastDays: horizonDays,
      mostDays: horizonDays,
      anyAuthor: authors === 'any',
      perRound: PER_ROUND,
      known,
      onProgress,
      ...(abortSignal !== undefined && { signal: abortSignal }),
    },
  );
  for await (const region of survey) {
    regions.push(region);
    if (!known.has(recordId(region.record))) await journal.add(region.record);
    if (performance.now() > endMs && region.round > 0) {
      isComplete = false;
      break;
    }
  }
  const lastRound = isComplete ? Infinity : (regions.at(-1)?.round ?? 0);
  return { records: regions.filter(({ round }) => round < lastRound).map(({ record }) => record), isComplete };
}
