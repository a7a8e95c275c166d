import { describe, expect, it } from 'vitest';
import { logistic } from '../../../../src/core/risk/fitLogistic.ts';
import { fitPrior, type RegionOutcome } from '../../../../src/core/risk/fitPrior.ts';
import { judgementOf, judgeRegion } from '../../../../src/core/risk/judgeRegion.ts';
import type { FeatureSchema, Observation } from '../../../../src/core/risk/observation.ts';
import type { RiskModel } from '../../../../src/core/risk/riskModel.ts';
import { updateWithOutcomes } from '../../../../src/core/risk/updateWithOutcomes.ts';
import { seededRandom } from '../../../../src/core/seededRandom.ts';

const schema: FeatureSchema = { name: 'test', version: 1, features: ['x', 'y'], groups: ['language'] };
const DISCOUNTS = { halfLifeMs: Infinity, intraclass: 0 };

const observation = (x: number, y: number, language = 'python'): Observation => ({
  features: { x, y },
  levels: { language },
});

/** Regions of a repository whose logit is `level + slope x`; those in rust are worse off by `rust`. */
function repository(seed: number, count: number, level: number, slope: number, rust = 0): RegionOutcome[] {
  const { normal, uniform } = seededRandom(seed);
  return Array.from({ length: count }, (_, index) => {
    const region = observation(normal(), normal(), index % 2 === 0 ? 'python' : 'rust');
    const logit = level + slope * region.features.x! + (index % 2) * rust;
    return { region, touched: uniform() < logistic(logit), commit: `${index}`, atMs: index };
  });
}

function priorOf(repositories: readonly (readonly RegionOutcome[])[]): RiskModel {
  const region = fitPrior(schema, new Map(repositories.map((regions, index) => [`${index}`, regions])), {
    intraclass: 0,
  });
  return { schemaVersion: 1, key: 'key', prior: 'test', region, parts: null, outcomeCount: 0, commitCount: 0 };
}

const levels = [-2, -1.5, -1, -1, -0.5, 0, -1.2, -0.8, -2.1, 0.1];
const prior = priorOf(levels.map((level, index) => repository(index, 200, level, 1, 0.8)));
const deviationOf = ({ region }: RiskModel, column: number): number =>
  Math.sqrt(region.covariance[column * (region.coefficients.length + 1)]!);

describe('a prior from repositories', () => {
  it('has their mean, and the intercept apart as they are', () => {
    const [intercept, x, y, python, rust] = prior.region.coefficients;
    const middle = levels.reduce((total, level) => total + level, 0) / levels.length;
    // Half the regions are rust; the two levels share what is theirs around 0.
    expect(intercept! + (python! + rust!) / 2).toBeCloseTo(middle + 0.4, 0);
    expect(Math.abs(x! - 1)).toBeLessThan(0.15);
    expect(Math.abs(y!)).toBeLessThan(0.15);
    expect(rust! - python!).toBeGreaterThan(0.4);
    expect(rust! - python!).toBeLessThan(0.9);
    expect(deviationOf(prior, 0)).toBeGreaterThan(0.5);
    expect(deviationOf(prior, 0)).toBeLessThan(1.2);
    expect(deviationOf(prior, 1)).toBeLessThan(0.4);
  });

  it('can be had from one repository, and is wider than from ten', () => {
    const one = priorOf([repository(1, 200, -1, 1)]);
    expect(one.region.coefficients[1]).toBeGreaterThan(0.5);
    expect(deviationOf(one, 0)).toBeGreaterThan(0.5);
    expect(deviationOf(one, 1)).toBeGreaterThan(deviationOf(prior, 1));
  });

  it('is finite for separated outcomes, collinear columns and repositories of one region', () => {
    const separated = repository(5, 40, 0, 0).map((one) => ({ ...one, touched: one.region.features.x! > 0 }));
    const collinear = separated.map((one) => ({
      ...one,
      region: observation(one.region.features.x!, 2 * one.region.features.x!),
    }));
    for (const data of [[separated], [collinear], levels.map((_, seed) => repository(seed, 1, 0, 0))]) {
      const { coefficients, covariance } = priorOf(data).region;
      expect([...coefficients, ...covariance].every(Number.isFinite)).toBe(true);
    }
  });

  it('does not depend on the order of repositories and regions', () => {
    const some = [0, 1, 2].map((seed) => repository(seed, 60, seed - 1, 1));
    const turned = priorOf([...some].reverse().map((regions) => [...regions].reverse()));
    for (const [index, value] of priorOf(some).region.coefficients.entries()) {
      expect(turned.region.coefficients[index]).toBeCloseTo(value, 6);
    }
  });

  it('needs a region', () => {
    const badCall: unknown = expect.objectContaining({ reason: 'bad-call' });
    expect(() => fitPrior(schema, new Map())).toThrow(badCall);
    expect(() => fitPrior(schema, new Map([['empty', []]]))).toThrow(badCall);
  });
});

describe("a user's outcomes", () => {
  const own = repository(77, 300, 1.5, 1, 0.8);

  it('move the prior to what they say, the more the more there are', () => {
    const region = observation(0, 0);
    const risks = [0, 10, 50, 300].map((count) =>
      judgeRegion(updateWithOutcomes(prior, own.slice(0, count), 0, DISCOUNTS), 'key', region)!,
    );
    const truth = logistic(1.5);
    expect(risks[0]!.risk).toBeLessThan(0.45);
    expect(Math.abs(risks[3]!.risk - truth)).toBeLessThan(0.1);
    for (let index = 1; index < risks.length; index++) {
      const [before, after] = [risks[index - 1]!, risks[index]!];
      expect(after.risk).toBeGreaterThan(before.risk);
      expect(after.high - after.low).toBeLessThan(before.high - before.low);
    }
  });

  it('are counted, and none change nothing', () => {
    expect(updateWithOutcomes(prior, [], 0)).toBe(prior);
    const grouped = own.slice(0, 20).map((outcome, index) => ({ ...outcome, commit: `${index % 4}` }));
    const updated = updateWithOutcomes(prior, grouped, 0);
    expect([updated.outcomeCount, updated.commitCount]).toEqual([20, 4]);
  });

  it('in any order are the same, and twice are refused', () => {
    const updated = updateWithOutcomes(prior, own, 0, DISCOUNTS);
    const turned = updateWithOutcomes(prior, [...own].reverse(), 0, DISCOUNTS);
    for (const [index, value] of updated.region.coefficients.entries()) {
      expect(turned.region.coefficients[index]).toBeCloseTo(value, 9);
    }
    expect(() => updateWithOutcomes(updated, own, 0)).toThrow(expect.objectContaining({ reason: 'bad-call' }));
  });

  it('say less when old, or when of one commit', () => {
    const widthOf = (outcomes: readonly RegionOutcome[], nowMs: number): number => {
      const discounts = { halfLifeMs: 1000, intraclass: 0.29 };
      const { low, high } = judgeRegion(
        updateWithOutcomes(prior, outcomes, nowMs, discounts),
        'key',
        observation(0, 0),
      )!;
      return high - low;
    };
    const fresh = widthOf(own.slice(0, 60), 60);
    expect(widthOf(own.slice(0, 60), 5000)).toBeGreaterThan(fresh);
    expect(
      widthOf(
        own.slice(0, 60).map((outcome) => ({ ...outcome, commit: 'one' })),
        60,
      ),
    ).toBeGreaterThan(fresh);
  });

  it('all alike do not make certain', () => {
    const bad = own.slice(0, 200).map((outcome) => ({ ...outcome, touched: true }));
    const { risk, low, high } = judgeRegion(updateWithOutcomes(prior, bad, 0, DISCOUNTS), 'key', observation(0, 0))!;
    expect(risk).toBeGreaterThan(0.8);
    expect(high).toBeLessThan(1);
    expect(low).toBeLessThan(risk);
  });

  it('in a language that the prior has not met, teach what that language is like', () => {
    const foreign = own.map((outcome) => ({
      ...outcome,
      region: observation(outcome.region.features.x!, outcome.region.features.y!, outcome.region.levels.language === 'rust' ? 'go' : 'python'), // prettier-ignore
    }));
    const updated = updateWithOutcomes(prior, foreign, 0, DISCOUNTS);
    const riskIn = (language: string): number => judgeRegion(updated, 'key', observation(0, 0, language))!.risk;
    expect(riskIn('go')).toBeGreaterThan(riskIn('python') + 0.01);
    const width = (model: RiskModel, language: string): number => {
      const { low, high } = judgeRegion(model, 'key', observation(0, 0, language))!;
      return Math.log(high / (1 - high)) - Math.log(low / (1 - low));
    };
    expect(width(updated, 'go')).toBeLessThan(width(prior, 'go'));
  });
});

describe('the judgement of a region', () => {
  /** One coefficient, an intercept of mean `logit` and that variance. */
  const plain = (logit: number, variance: number): RiskModel => ({
    ...prior,
    region: {
      encoding: { schema: { name: 'plain', version: 1, features: [], groups: [] }, scales: [], levels: [] },
      coefficients: [logit],
      covariance: [variance],
      unseenVariances: { absent: 0.1 },
    },
  });
  const anything = observation(0, 0);

  it('is that of the formula', () => {
    const { risk, low, high } = judgeRegion(plain(-1, 0.5), 'key', anything)!;
    expect(risk).toBeCloseTo(logistic(-1 / Math.sqrt(1 + Math.PI / 16)), 12);
    expect(low).toBeCloseTo(logistic(-1 - 1.6448536269514722 * Math.sqrt(0.5)), 12);
    expect(high).toBeCloseTo(logistic(-1 + 1.6448536269514722 * Math.sqrt(0.5)), 12);
  });

  it('lies near the mean over the coefficients', () => {
    for (const [logit, variance] of [
      [-1, 0.5],
      [2, 1],
      [0.3, 4],
      [-3, 0.2],
    ] as const) {
      // prettier-ignore
      let [mean, mass] = [0, 0];
      for (let z = -8; z <= 8; z += 0.01) {
        mass += Math.exp((-z * z) / 2);
        mean += Math.exp((-z * z) / 2) * logistic(logit + z * Math.sqrt(variance));
      }
      expect(Math.abs(judgeRegion(plain(logit, variance), 'key', anything)!.risk - mean / mass)).toBeLessThan(0.02);
    }
  });

  it('stays within its interval, far out too', () => {
    for (const logit of [-800, -40, -8, 0, 8, 40, 800]) {
      for (const variance of [0, 1e-9, 1, 25, 1e4]) {
        const { risk, low, high } = judgeRegion(plain(logit, variance), 'key', anything)!;
        expect(low).toBeGreaterThanOrEqual(0);
        expect(risk).toBeGreaterThanOrEqual(low);
        expect(high).toBeGreaterThanOrEqual(risk);
        expect(high).toBeLessThanOrEqual(1);
      }
    }
  });

  it('is wider for what was never seen', () => {
    const width = (region: Observation): number => {
      const { low, high } = judgeRegion(prior, 'key', region)!;
      return Math.log(high / (1 - high)) - Math.log(low / (1 - low));
    };
    expect(width(observation(0, 0, 'cobol'))).toBeGreaterThan(width(observation(0, 0, 'rust')));
    expect(width({ features: { x: 0 }, levels: { language: 'rust' } })).toBeGreaterThan(
      width(observation(0, 0, 'rust')),
    );
  });

  it('is none without a model for the key', () => {
    expect(judgeRegion(null, 'key', anything)).toBeNull();
    expect(judgeRegion(prior, 'another key', anything)).toBeNull();
  });

  it('is that of the good event as a judgement, with what it rests on', () => {
    const target = { event: 'survives', horizon: { days: 60 }, unit: 'region', definition: 1 } as const;
    const model = { ...prior, outcomeCount: 12, commitCount: 5 };
    expect(judgementOf({ risk: 0.25, low: 0.125, high: 0.5 }, model, target, 'ai')).toEqual({
      p: 0.75,
      low: 0.5,
      high: 0.875,
      basis: { target, authors: 'ai', riskModel: 'test 1', prior: 'test', outcomeCount: 12, commitCount: 5 },
    });
  });

  it('is a number for features that are beyond all measure', () => {
    for (const x of [1e308, -1e308, 1e99, -Infinity, Number.NaN]) {
      const { risk, low, high } = judgeRegion(prior, 'key', observation(x, 0))!;
      expect(0 <= low && low <= risk && risk <= high && high <= 1).toBe(true);
    }
  });
});
