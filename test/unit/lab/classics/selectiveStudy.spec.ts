import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../../src/core/seededRandom.ts';
import { SELECTIVE } from '../../../simulation/population.ts';
import { PUBLISHED_RUNS, PUBLISHED_SELECTION } from '../../../simulation/publishedSelection.ts';
import { studySelection, WAY_NAMES } from '../../../simulation/selectiveStudy.ts';

const RUNS = 300;

describe.each(PUBLISHED_SELECTION)('thresholds for alpha $maxRisk from $count items', ({ maxRisk, count, figures }) => {
  const results = studySelection(SELECTIVE, maxRisk, count, RUNS, seededRandom(51));
  const both = Math.sqrt(1 + RUNS / PUBLISHED_RUNS);

  it.each(WAY_NAMES.filter((name) => figures[name] !== undefined))('%s does what was published', (name) => {
    const [risk, coverage, violations] = figures[name]!;
    const result = results[name];
    // The published figures are rounded, and share the error of one test sample.
    expect(Math.abs(result.risk - risk)).toBeLessThan(3 * both * result.riskStandardError + 0.003);
    expect(Math.abs(result.coverage - coverage)).toBeLessThan(3 * both * result.coverageStandardError + 0.01);
    const binomial = Math.sqrt((violations * (1 - violations)) / RUNS);
    expect(Math.abs(result.violations - violations)).toBeLessThan(3 * both * binomial + 0.03);
  });

  it('SCOPE holds alpha on average', () => {
    const { risk, riskStandardError } = results.SCOPE;
    expect(risk).toBeLessThan(maxRisk + 2 * riskStandardError);
  });

  it('yet many a data set ends above it, and of the plain thresholds about half', () => {
    expect(results.SCOPE.violations).toBeGreaterThan(0.2);
    expect(results.plain.violations).toBeGreaterThan(0.4);
  });

  it('split conformal lets at most alpha of the bad pass, on average', () => {
    // The mean has a standard error below .01 with 300 runs of 9 or more bad items each.
    expect(results['split conformal'].badAccepted).toBeLessThan(maxRisk + 0.02);
  });
});
