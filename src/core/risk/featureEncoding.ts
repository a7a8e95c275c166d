import { CandorError } from '../candorError.ts';
import type { Design } from './fitLogistic.ts';
import type { FeatureSchema, Observation } from './observation.ts';

/** How observations become rows of numbers: plain data, kept with the coefficients that belong to it. */
export interface FeatureEncoding {
  readonly schema: FeatureSchema;
  /** One a feature of the schema, in its order: mean and standard deviation where it was there. */
  readonly scales: readonly FeatureScale[];
  readonly levels: readonly Level[];
}

export interface FeatureScale {
  readonly mean: number;
  /** More than 0: a feature that never varied has 1, and says nothing. */
  readonly scale: number;
}

/** A level that has a column of its own, 1 where it holds: a random intercept. */
export interface Level {
  readonly group: string;
  readonly name: string;
}

/** The group whose levels are the names of features that are absent. */
export const ABSENT_FEATURE = 'absent';

/** Standard deviations beyond which a feature says no more: no regression is to be believed out there. */
const FARTHEST = 10;

/** Beyond this a number counts as none: its square is one still. */
const LARGEST = 1e100;

/** An observation in numbers. */
export interface EncodedObservation {
  /** 1 for the intercept, then a standardised number a feature, at most 10 from 0, then 0 or 1 a level. */
  readonly row: Float64Array;
  /** Levels of the observation without a column: nothing is known of their effect but how large such effects are. */
  readonly unseen: readonly Level[];
}

/**
 * Learns mean and scale of each feature, and which levels there are.
 *
 * An absent feature takes the mean, which standardised is 0, and its absence is a level like a language: a column of its
 * own, because what is absent is not absent by accident.
 *
 * @throws CandorError `bad-call` without observations, or where the schema calls a group `absent`
 */
export function fitEncoding(schema: FeatureSchema, observations: readonly Observation[]): FeatureEncoding {
  if (observations.length === 0) {
    throw new CandorError('bad-call', 'There is nothing to learn from. Give at least one observation.');
  }
  if (schema.groups.includes(ABSENT_FEATURE)) {
    throw new CandorError(
      'bad-call',
      'The group "absent" is that of absent features. Give the other one another name.',
    );
  }
  const scales = schema.features.map((feature) => scaleOf(observations, feature));
  return withLevels({ schema, scales, levels: [] }, observations);
}

/** The encoding with columns for levels that it lacks, after those it has. */
export function withLevels(encoding: FeatureEncoding, observations: readonly Observation[]): FeatureEncoding {
  const found = new Map<string, Level>();
  for (const observation of observations) {
    for (const level of levelsOf(encoding.schema, observation)) found.set(keyOf(level), level);
  }
  for (const level of encoding.levels) found.delete(keyOf(level));
  const added = [...found].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, level]) => level);
  return { ...encoding, levels: [...encoding.levels, ...added] };
}

/** Intercept, features and levels together. */
export function columnCount(encoding: FeatureEncoding): number {
  return levelsFrom(encoding) + encoding.levels.length;
}

/** The first column of a level. Those before it are the intercept's and the features'. */
export function levelsFrom({ scales }: FeatureEncoding): number {
  return 1 + scales.length;
}

export function encodeObservation(encoding: FeatureEncoding, observation: Observation): EncodedObservation {
  const { schema, scales, levels } = encoding;
  const row = new Float64Array(columnCount(encoding));
  row[0] = 1;
  for (const [index, { mean, scale }] of scales.entries()) {
    const value = valueOf(observation, schema.features[index] ?? '');
    if (value !== null) row[1 + index] = Math.min(FARTHEST, Math.max(-FARTHEST, (value - mean) / scale));
  }
  const unseen: Level[] = [];
  for (const level of levelsOf(schema, observation)) {
    const index = levels.findIndex(({ group, name }) => group === level.group && name === level.name);
    if (index < 0) unseen.push(level);
    else row[levelsFrom(encoding) + index] = 1;
  }
  return { row, unseen };
}

/** The rows of observations, one after the other. */
export function encodeAll(encoding: FeatureEncoding, observations: readonly Observation[]): Design {
  const columns = columnCount(encoding);
  const values = new Float64Array(observations.length * columns);
  for (const [index, observation] of observations.entries()) {
    values.set(encodeObservation(encoding, observation).row, index * columns);
  }
  return { values, columns };
}

function levelsOf({ features, groups }: FeatureSchema, observation: Observation): Level[] {
  return [
    ...groups.map((group) => ({ group, name: observation.levels[group] ?? '' })),
    ...features
      .filter((feature) => valueOf(observation, feature) === null)
      .map((name) => ({ group: ABSENT_FEATURE, name })),
  ];
}

function valueOf({ features }: Observation, feature: string): number | null {
  const value = features[feature];
  return value !== undefined && Math.abs(value) <= LARGEST ? value : null;
}

function scaleOf(observations: readonly Observation[], feature: string): FeatureScale {
  const values = observations.map((observation) => valueOf(observation, feature)).filter((value) => value !== null);
  if (values.length === 0) return { mean: 0, scale: 1 };
  const mean = values.reduce((total, value) => total + value, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((total, value) => total + (value - mean) ** 2, 0) / values.length);
  // What rounding alone makes of a constant is no scale.
  return { mean, scale: deviation > 1e-9 * Math.max(1, Math.abs(mean)) ? deviation : 1 };
}

function keyOf({ group, name }: Level): string {
  return `${group}\n${name}`;
}
