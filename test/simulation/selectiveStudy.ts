import type { SeededRandom } from '../../src/core/seededRandom.ts';
import {
  type AcceptanceRule,
  acceptanceThreshold,
  plainRule,
  scopeRule,
} from '../../src/lab/classics/acceptanceThreshold.ts';
import { logit } from '../../src/lab/classics/logit.ts';
import { splitConformalAcceptance } from '../../src/lab/classics/splitConformal.ts';
import { drawItems, logOddsGrid, type Population } from './population.ts';

/** The ways to choose a threshold, in the order of the table. */
export const WAY_NAMES = ['plain', 'SCOPE', 'SCOPE, looser', 'split conformal'] as const;
export type WayName = (typeof WAY_NAMES)[number];

/** What a way of choosing did over many data sets; risk is the true error share of all that it would accept. */
export interface WayResult {
  /** Mean risk; 0 where nothing is accepted. */
  readonly risk: number;
  readonly riskStandardError: number;
  /** Mean share of the population that is accepted. */
  readonly coverage: number;
  readonly coverageStandardError: number;
  /** Share of the data sets whose risk exceeds alpha. */
  readonly violations: number;
  /** Mean share of the population's bad items that are accepted. */
  readonly badAccepted: number;
}

/** errors + 1 <= alpha (accepted + 1): a shade more generous than SCOPE's own rule. */
function looserScopeRule(maxRisk: number): AcceptanceRule {
  return (accepted, errors) => errors + 1 <= maxRisk * (accepted + 1);
}

/** Chooses thresholds on `runs` data sets of `count` items, and looks up in the population what they let through. */
export function studySelection(
  population: Population,
  maxRisk: number,
  count: number,
  runs: number,
  random: SeededRandom,
): Readonly<Record<WayName, WayResult>> {
  const passing = passingAbove(population);
  const draws = WAY_NAMES.map((name) => ({ name, passed: [] as Passing[] }));
  for (let run = 0; run < runs; run += 1) {
    const { scores, labels } = drawItems(population, count, random);
    const thresholds: Readonly<Record<WayName, number | null>> = {
      plain: acceptanceThreshold(scores, labels, plainRule(maxRisk)),
      SCOPE: acceptanceThreshold(scores, labels, scopeRule(maxRisk)),
      'SCOPE, looser': acceptanceThreshold(scores, labels, looserScopeRule(maxRisk)),
      'split conformal': splitConformalAcceptance(scores, labels, maxRisk),
    };
    for (const { name, passed } of draws) passed.push(passing(thresholds[name] ?? Infinity));
  }
  const results = draws.map(({ name, passed }) => [name, resultOf(passed, maxRisk)] as const);
  return Object.fromEntries(results) as Record<WayName, WayResult>;
}

interface Passing {
  readonly coverage: number;
  readonly risk: number;
  readonly badAccepted: number;
}

/** What passes a threshold of the score, by the population's own numbers. */
function passingAbove(population: Population): (threshold: number) => Passing {
  const points = 9000;
  const grid = logOddsGrid(points);
  const all = new Float64Array(points + 1);
  const bad = new Float64Array(points + 1);
  for (let index = points - 1; index >= 0; index -= 1) {
    const { logOdds, weight } = grid[index]!;
    all[index] = all[index + 1]! + weight;
    bad[index] = bad[index + 1]! + weight * (1 - population.chanceAt(logOdds));
  }
  const step = grid[1]!.logOdds - grid[0]!.logOdds;
  return (threshold) => {
    const from = threshold > 1 ? points : Math.round((logit(threshold) - grid[0]!.logOdds) / step);
    const index = Math.min(points, Math.max(0, from));
    const coverage = all[index]!;
    return { coverage, risk: coverage === 0 ? 0 : bad[index]! / coverage, badAccepted: bad[index]! / bad[0]! };
  };
}

function resultOf(passed: readonly Passing[], maxRisk: number): WayResult {
  const [risk, riskStandardError] = meanOf(passed.map((one) => one.risk));
  const [coverage, coverageStandardError] = meanOf(passed.map((one) => one.coverage));
  const [violations] = meanOf(passed.map((one) => Number(one.risk > maxRisk)));
  const [badAccepted] = meanOf(passed.map((one) => one.badAccepted));
  return { risk, riskStandardError, coverage, coverageStandardError, violations, badAccepted };
}

function meanOf(values: readonly number[]): [mean: number, standardError: number] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return [mean, Math.sqrt(variance / values.length)];
}
