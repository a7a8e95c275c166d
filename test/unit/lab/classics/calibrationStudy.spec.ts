import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../src/core/seededRandom.ts';
import { type MapName, studyCalibration } from '../../../simulation/calibrationStudy.ts';
import { LINE, PLATEAU } from '../../../simulation/population.ts';
import { PUBLISHED_STANDARD_ERROR, publishedExcessBrier } from '../../../simulation/publishedClassics.ts';

const RUNS = 60;
const PUBLISHED: readonly MapName[] = ['Platt', 'ridge-Platt', 'beta', 'isotonic', 'Venn-Abers', 'ridge and VA'];

describe.each([
  [LINE, 25],
  [LINE, 100],
  [PLATEAU, 25],
  [PLATEAU, 100],
])('maps fitted to population $name, %#', (population, count) => {
  const { errors, vennAbersCoverage } = studyCalibration(population, count, RUNS, seededRandom(41));
  const brier = (name: MapName): number => errors[name].excessBrier;

  it.each(PUBLISHED)('%s has the published excess Brier', (name) => {
    const distance = Math.abs(brier(name) - publishedExcessBrier(population.name, count, name)!);
    expect(distance).toBeLessThan(3 * Math.hypot(errors[name].standardError, PUBLISHED_STANDARD_ERROR));
  });

  it('all of them help, isotonic is behind Venn-Abers, and its log loss far behind', () => {
    for (const name of PUBLISHED) expect(brier(name)).toBeLessThan(brier('base rate'));
    expect(brier('Venn-Abers')).toBeLessThan(brier('isotonic'));
    expect(errors.isotonic.logLossNats).toBeGreaterThan(errors['Venn-Abers'].logLossNats + 0.05);
    expect(brier('ridge-Platt')).toBeLessThan(brier('Platt'));
  });

  it('temperature alone leaves most of what it should remove', () => {
    expect(brier('temperature')).toBeGreaterThan(2 * brier('Platt'));
    if (population === PLATEAU) expect(brier('temperature')).toBeGreaterThan(brier('base rate'));
  });

  it('p0 to p1 of Venn-Abers misses the truth too often to be an interval for it', () => {
    expect(vennAbersCoverage).toBeLessThan(0.7);
  });
});
