import { describe, expect, it } from 'vitest';
import type { Derivatives } from '../../../../src/core/linearAlgebra/newtonMinimum.ts';
import { logisticLoss } from '../../../../src/core/risk/fitLogistic.ts';
import { type ChangedParts, partLoss } from '../../../../src/core/risk/partLoss.ts';
import { seededRandom } from '../../../../src/core/seededRandom.ts';

/** Holds exact derivatives to central differences, at a point. */
function expectExact(derivativesAt: (point: Float64Array) => Derivatives, point: Float64Array): void {
  const size = point.length;
  const here = derivativesAt(point);
  for (let column = 0; column < size; column++) {
    const [up, down] = [1e-5, -1e-5].map((step) =>
      derivativesAt(point.map((value, index) => (index === column ? value + step : value))),
    );
    const scale = Math.max(1, Math.abs(here.gradient[column]!));
    expect(Math.abs((up!.value - down!.value) / 2e-5 - here.gradient[column]!) / scale).toBeLessThan(1e-6);
    for (let row = 0; row < size; row++) {
      const second = here.hessian[row * size + column]!;
      const difference = (up!.gradient[row]! - down!.gradient[row]!) / 2e-5;
      expect(Math.abs(difference - second) / Math.max(1, Math.abs(second))).toBeLessThan(1e-6);
    }
  }
}

describe('exact derivatives', () => {
  it('of the logistic loss', () => {
    for (let run = 0; run < 30; run++) {
      const { normal, uniform } = seededRandom(run);
      const values = Float64Array.from({ length: 20 * 3 }, () => 2 * normal());
      const outcomes = Uint8Array.from({ length: 20 }, () => (uniform() < 0.4 ? 1 : 0));
      const weights = Float64Array.from({ length: 20 }, uniform);
      const prior = { mean: Float64Array.of(1, 0, -1), precision: Float64Array.of(2, 0.5, 0, 0.5, 1, 0.3, 0, 0.3, 3) };
      const point = Float64Array.from({ length: 3 }, normal);
      expectExact((at) => logisticLoss({ values, columns: 3 }, outcomes, weights, prior, at), point);
    }
  });

  it('of the loss of parts, for hazards small and large', () => {
    for (let run = 0; run < 60; run++) {
      const { normal, uniform } = seededRandom(100 + run);
      const regions = Array.from({ length: 4 }, (): ChangedParts => {
        const parts = 2 * Math.floor(1 + 6 * uniform()) + 1;
        const values = Float64Array.from({ length: parts * 3 }, (_, at) => (at % 3 === 0 ? 1 : normal()));
        const changed = Uint8Array.from({ length: parts }, (_, part) => (part === 0 || uniform() < 0.3 ? 1 : 0));
        return { design: { values, columns: 3 }, changed, weight: 0.5 + uniform() };
      });
      const point = Float64Array.of(6 * uniform() - 5, normal(), normal());
      expectExact((at) => partLoss(regions, Float64Array.of(0.1, 1, 1), at), point);
    }
  });
});

describe('the loss of parts', () => {
  const lossOf = (hazards: readonly number[], changed: readonly number[]): number =>
    partLoss(
      [
        {
          design: { values: Float64Array.from(hazards, Math.log), columns: 1 },
          changed: Uint8Array.from(changed),
          weight: 1,
        },
      ],
      Float64Array.of(0),
      Float64Array.of(1),
    ).value;

  it('is that of the formula', () => {
    const [a, b, c] = [0.3, 1.2, 0.05];
    const chance = ((1 - Math.exp(-a)) * Math.exp(-b) * (1 - Math.exp(-c))) / (1 - Math.exp(-(a + b + c)));
    expect(lossOf([a, b, c], [1, 0, 1])).toBeCloseTo(-Math.log(chance), 12);
  });

  it('says that one of n like parts changed with a chance of 1 / n, however small the hazards', () => {
    for (const hazard of [1e-3, 1e-12, 1e-200, 1e-300]) {
      expect(Math.abs(lossOf([hazard, hazard, hazard, hazard], [0, 1, 0, 0]) - Math.log(4))).toBeLessThan(
        2 * hazard + 1e-12,
      );
    }
  });

  it('is finite for large hazards, and infinite when they overflow', () => {
    expect(lossOf([1000, 2], [1, 0])).toBeCloseTo(2, 12);
    expect(lossOf([1000, 2], [0, 1])).toBeCloseTo(1000 - Math.log(1 - Math.exp(-2)), 9);
  });

  it('of all outcomes but none makes 1', () => {
    const hazards = [0.4, 1.7, 0.01, 0.6];
    let total = 0;
    for (let outcome = 1; outcome < 16; outcome++) {
      total += Math.exp(-lossOf(hazards, hazards.map((_, part) => (outcome >> part) & 1))); // prettier-ignore
    }
    expect(total).toBeCloseTo(1, 12);
  });
});
