import { describe, expect, it } from 'vitest';
import { fitLeafHazards } from '../../../../src/core/risk/fitLeafHazards.ts';
import { fitPrior } from '../../../../src/core/risk/fitPrior.ts';
import type { FeatureSchema } from '../../../../src/core/risk/observation.ts';
import { parseRiskModel } from '../../../../src/core/risk/parseRiskModel.ts';
import type { RiskModel } from '../../../../src/core/risk/riskModel.ts';
import { updateWithOutcomes } from '../../../../src/core/risk/updateWithOutcomes.ts';

const schema: FeatureSchema = { name: 'test', version: 2, features: ['x'], groups: ['language'] };
const outcomes = Array.from({ length: 30 }, (_, index) => ({
  region: {
    features: index % 5 === 0 ? {} : { x: Math.sin(index) },
    levels: { language: index % 2 === 0 ? 'go' : 'c' },
  },
  touched: index % 3 === 0,
  commit: `${index % 7}`,
  atMs: index,
}));
const prior: RiskModel = {
  schemaVersion: 1,
  key: 'key',
  prior: 'test',
  region: fitPrior(schema, new Map([['a', outcomes]])),
  parts: fitLeafHazards(
    schema,
    outcomes.map(({ region, commit }, index) => ({
      parts: [region, outcomes[index ^ 1]!.region, region],
      changed: [index % 2 === 0, true, false],
      commit,
    })),
  ),
  outcomeCount: 0,
  commitCount: 0,
};

/** The JSON of the model with one place changed. */
function changed(path: readonly (string | number)[], value: unknown): unknown {
  const json = JSON.parse(JSON.stringify(prior)) as Record<string | number, unknown>;
  const last = path.at(-1)!;
  const holder = path.slice(0, -1).reduce((at, key) => at[key] as Record<string | number, unknown>, json);
  holder[last] = value;
  return json;
}

describe('a model of risk as JSON', () => {
  it('comes back as it was, also after it has learned', () => {
    for (const model of [prior, { ...prior, parts: null }, updateWithOutcomes(prior, outcomes, 100)]) {
      expect(parseRiskModel(JSON.parse(JSON.stringify(model)))).toEqual(model);
    }
  });

  it.each([
    ['no object', []],
    ['nothing', null],
    ['a text', 'model'],
    ['no schemaVersion', changed(['schemaVersion'], undefined)],
    ['no key', changed(['key'], 7)],
    ['a number that is none', changed(['region', 'coefficients', 0], null)],
    ['a coefficient missing', changed(['region', 'coefficients'], [1])],
    ['a covariance missing', changed(['region', 'covariance'], [])],
    ['a covariance that is not symmetric', changed(['region', 'covariance', 1], 0.123)],
    ['a covariance that is not positive', changed(['region', 'covariance', 0], -1)],
    ['a scale of 0', changed(['region', 'encoding', 'scales', 0, 'scale'], 0)],
    ['a scale missing', changed(['region', 'encoding', 'scales'], [])],
    ['a level of no group', changed(['region', 'encoding', 'levels', 0, 'group'], 'weather')],
    ['a level twice', changed(['region', 'encoding', 'levels', 1], prior.region.encoding.levels[0])],
    ['no variance of unseen levels', changed(['region', 'unseenVariances'], {})],
    ['half an outcome', changed(['outcomeCount'], 0.5)],
    ['no word about parts', changed(['parts'], undefined)],
    ['parts without coefficients', changed(['parts', 'coefficients'], [])],
  ])('is refused as damaged: %s', (_, json) => {
    expect(() => parseRiskModel(json)).toThrow(expect.objectContaining({ reason: 'corrupt' }));
  });

  it('of another version is told apart', () => {
    expect(() => parseRiskModel(changed(['schemaVersion'], 2))).toThrow(
      expect.objectContaining({ reason: 'unsupported' }),
    );
  });
});
