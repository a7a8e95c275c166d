import { CandorError } from '../candorError.ts';
import { cholesky } from '../linearAlgebra/cholesky.ts';
import { ABSENT_FEATURE, columnCount, type FeatureEncoding, type FeatureScale, type Level } from './featureEncoding.ts';
import { corrupt, count, list, number, positive, record, text, type JsonRecord } from '../json/fieldReaders.ts';
import type { FeatureSchema } from './observation.ts';
import type { PartModel, RegionModel, RiskModel } from './riskModel.ts';

/**
 * Reads a model of risk from parsed JSON: the form is that of `RiskModel`, field by field, and unknown fields are left out.
 *
 * @throws CandorError `unsupported` for a schemaVersion other than 1, `corrupt` for everything else that is amiss
 */
export function parseRiskModel(json: unknown): RiskModel {
  const model = record(json);
  if (typeof model.schemaVersion === 'number' && model.schemaVersion !== 1) {
    throw new CandorError('unsupported', 'This model of risk is of another version of Candor. Calibrate again.');
  }
  if (model.schemaVersion !== 1) throw corrupt();
  return {
    schemaVersion: 1,
    key: text(model.key),
    prior: text(model.prior),
    region: regionModel(record(model.region)),
    parts: model.parts === null ? null : partModel(record(model.parts)),
    outcomeCount: count(model.outcomeCount),
    commitCount: count(model.commitCount),
  };
}

function regionModel(json: JsonRecord): RegionModel {
  const model = partModel(json);
  const given = record(json.unseenVariances);
  const unseenVariances = Object.fromEntries(
    [...model.encoding.schema.groups, ABSENT_FEATURE].map((group) => [group, positive(given[group])]),
  );
  return { ...model, unseenVariances };
}

function partModel(json: JsonRecord): PartModel {
  const encoding = featureEncoding(record(json.encoding));
  const columns = columnCount(encoding);
  const coefficients = list(json.coefficients, number);
  const covariance = list(json.covariance, number);
  if (coefficients.length !== columns || covariance.length !== columns ** 2) throw corrupt();
  const symmetric = covariance.every(
    (value, at) => value === covariance[(at % columns) * columns + Math.floor(at / columns)],
  );
  if (!symmetric || cholesky(Float64Array.from(covariance), columns) === null) throw corrupt();
  return { encoding, coefficients, covariance };
}

function featureEncoding(json: JsonRecord): FeatureEncoding {
  const schema = featureSchema(record(json.schema));
  const scales = list(json.scales, featureScale);
  const levels = list(json.levels, level);
  const groups = [...schema.groups, ABSENT_FEATURE];
  const distinct = new Set(levels.map(({ group, name }) => JSON.stringify([group, name])));
  if (scales.length !== schema.features.length || distinct.size !== levels.length) throw corrupt();
  if (!levels.every(({ group }) => groups.includes(group))) throw corrupt();
  return { schema, scales, levels };
}

function featureSchema(json: JsonRecord): FeatureSchema {
  return {
    name: text(json.name),
    version: count(json.version),
    features: list(json.features, text),
    groups: list(json.groups, text),
  };
}

function featureScale(json: unknown): FeatureScale {
  const { mean, scale } = record(json);
  return { mean: number(mean), scale: positive(scale) };
}

function level(json: unknown): Level {
  const { group, name } = record(json);
  return { group: text(group), name: text(name) };
}
