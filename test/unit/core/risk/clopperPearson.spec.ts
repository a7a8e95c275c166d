import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CandorError } from '../../../../src/core/candorError.ts';
import { clopperPearsonLower, clopperPearsonUpper, fewestUnits } from '../../../../src/core/risk/clopperPearson.ts';

interface ScipyRow {
  readonly failures: number;
  readonly units: number;
  readonly level: number;
  readonly upper: number;
}

const { rows } = JSON.parse(
  readFileSync(new URL('../../../fixtures/risk/clopperPearson.json', import.meta.url), 'utf8'),
) as { rows: readonly ScipyRow[] };

/** P(X <= failures) by plain products, for small counts. */
function lowerTail(failures: number, units: number, rate: number): number {
  let sum = 0;
  for (let count = 0; count <= failures; count += 1) {
    let ways = 1;
    for (let index = 0; index < count; index += 1) ways *= (units - index) / (index + 1);
    sum += ways * rate ** count * (1 - rate) ** (units - count);
  }
  return sum;
}

describe('clopperPearsonUpper', () => {
  it.each([
    ['nothing was tried', 0, 0, 0.1, 1],
    ['all failed', 3, 3, 0.1, 1],
    ['one trial went well', 0, 1, 0.1, 0.9],
    ['two trials went well', 0, 2, 0.25, 0.5],
    ['one of two failed: 1 - u^2 = .19', 1, 2, 0.19, 0.9],
    ['one of two failed, at a level above a half: 1 - u^2 = .91', 1, 2, 0.91, 0.3],
  ])('is known by hand where %s', (_, failures, units, level, bound) => {
    expect(clopperPearsonUpper(failures, units, level)).toBeCloseTo(bound, 14);
  });

  it('is the beta quantile of scipy', () => {
    expect(rows).toHaveLength(17 * 8);
    for (const { failures, units, level, upper } of rows) {
      const own = clopperPearsonUpper(failures, units, level);
      expect(Math.abs(own - upper), `${failures} of ${units} at ${level}`).toBeLessThan(1e-9 * upper);
    }
  });

  it('leaves so few failures just the chance of the level, for every small count', () => {
    for (let units = 2; units <= 12; units += 1) {
      for (let failures = 0; failures < units; failures += 1) {
        for (const level of [0.001, 0.05, 0.3, 0.7]) {
          const bound = clopperPearsonUpper(failures, units, level);
          expect(lowerTail(failures, units, bound) / level).toBeCloseTo(1, 9);
        }
      }
    }
  });

  it('rises with failures and falls with trials and with the level', () => {
    for (let failures = 1; failures < 40; failures += 1) {
      const bound = clopperPearsonUpper(failures, 40, 0.05);
      expect(bound).toBeGreaterThan(clopperPearsonUpper(failures - 1, 40, 0.05));
      expect(bound).toBeGreaterThan(clopperPearsonUpper(failures, 41, 0.05));
      expect(bound).toBeGreaterThan(clopperPearsonUpper(failures, 40, 0.06));
    }
  });

  it.each([
    [-1, 2, 0.1],
    [3, 2, 0.1],
    [0.5, 2, 0.1],
    [Number.NaN, 2, 0.1],
    [0, Infinity, 0.1],
    [1, 2, 0],
    [1, 2, 1],
    [1, 2, Number.NaN],
  ])('refuses %d of %d at %d', (failures, units, level) => {
    expect(() => clopperPearsonUpper(failures, units, level)).toThrow(CandorError);
  });
});

describe('clopperPearsonLower', () => {
  it.each([
    ['nothing was tried', 0, 0, 0.1, 0],
    ['none failed', 0, 3, 0.1, 0],
    ['the one trial failed', 1, 1, 0.1, 0.1],
    ['one of two failed: 1 - (1 - l)^2 = .19', 1, 2, 0.19, 0.1],
  ])('is known by hand where %s', (_, failures, units, level, bound) => {
    expect(clopperPearsonLower(failures, units, level)).toBeCloseTo(bound, 14);
  });
});

describe('fewestUnits', () => {
  it.each([
    [0.1, 0.1, 22],
    [0.2, 0.1, 11],
    [0.2, 0.05, 14],
    [0.5, 0.25, 2],
    [0.9, 0.1, 1],
    [0.1, 0.1 / 110, 67],
    [0.001, 0.05, 2995],
  ])('for a rate of %d at level %d is %d', (rate, level, units) => {
    expect(fewestUnits(rate, level)).toBe(units);
  });

  it('is the first count that can pass', () => {
    for (let percent = 1; percent < 100; percent += 1) {
      for (const level of [0.9, 0.1, 0.01, 0.1 / 42]) {
        const units = fewestUnits(percent / 100, level);
        expect(clopperPearsonUpper(0, units, level)).toBeLessThanOrEqual(percent / 100);
        if (units > 1) expect(clopperPearsonUpper(0, units - 1, level)).toBeGreaterThan(percent / 100);
      }
    }
  });

  it('refuses rates that no count could show', () => {
    expect(() => fewestUnits(0, 0.1)).toThrow(CandorError);
    expect(() => fewestUnits(1, 0.1)).toThrow(CandorError);
  });
});
