/**
 * Fits the public calibrations that come with Candor, `model/risk/calibrations.json`, to the data that `survey.ts` made:
 *
 *     node model/risk/fit.ts --work DIR [--days 60] [--without OWNER/NAME] [--out FILE]
 *
 * For each event and embedded engine: which features are worth their place by inner folds over repositories, the distribution of their
 * coefficients between repositories, where touched regions change, and how the comparison came out that docs/evaluation.md decided
 * beforehand; by that alone a chance is shown or not. The same data give the same file but for its date. What is fitted `--without` a
 * repository can be tried on it.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import type { Calibration } from '../../src/core/risk/calibration.ts';
import { calibrationKeyOf } from '../../src/core/risk/calibrationKey.ts';
import { noDriftEvidence } from '../../src/core/risk/driftEvidence.ts';
import { familiarityFeatures, fitFamiliarity } from '../../src/core/risk/familiarity.ts';
import { withoutSnapshot } from '../../src/core/risk/fitCalibration.ts';
import { fitLeafHazards } from '../../src/core/risk/fitLeafHazards.ts';
import { fitPrior } from '../../src/core/risk/fitPrior.ts';
import { predictInOrder, type NamedOutcome } from '../../src/core/risk/predictInOrder.ts';
import { PART_SCHEMA } from '../../src/core/risk/partObservations.ts';
import { regionSchema } from '../../src/core/risk/regionObservation.ts';
import { standingOf } from '../../src/core/risk/standingOf.ts';
import type { Source, Target } from '../../src/core/words.ts';
import { openLlamaEngine } from '../../src/engines/llama/llamaEngine.ts';
import { mixWithNgram } from '../../src/engines/mixture/mixWithNgram.ts';
import { chooseFeatures } from '../../src/lab/survival/chooseFeatures.ts';
import { compareOnPast } from '../../src/lab/survival/compareOnPast.ts';
import { logLossNats } from '../../src/lab/survival/featureModel.ts';
import type { HistoryEvent } from '../../src/lab/survival/labelledRegions.ts';
import { macroDifference } from '../../src/lab/survival/macroDifference.ts';
import { outcomesOfRecords, touchedRegionsOf } from '../../src/lab/survival/outcomesOfRecords.ts';
import { readSurvivalRecords } from '../../src/lab/survival/readSurvivalRecords.ts';
import type { SurvivalRecord } from '../../src/lab/survival/survivalRecord.ts';

const SEED = 1;
const DEFINITION = 1;
const DIGITS = 6;
const AGAINST = 'length, file age and the past rate of a repository';

/** Every number of a region stands beside its length. */
const ALWAYS: readonly string[] = ['lnLeaves'];

const { values } = parseArgs({
  options: {
    work: { type: 'string' },
    days: { type: 'string', default: '60' },
    without: { type: 'string' },
    out: { type: 'string' },
  },
});
if (values.work === undefined) throw new Error('needs --work DIR');
const folder = values.work;
const horizonDays = Number(values.days);
const records = readdirSync(folder)
  .filter((name) => name.endsWith('.jsonl'))
  .sort()
  .flatMap((name) => readSurvivalRecords(readFileSync(join(folder, name), 'utf8'), name))
  .filter(({ repository }) => repository !== values.without);
const byRepository = Map.groupBy(records, ({ repository }) => repository);

const calibrations: Calibration[] = [];
for (const source of await sourcesOfEngines()) {
  for (const event of ['sound', 'survives'] as const) calibrations.push(fitOne(source, event));
}
const path = values.out ?? fileURLToPath(new URL('calibrations.json', import.meta.url));
// A number more exact than its data is only longer.
const rounded = (_: string, value: unknown): unknown =>
  typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(DIGITS)) : value;
writeFileSync(path, `${JSON.stringify(calibrations, rounded)}\n`);

function fitOne(source: Source, event: HistoryEvent): Calibration {
  const { engine } = source;
  const target: Target = { event, horizon: { days: horizonDays }, unit: 'region', definition: DEFINITION };
  const outcomes = (of: readonly SurvivalRecord[]): ReturnType<typeof outcomesOfRecords> =>
    outcomesOfRecords(of, engine, event, horizonDays);
  const all = outcomes(records);
  const outcomesOf = new Map([...byRepository].map(([name, of]) => [name, outcomes(of)] as const));
  const rows = [...outcomesOf].flatMap(([repository, of]) =>
    of.map(({ region, touched }) => ({
      repository,
      features: region.features,
      levels: Object.values(region.levels),
      label: touched ? (0 as const) : (1 as const),
    })),
  );
  const candidates = new Set(all.flatMap(({ region }) => Object.keys(region.features)));
  const { names } = chooseFeatures(rows, ALWAYS, [...candidates].sort(), true);
  const region = fitPrior(regionSchema(names), outcomesOf);
  const blocks = [...compareOnPast(records, { event, horizonDays, engine, withChurn: true })];
  const compared = blocks.flatMap(({ regions }) => regions);
  const gain = macroDifference(compared, SEED);
  const standing = standingOf(
    compared.map(({ repository, landing, label, model, baseline }, index) => ({
      assessment: String(index),
      p: model,
      plain: baseline,
      good: label === 1,
      commit: `${repository} ${landing}`,
      atMs: 0,
    })),
    AGAINST,
  );
  const judged = { ...standing, gainNats: gain && { mean: gain.mean, low: gain.low, high: gain.high, level: 0.95 } };
  console.log(
    `${engine} ${event}: ${names.join(', ')}; gain ${gain?.mean.toFixed(4)} (${gain?.low.toFixed(4)} to ${gain?.high.toFixed(4)})`,
  );
  explore(names, outcomesOf);
  const times = all.map(({ atMs }) => atMs);
  return {
    schemaVersion: 1,
    source,
    target,
    model: {
      schemaVersion: 1,
      key: calibrationKeyOf(source, target, 'ai'),
      prior: `${byRepository.size} public repositories`,
      region,
      parts: fitLeafHazards(PART_SCHEMA, touchedRegionsOf(records, engine, event, horizonDays)),
      outcomeCount: 0,
      commitCount: 0,
    },
    bands: null,
    familiarity: fitFamiliarity(all.map((outcome) => familiarityFeatures(region.encoding, outcome.region))),
    drift: noDriftEvidence,
    standing: judged,
    lately: judged,
    origin: {
      kind: 'public',
      madeAtMs: Date.now(),
      authors: 'ai',
      firstMs: Math.min(...times),
      lastMs: Math.max(...times),
    },
  };
}

/**
 * An exploration, printed only: each repository predicted in order of time by the prior of all others and by its own outcomes as they
 * become known, as a user's would be. It is kind to the model, for the features were chosen with all repositories in view, and the others'
 * outcomes count whenever they were.
 */
function explore(names: readonly string[], outcomesOf: ReadonlyMap<string, readonly NamedOutcome[]>): void {
  const predicted = [...outcomesOf].flatMap(([repository, own]) => {
    const others = new Map([...outcomesOf].filter(([name]) => name !== repository));
    const region = fitPrior(regionSchema(names), others);
    const prior = {
      schemaVersion: 1,
      key: '',
      prior: '',
      region,
      parts: null,
      outcomeCount: 0,
      commitCount: 0,
    } as const;
    return predictInOrder(prior, own).map((prediction) => ({ ...prediction, repository }));
  });
  const gains = predicted.map(({ repository, commit, p, plain, good }) => {
    const label = good ? 1 : 0;
    return { repository, landing: commit, gainNats: logLossNats(plain, label) - logLossNats(p, label) };
  });
  const gain = macroDifference(gains, SEED);
  const { slope, discrimination } = standingOf(predicted, '');
  const interval = `${gain?.low.toFixed(4)} to ${gain?.high.toFixed(4)}`;
  console.log(
    `  exploration, own outcomes: gain ${gain?.mean.toFixed(4)} (${interval}), slope ${slope?.toFixed(2)}, discrimination ${discrimination?.toFixed(4)}`,
  );
}

/** The embedded engines, by the names that the survey gave them. */
async function sourcesOfEngines(): Promise<readonly Source[]> {
  const modelPath = fileURLToPath(new URL('../bundled.gguf', import.meta.url));
  const childUrl = new URL('../../src/engines/llama/llamaChild.ts', import.meta.url);
  const neural = await openLlamaEngine({ childUrl, load: { modelPath, threads: 1, contextTokens: 4096 } });
  try {
    const mixture = mixWithNgram(neural, 'bundled');
    if (mixture === null) throw new Error('the model cannot be mixed');
    return [mixture.learner.source, mixture.engine.source].map(withoutSnapshot);
  } finally {
    await neural.close();
  }
}
