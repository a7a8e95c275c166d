import { describe, expect, it } from 'vitest';
import { CandorError } from '../../../../src/core/candorError.ts';
import { type FeaturedRegion, fitFamiliarity, isLikeSeen } from '../../../../src/core/risk/familiarity.ts';
import { seededRandom } from '../../../../src/core/seededRandom.ts';

const region = (features: readonly number[], language = 'python'): FeaturedRegion => ({ features, language });

/** Two features that go together (correlation .99), and one of its own. */
function someRegions(count: number, seed: number): FeaturedRegion[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => {
    const shared = random.normal();
    return region([shared, 0.99 * shared + Math.sqrt(1 - 0.99 ** 2) * random.normal(), random.normal()]);
  });
}

describe('fitFamiliarity', () => {
  it('is known by hand for one feature', () => {
    // Scatter 2, one region of unit variance added: covariance (2 + 1) / (2 + 1). The farthest is 1 or -1; against the
    // other two, of mean 1/2 and scatter 1/2, its squared distance is (3/2)^2 * (1 + 1) / (1/2 + 1) = 3.
    const familiarity = fitFamiliarity([region([-1]), region([0]), region([1])]);
    expect(familiarity).toMatchObject({ mean: [0], cholesky: [1], languages: ['python'] });
    expect(familiarity?.limit).toBeCloseTo(3, 12);
  });

  it('measures each region against all others, as leaving it out would', () => {
    const regions = someRegions(12, 1);
    const limit = fitFamiliarity(regions)!.limit;
    const distances = regions.map((left, index) => {
      const others = fitFamiliarity(regions.toSpliced(index, 1))!;
      const solved: number[] = [];
      others.mean.forEach((mean, i) => {
        const known = solved.reduce((sum, value, j) => sum + others.cholesky[3 * i + j]! * value, 0);
        solved.push((left.features[i]! - mean - known) / others.cholesky[4 * i]!);
      });
      return solved.reduce((sum, value) => sum + value * value, 0);
    });
    expect(limit).toBeCloseTo(Math.max(...distances), 9);
  });

  it('keeps the covariance', () => {
    const { cholesky } = fitFamiliarity(someRegions(20_000, 2))!;
    const covariance = (i: number, j: number): number =>
      [0, 1, 2].reduce((sum, k) => sum + cholesky[3 * i + k]! * cholesky[3 * j + k]!, 0);
    expect(covariance(0, 0)).toBeCloseTo(1, 1);
    expect(covariance(1, 0)).toBeCloseTo(0.99, 1);
    expect(covariance(2, 0)).toBeCloseTo(0, 1);
  });

  it('has seen nothing in fewer than two regions', () => {
    expect(fitFamiliarity([])).toBeNull();
    expect(fitFamiliarity([region([1])])).toBeNull();
  });

  it('is plain data, and the same after it was saved', () => {
    const familiarity = fitFamiliarity(someRegions(200, 3));
    expect(JSON.parse(JSON.stringify(familiarity))).toEqual(familiarity);
  });

  it('refuses features that differ in number or are not finite', () => {
    expect(() => fitFamiliarity([region([1]), region([1, 2])])).toThrow(CandorError);
    expect(() => fitFamiliarity([region([1]), region([Number.NaN])])).toThrow(CandorError);
  });
});

describe('isLikeSeen', () => {
  const familiarity = fitFamiliarity(someRegions(500, 4));

  it.each([
    ['the mean', [0, 0, 0], 'python', true],
    ['a region that is far along with its kind', [2.5, 2.5, 0], 'python', true],
    ['a combination never seen of values often seen', [1, -1, 0], 'python', false],
    ['a value never seen', [0, 0, 9], 'python', false],
    ['a language never seen', [0, 0, 0], 'rust', false],
    ['what is not known', [0, Number.NaN, 0], 'python', false],
    ['what is endless', [0, 0, Infinity], 'python', false],
  ])('judges %s', (_, features, language, expected) => {
    expect(isLikeSeen(familiarity, region(features, language))).toBe(expected);
  });

  it('refuses about one in a hundred of the same kind', () => {
    let refused = 0;
    for (let round = 0; round < 40; round += 1) {
      const seen = fitFamiliarity(someRegions(400, 100 + round));
      refused += someRegions(500, 500 + round).filter((one) => !isLikeSeen(seen, one)).length;
    }
    // 20,000 regions; the limit itself varies from round to round.
    expect(refused / 20_000).toBeGreaterThan(0.006);
    expect(refused / 20_000).toBeLessThan(0.014);
  });

  it('takes a feature that never varied as known to be constant', () => {
    const random = seededRandom(5);
    const seen = fitFamiliarity(Array.from({ length: 300 }, () => region([random.normal(), 0])));
    expect(isLikeSeen(seen, region([1, 0]))).toBe(true);
    expect(isLikeSeen(seen, region([1, 1]))).toBe(false);
  });

  it('knows nothing from nothing, and refuses other features', () => {
    expect(isLikeSeen(null, region([0, 0, 0]))).toBe(false);
    expect(() => isLikeSeen(familiarity, region([0, 0]))).toThrow(CandorError);
  });
});
