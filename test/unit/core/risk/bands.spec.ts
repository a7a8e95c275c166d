import { describe, expect, it } from 'vitest';
import { CandorError } from '../../../../src/core/candorError.ts';
import { bandOf, type BandRules, fitBands } from '../../../../src/core/risk/bands.ts';
import type { PrequentialPrediction } from '../../../../src/core/risk/prequentialPrediction.ts';
import { seededRandom } from '../../../../src/core/seededRandom.ts';
import { mostBroken, RULES, SCENARIOS, studyBands, WAYS } from '../../../simulation/bandsStudy.ts';

// At the first refit level .1: trust takes 11 commits without a failure (.8^11 = .086), doubt 4 (.5^4 = .0625).
const rules: BandRules = { trustRate: 0.2, doubtRate: 0.5, level: 0.2 };

/** `count` commits of one region each, of which the first `bad` went bad. */
function commits(count: number, p: number, bad: number): PrequentialPrediction[] {
  return Array.from({ length: count }, (_, index) => ({
    assessment: `${p} ${index}`,
    commit: `${p} ${index}`,
    p,
    good: index >= bad,
  }));
}

describe('fitBands', () => {
  it('opens both bands as far as the record supports them', () => {
    const { trust, doubt, level } = fitBands(
      [...commits(11, 0.95, 0), ...commits(30, 0.85, 1), ...commits(30, 0.8, 25), ...commits(4, 0.2, 4)],
      rules,
      1,
    );
    expect(level).toBe(0.1);
    expect(trust).toMatchObject({ outcome: 'passed', threshold: 0.85, units: 41, failures: 1 });
    expect(doubt).toMatchObject({ outcome: 'passed', threshold: 0.2, units: 4, failures: 0 });
  });

  it('leaves a band empty and says why', () => {
    const { trust, doubt } = fitBands([...commits(10, 0.9, 0), ...commits(20, 0.1, 10)], rules, 1);
    expect(trust).toEqual({ outcome: 'too-few-units', units: 10, needed: 11 });
    expect(doubt).toMatchObject({ outcome: 'too-many-failures', threshold: 0.1, units: 20, failures: 10 });
  });

  it('asks for more at each refit', () => {
    const record = commits(14, 0.9, 0);
    expect(fitBands(record, rules, 1).trust.outcome).toBe('passed');
    // Level .2 / 6: 16 commits.
    expect(fitBands(record, rules, 2).trust).toEqual({ outcome: 'too-few-units', units: 14, needed: 16 });
  });

  it('counts commits: many regions of one are one', () => {
    const record = commits(200, 0.9, 0).map((one, index) => ({ ...one, commit: `${index % 5}` }));
    expect(fitBands(record, rules, 1).trust).toEqual({ outcome: 'too-few-units', units: 5, needed: 11 });
  });

  it('lets nothing into a band whose own p denies the promise', () => {
    const { trust } = fitBands([...commits(500, 0.9, 0), ...commits(20, 0.79, 0)], rules, 1);
    expect(trust).toMatchObject({ outcome: 'passed', threshold: 0.9, units: 500 });
    const { doubt } = fitBands([...commits(500, 0.1, 500), ...commits(20, 0.51, 20)], rules, 1);
    expect(doubt).toMatchObject({ outcome: 'passed', threshold: 0.1, units: 500 });
  });

  it('is the mirror image: the record turned over gives the same walk', () => {
    const random = seededRandom(8);
    const record = Array.from({ length: 400 }, (_, index) => {
      const p = Math.round(random.uniform() * 100) / 100;
      return { assessment: `${index}`, commit: `${index}`, p, good: random.uniform() < p };
    });
    const turned = record.map((one) => ({ ...one, p: Math.round(100 - one.p * 100) / 100, good: !one.good }));
    const { trust } = fitBands(record, { trustRate: 0.3, doubtRate: 0.5, level: 0.2 }, 1);
    const { doubt } = fitBands(turned, { trustRate: 0.2, doubtRate: 0.7, level: 0.2 }, 1);
    if (trust.outcome !== 'passed' || doubt.outcome !== 'passed') throw new Error('Neither band should be empty.');
    expect(doubt.threshold).toBeCloseTo(1 - trust.threshold, 12);
    expect(doubt).toMatchObject({ units: trust.units, failures: trust.failures });
    expect(doubt.bound).toBeCloseTo(trust.bound, 9);
  });

  it.each([
    [{ ...rules, trustRate: 0 }, 1],
    [{ ...rules, trustRate: 0.5 }, 1],
    [{ ...rules, doubtRate: 1 }, 1],
    [{ ...rules, level: 0 }, 1],
    [{ ...rules, trustRate: Number.NaN }, 1],
    [rules, 0],
  ])('refuses %o at refit %d', (impossible, refit) => {
    expect(() => fitBands([], impossible, refit)).toThrow(CandorError);
  });
});

describe('bandOf', () => {
  const bands = fitBands([...commits(60, 0.8, 0), ...commits(10, 0.3, 10)], rules, 1);
  const empty = fitBands([], rules, 1);

  it.each([
    ['at the threshold', 0.8, bands, true, 'trust'],
    ['below it', 0.7999, bands, true, 'check'],
    ['above the doubtful', 0.3001, bands, true, 'check'],
    ['at their threshold', 0.3, bands, true, 'doubt'],
    ['like nothing seen', 0.99, bands, false, 'unknown'],
    ['with empty bands', 0.99, empty, true, 'check'],
    ['without bands', 0.01, null, true, 'check'],
    ['no number', Number.NaN, bands, true, 'unknown'],
  ] as const)('of a region %s', (_, p, fitted, likeSeen, band) => {
    expect(bandOf({ p }, fitted, likeSeen)).toBe(band);
  });

  it('of no judgement is unknown', () => {
    expect(bandOf(null, bands, true)).toBe('unknown');
  });
});

describe('the promise', () => {
  const runs = 100;
  const most = mostBroken(RULES.level, runs);

  it.each(SCENARIOS)('is kept: $name', (scenario) => {
    const figures = studyBands(scenario, ['candor'], { runs, seed: 11, truthCommits: 20_000 }).get('candor')!;
    expect(figures.trustBroken).toBeLessThanOrEqual(most);
    expect(figures.doubtBroken).toBeLessThanOrEqual(most);
  });

  it('would not be kept by counting regions, or by testing again and again at the full level', () => {
    const figures = studyBands(SCENARIOS.at(-1)!, WAYS, { runs, seed: 12, truthCommits: 20_000 });
    expect(figures.get('regions counted')!.trustBroken).toBeGreaterThan(0.3);
    expect(figures.get('level not spent')!.trustBroken).toBeGreaterThan(most);
  });

  it('is not kept by never promising: a sharp model is trusted', () => {
    const sharp = SCENARIOS.find(({ name }) => name === 'calibrated, sharp')!;
    const figures = studyBands(sharp, ['candor'], { runs: 30, seed: 13, truthCommits: 20_000 }).get('candor')!;
    expect(figures.trustShare).toBeGreaterThan(0.3);
  });
});
