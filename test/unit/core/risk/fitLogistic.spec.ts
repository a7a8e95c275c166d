import { describe, expect, it } from 'vitest';
import { cholesky, inverseCholesky } from '../../../../src/core/linearAlgebra/cholesky.ts';
import { fitLogistic, logistic, type LogisticFit, type NormalPrior } from '../../../../src/core/risk/fitLogistic.ts';
import { seededRandom } from '../../../../src/core/seededRandom.ts';

/** Independent, around 0, with one precision for all. */
const around0 = (columns: number, precision: number): NormalPrior => ({
  mean: new Float64Array(columns),
  precision: Float64Array.from({ length: columns ** 2 }, (_, at) => (at % (columns + 1) === 0 ? precision : 0)),
});

const fit = (rows: readonly (readonly number[])[], outcomes: readonly number[], prior: NormalPrior): LogisticFit =>
  fitLogistic(
    { values: Float64Array.from(rows.flat()), columns: rows[0]!.length },
    Uint8Array.from(outcomes),
    new Float64Array(outcomes.length).fill(1),
    prior,
  );

describe('penalised logistic regression', () => {
  it('with an intercept alone finds the logit of the share', () => {
    const { coefficients } = fit([[1], [1], [1], [1]], [1, 1, 1, 0], around0(1, 1e-9));
    expect(coefficients[0]).toBeCloseTo(Math.log(3), 6);
  });

  it('stays at the prior without data, and near a strong one', () => {
    const prior = { mean: Float64Array.of(2, -1), precision: Float64Array.of(4, 1, 1, 3) };
    expect([
      ...fitLogistic({ values: new Float64Array(), columns: 2 }, new Uint8Array(), new Float64Array(), prior)
        .coefficients,
    ]).toEqual([2, -1]);
    const strong = { ...prior, precision: prior.precision.map((entry) => 1e6 * entry) };
    const { coefficients } = fit([[1, 0], [1, 1]], [0, 1], strong); // prettier-ignore
    expect(coefficients[0]).toBeCloseTo(2, 4);
    expect(coefficients[1]).toBeCloseTo(-1, 4);
  });

  it('is a minimum: no small step in any direction gains', () => {
    const { normal, uniform } = seededRandom(4);
    const rows = Array.from({ length: 60 }, () => [1, normal(), 3 * normal()]);
    const outcomes = rows.map(([, x]) => (uniform() < logistic(x!) ? 1 : 0));
    const prior = around0(3, 0.5);
    const { coefficients } = fit(rows, outcomes, prior);
    const loss = (at: Float64Array): number =>
      rows.reduce((sum, row, index) => {
        const logit = row.reduce((total, value, column) => total + value * at[column]!, 0);
        return sum - Math.log(logistic(outcomes[index] === 1 ? logit : -logit));
      }, 0) +
      0.25 * at.reduce((sum, value) => sum + value ** 2, 0);
    for (let column = 0; column < 3; column++) {
      for (const step of [1e-3, -1e-3]) {
        const there = Float64Array.from(coefficients);
        there[column]! += step;
        expect(loss(there)).toBeGreaterThan(loss(coefficients));
      }
    }
  });

  it('finds planted coefficients within its intervals', () => {
    const planted = [-1, 0.8, -0.5];
    const misses = new Float64Array(3);
    const runs = 200;
    for (let run = 0; run < runs; run++) {
      const { normal, uniform } = seededRandom(run);
      const rows = Array.from({ length: 400 }, () => [1, normal(), normal()]);
      const outcomes = rows.map((row) =>
        uniform() < logistic(row.reduce((sum, value, column) => sum + value * planted[column]!, 0)) ? 1 : 0,
      );
      const { coefficients, hessian } = fit(rows, outcomes, around0(3, 1e-6));
      const covariance = inverseCholesky(cholesky(hessian, 3)!, 3);
      for (const [column, value] of planted.entries())
        if (Math.abs(coefficients[column]! - value) > 1.645 * Math.sqrt(covariance[4 * column]!)) misses[column]!++;
    }
    // Nine in ten are to be inside; three standard errors of the share are .064.
    for (const missed of misses) expect(Math.abs(missed / runs - 0.1)).toBeLessThan(0.064);
  });

  it('counts an observation as often as its weight says', () => {
    const prior = around0(2, 1);
    const twice = fit([[1, 2], [1, 2], [1, -1]], [1, 1, 0], prior); // prettier-ignore
    const weighted = fitLogistic(
      { values: Float64Array.of(1, 2, 1, -1, 9, 9), columns: 2 },
      Uint8Array.of(1, 0, 1),
      Float64Array.of(2, 1, 0),
      prior,
    );
    for (const column of [0, 1]) expect(weighted.coefficients[column]).toBeCloseTo(twice.coefficients[column]!, 9);
  });

  it('bears separated outcomes, collinear columns and huge numbers', () => {
    const rows = Array.from({ length: 20 }, (_, index) => [1, index - 9.5, 2 * (index - 9.5)]);
    const outcomes = rows.map(([, x]) => (x! > 0 ? 1 : 0));
    const { coefficients } = fit(rows, outcomes, around0(3, 0.1));
    expect(coefficients[2]! / coefficients[1]!).toBeCloseTo(2, 6);
    expect(fit([[1e6], [-1e6]], [1, 0], around0(1, 1)).coefficients[0]).toBeGreaterThan(0);
  });

  it('refuses what does not fit', () => {
    expect(() => fit([[1]], [1, 0], around0(1, 1))).toThrow(expect.objectContaining({ reason: 'bad-call' }));
    expect(() => fit([[Number.NaN]], [1], around0(1, 1))).toThrow(expect.objectContaining({ reason: 'bad-call' }));
    expect(() => fit([[0]], [1], around0(1, 0))).toThrow(expect.objectContaining({ reason: 'bad-input' }));
  });
});
