import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { CandorError } from '../../../../src/core/candorError.ts';
import type { CalibrationMap } from '../../../../src/lab/classics/calibrationMap.ts';
import { fitBeta } from '../../../../src/lab/classics/fitBeta.ts';
import { fitHistogram } from '../../../../src/lab/classics/fitHistogram.ts';
import { fitIsotonic } from '../../../../src/lab/classics/fitIsotonic.ts';
import { fitPlatt, fitRidgePlatt } from '../../../../src/lab/classics/fitPlatt.ts';
import { fitTemperature } from '../../../../src/lab/classics/fitTemperature.ts';
import { fitVennAbers } from '../../../../src/lab/classics/fitVennAbers.ts';
import { logit, sigmoid } from '../../../../src/lab/classics/logit.ts';
import { randomNumbers } from '../../../support/randomNumbers.ts';

interface Reference {
  readonly queries: readonly number[];
  readonly cases: readonly ReferenceCase[];
}

interface ReferenceCase {
  readonly name: string;
  readonly scores: readonly number[];
  readonly labels: readonly number[];
  readonly isotonic: readonly number[];
  readonly platt: readonly number[];
  readonly ridgePlatt: readonly number[];
  readonly temperature: readonly number[] | null;
  readonly beta: readonly number[] | null;
  readonly vennAbers: readonly (readonly [p0: number, p1: number])[];
}

const { queries, cases } = JSON.parse(
  readFileSync(new URL('../../../fixtures/classics/classics.json', import.meta.url), 'utf8'),
) as Reference;

const maps = {
  isotonic: fitIsotonic,
  platt: fitPlatt,
  ridgePlatt: fitRidgePlatt,
  temperature: fitTemperature,
  beta: fitBeta,
} as const;

/** All maps of one number to one number, the histogram and the middle of Venn-Abers too. */
const allMaps: Readonly<Record<string, (scores: Float64Array, labels: Uint8Array) => CalibrationMap>> = {
  ...maps,
  histogram: fitHistogram,
  vennAbers: (scores, labels) => {
    const predict = fitVennAbers(scores, labels);
    return (score) => predict(score).point;
  },
};

const grid = Array.from({ length: 201 }, (_, index) => index / 200);

describe.each(cases)('scikit-learn and scipy agree on $name', (reference) => {
  const scores = Float64Array.from(reference.scores);
  const labels = Uint8Array.from(reference.labels);

  it.each(Object.keys(maps) as (keyof typeof maps)[])('%s', (name) => {
    const map = maps[name](scores, labels);
    reference[name]?.forEach((chance, index) => {
      expect(map(queries[index]!)).toBeCloseTo(chance, 5);
    });
  });

  it('Venn-Abers', () => {
    const predict = fitVennAbers(scores, labels);
    reference.vennAbers.forEach(([low, high], index) => {
      const { p0, p1, point } = predict(queries[index]!);
      expect(p0).toBeCloseTo(low, 12);
      expect(p1).toBeCloseTo(high, 12);
      expect(point).toBeCloseTo(high / (1 - low + high), 12);
    });
  });
});

describe('by hand', () => {
  it('Platt says n + 1 of n + 2 where every label is good', () => {
    const map = fitPlatt(Float64Array.of(0.5, 0.5, 0.5), Uint8Array.of(1, 1, 1));
    expect(map(0.5)).toBeCloseTo(4 / 5, 6);
  });

  it('ridge-Platt only moves the level while nothing speaks for another slope', () => {
    const map = fitRidgePlatt(Float64Array.of(0.9, 0.9), Uint8Array.of(1, 0));
    // At the one score, half: the targets are 2/3 and 1/3. Elsewhere the log-odds keep their distance.
    expect(map(0.9)).toBeCloseTo(0.5, 8);
    expect(logit(map(0.99))).toBeCloseTo(logit(0.99) - logit(0.9), 6);
  });

  it('temperature never moves one half, and goes no further than it where scores run backwards', () => {
    const scores = Float64Array.of(0.2, 0.3, 0.8, 0.9);
    expect(fitTemperature(scores, Uint8Array.of(0, 1, 0, 1))(0.5)).toBe(0.5);
    expect(fitTemperature(scores, Uint8Array.of(1, 1, 0, 0))(0.9)).toBeCloseTo(0.5, 12);
    expect(fitTemperature(scores, Uint8Array.of(0, 0, 1, 1))(0.9)).toBeGreaterThan(0.999);
  });

  it('isotonic draws lines between its steps and keeps them beyond', () => {
    const map = fitIsotonic(Float64Array.of(0.2, 0.4, 0.4, 0.6, 0.8), Uint8Array.of(0, 1, 0, 0, 1));
    // 0 | 1/2 0 pooled: 1/3 | 1
    expect([0, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 1].map(map)).toEqual(
      [0, 0, 1 / 6, 1 / 3, 1 / 3, 1 / 3, 2 / 3, 1, 1].map((chance) => expect.closeTo(chance, 12) as number),
    );
  });

  it('the histogram keeps equal scores together', () => {
    const map = fitHistogram(Float64Array.of(0.1, 0.5, 0.5, 0.5, 0.9), Uint8Array.of(0, 1, 1, 0, 1));
    expect([0, 0.1, 0.29, 0.31, 0.5, 0.69, 0.71, 1].map(map)).toEqual([
      1 / 3,
      1 / 3,
      1 / 3,
      3 / 5,
      3 / 5,
      3 / 5,
      2 / 3,
      2 / 3,
    ]);
  });

  it('the histogram has ten bins of equal mass', () => {
    const scores = Float64Array.from({ length: 100 }, (_, index) => (index + 0.5) / 100);
    const map = fitHistogram(
      scores,
      Uint8Array.from(scores, (score) => (score > 0.5 ? 1 : 0)),
    );
    expect(new Set(grid.map(map))).toEqual(new Set([1 / 12, 11 / 12]));
    expect(
      fitHistogram(
        scores,
        Uint8Array.from(scores, (_, index) => (index % 10 < index / 10 ? 1 : 0)),
      )(0.55),
    ).toBe(7 / 12);
  });

  it('Venn-Abers on nothing but one good item', () => {
    expect(fitVennAbers(Float64Array.of(0.5), Uint8Array.of(1))(0.5)).toEqual({ p0: 0.5, p1: 1, point: 1 / 1.5 });
    expect(fitVennAbers(Float64Array.of(0.5), Uint8Array.of(1))(0.4)).toEqual({ p0: 0, p1: 1, point: 0.5 });
  });
});

describe('properties', () => {
  it.each(['platt', 'ridgePlatt', 'beta'] as const)('%s recovers a planted line of log-odds', (name) => {
    const random = randomNumbers(11);
    const scores = Float64Array.from({ length: 40_000 }, () => 0.02 + 0.96 * random());
    const labels = Uint8Array.from(scores, (score) => (random() < sigmoid(0.7 * logit(score) - 0.5) ? 1 : 0));
    const map = maps[name](scores, labels);
    for (const score of [0.1, 0.3, 0.5, 0.7, 0.9]) {
      // Three standard errors of a chance in the middle of 40,000 items, two parameters to find.
      expect(Math.abs(map(score) - sigmoid(0.7 * logit(score) - 0.5))).toBeLessThan(0.02);
    }
  });

  it('temperature recovers a planted one', () => {
    const random = randomNumbers(12);
    const scores = Float64Array.from({ length: 40_000 }, () => 0.02 + 0.96 * random());
    const labels = Uint8Array.from(scores, (score) => (random() < sigmoid(logit(score) / 2.5) ? 1 : 0));
    expect(logit(0.9) / logit(fitTemperature(scores, labels)(0.9))).toBeCloseTo(2.5, 0.5);
  });

  it('every map gives chances, rises, and is finite on small, tied and extreme data', () => {
    const random = randomNumbers(13);
    for (let round = 0; round < 60; round += 1) {
      const count = 1 + Math.floor(random() * 20);
      const scores = Float64Array.from({ length: count }, () => Math.round(random() * 6) / 6);
      const slope = random() < 0.5 ? 1 : 0;
      const labels = Uint8Array.from(scores, (score) => (random() < (slope === 1 ? score : 0.5) ? 1 : 0));
      for (const [name, fit] of Object.entries(allMaps)) {
        const chances = grid.map(fit(scores, labels));
        expect(
          chances.every((chance) => chance >= 0 && chance <= 1),
          name,
        ).toBe(true);
        // Two maps may fall: the histogram by nature, Platt where the scores run backwards.
        if (!['histogram', 'platt', 'ridgePlatt'].includes(name)) {
          expect(
            chances.every((chance, index) => index === 0 || chance >= chances[index - 1]! - 1e-12),
            name,
          ).toBe(true);
        }
      }
    }
  });

  it('in Venn-Abers p0 never exceeds p1, and both come together as data grow', () => {
    const random = randomNumbers(14);
    const widths = [10, 100, 1000].map((count) => {
      const scores = Float64Array.from({ length: count }, () => Math.round(random() * 200) / 200);
      const labels = Uint8Array.from(scores, (score) => (random() < score ? 1 : 0));
      const predict = fitVennAbers(scores, labels);
      return grid.reduce((sum, score) => {
        const { p0, p1, point } = predict(score);
        expect(p0).toBeLessThanOrEqual(p1);
        expect(point).toBeGreaterThanOrEqual(p0);
        expect(point).toBeLessThanOrEqual(p1);
        return sum + (p1 - p0) / grid.length;
      }, 0);
    });
    expect(widths[1]).toBeLessThan(widths[0]!);
    expect(widths[2]).toBeLessThan(widths[1]! / 2);
  });

  it.each(Object.entries(allMaps))('%s hears nothing from the order of the items', (_, fit) => {
    const random = randomNumbers(15);
    const items = Array.from({ length: 30 }, () => ({
      score: Math.round(random() * 20) / 20,
      label: Math.round(random()),
    }));
    const fitTo = (list: typeof items): CalibrationMap =>
      fit(
        Float64Array.from(list, ({ score }) => score),
        Uint8Array.from(list, ({ label }) => label),
      );
    const [forth, back] = [fitTo(items), fitTo(items.toReversed())];
    for (const score of grid) expect(forth(score)).toBeCloseTo(back(score), 7);
  });

  it.each(Object.entries(allMaps))('%s refuses what is no data and what is no score', (_, fit) => {
    expect(() => fit(new Float64Array(), new Uint8Array())).toThrow(CandorError);
    expect(() => fit(Float64Array.of(0.5), Uint8Array.of(1, 0))).toThrow(CandorError);
    expect(() => fit(Float64Array.of(1.5), Uint8Array.of(1))).toThrow(CandorError);
    expect(() => fit(Float64Array.of(Number.NaN), Uint8Array.of(1))).toThrow(CandorError);
    expect(() => fit(Float64Array.of(0.5), Uint8Array.of(2))).toThrow(CandorError);
    const map = fit(Float64Array.of(0.2, 0.8), Uint8Array.of(0, 1));
    expect(() => map(Number.NaN)).toThrow(CandorError);
    expect(() => map(-0.1)).toThrow(CandorError);
  });
});
