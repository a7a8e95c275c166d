import type { Calibration } from '../../src/core/risk/calibration.ts';
import { calibrationKeyOf } from '../../src/core/risk/calibrationKey.ts';
import { DEFAULT_BAND_RULES, fitCalibration } from '../../src/core/risk/fitCalibration.ts';
import { fitLeafHazards } from '../../src/core/risk/fitLeafHazards.ts';
import { PART_SCHEMA, partObservations } from '../../src/core/risk/partObservations.ts';
import { predictInOrder, type NamedOutcome } from '../../src/core/risk/predictInOrder.ts';
import type { RegionEvidence } from '../../src/core/risk/regionEvidence.ts';
import { regionObservation, regionSchema } from '../../src/core/risk/regionObservation.ts';
import { weakPrior } from '../../src/core/risk/weakPrior.ts';
import type { Source, Target } from '../../src/core/words.ts';
import { randomNumbers } from './randomNumbers.ts';

const DAY_MS = 86_400_000;

export const SOUND_60: Target = { event: 'sound', horizon: { days: 60 }, unit: 'region', definition: 1 };

/** Evidence of a region of so many leaves, all of one surprisal. */
export function someEvidence(leaves: number, nats: number, language = 'typescript'): RegionEvidence {
  const all = <Value>(value: Value): Value[] => new Array<Value>(leaves).fill(value);
  return {
    language,
    kind: 'function',
    lines: Math.ceil(leaves / 8),
    shareOfUnit: 1,
    signals: {
      meanProbability: Math.exp(-nats),
      geometricMeanProbability: Math.exp(-nats),
      totalSurprisal: leaves * nats,
      minimumLogprob: -nats,
      lowestLogprobs: -nats,
      tokenCount: leaves,
    },
    leaves: {
      categories: all(7),
      surprisalsNats: all(nats),
      seen: all(1),
      lines: Array.from({ length: leaves }, (_, leaf) => Math.floor(leaf / 8)),
    },
  };
}

/** Regions whose surprisal says a great deal: the chance to go well is sigma(3 - slope * nats). Two regions a commit. */
export function someOutcomes(count: number, slope: number, seed = 1): readonly NamedOutcome[] {
  const random = randomNumbers(seed);
  return Array.from({ length: count }, (_, index) => {
    const nats = 3 * random();
    const good = random() < 1 / (1 + Math.exp(slope * nats - 3));
    const evidence = someEvidence(16 + Math.floor(40 * random()), nats);
    return {
      id: `region ${index}`,
      region: regionObservation(evidence),
      touched: !good,
      commit: `commit ${Math.floor(index / 2)}`,
      atMs: 1.7e12 + Math.floor(index / 2) * 2 * DAY_MS,
      knownAtMs: 1.7e12 + (Math.floor(index / 2) * 2 + 60) * DAY_MS,
    };
  });
}

/** A calibration of a Source on made-up outcomes; with a slope it knows a great deal, with none nothing. */
export function someCalibration(source: Source, { count = 400, slope = 3 } = {}): Calibration {
  const outcomes = someOutcomes(count, slope);
  const prior = weakPrior(
    calibrationKeyOf(source, SOUND_60, 'ai'),
    regionSchema(['lnLeaves', 'meanLogprob']),
    outcomes.map(({ region }) => region),
  );
  const parts = fitLeafHazards(
    PART_SCHEMA,
    Array.from({ length: 40 }, (_, index) => {
      const evidence = someEvidence(6, 1);
      const surprisalsNats = evidence.leaves.surprisalsNats.map((_nats, leaf) => (leaf === index % 6 ? 6 : 0.2));
      const observations = partObservations({ leaves: { ...evidence.leaves, surprisalsNats } });
      return {
        parts: observations,
        changed: observations.map((_part, part) => part === 2 * (index % 6)),
        commit: `commit ${index}`,
      };
    }),
  );
  return fitCalibration({
    source,
    target: SOUND_60,
    prior: { ...prior, parts },
    outcomes,
    predictions: predictInOrder(prior, outcomes),
    rules: DEFAULT_BAND_RULES,
    refit: 1,
    origin: { kind: 'history', madeAtMs: 1.8e12, authors: 'ai' },
  });
}
