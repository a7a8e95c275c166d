/**
 * What thresholds that are to hold the error share of accepted items at alpha do on new items: mean risk, coverage, and
 * how many of the data sets end above alpha, beside what was published for this project before. Seeded. The way that
 * keeps a promise for a single data set (fixed-sequence testing) has a script of its own.
 *
 *     node test/simulation/selective.ts [RUNS]        1,500 runs a cell, unless told
 */
import { seededRandom } from '../../src/core/seededRandom.ts';
import { SELECTIVE } from './population.ts';
import { PUBLISHED_RUNS, PUBLISHED_SELECTION } from './publishedSelection.ts';
import { studySelection, WAY_NAMES, type WayResult } from './selectiveStudy.ts';

const runs = Number(process.argv[2] ?? PUBLISHED_RUNS);
const digits = (value: number, places: number): string => value.toFixed(places).replace(/^0/, '');
const figuresOf = (risk: number, coverage: number, violations: number): string =>
  `${digits(risk, 3)}/${digits(coverage, 2)}/${digits(violations, 2)}`;

let farthest = 0;
console.log(`${runs} runs: mean risk / coverage / P(risk > alpha); published in brackets`);
console.log('alpha, n'.padEnd(12) + WAY_NAMES.map((name) => name.padEnd(30)).join('') + 'bad accepted');
for (const [seed, { maxRisk, count, figures }] of PUBLISHED_SELECTION.entries()) {
  const results = studySelection(SELECTIVE, maxRisk, count, runs, seededRandom(seed));
  const row = WAY_NAMES.map((name) => {
    const result = results[name];
    const own = figuresOf(result.risk, result.coverage, result.violations);
    const published = figures[name];
    if (published === undefined) return own.padEnd(30);
    farthest = Math.max(farthest, ...distances(result, published));
    return `${own} (${figuresOf(...published)})`.padEnd(30);
  });
  const share = digits(results['split conformal'].badAccepted, 3);
  console.log(`${digits(maxRisk, 1)}, ${count}`.padEnd(12) + row.join('') + share);
}
console.log(
  `\nLargest difference to what was published: ${farthest.toFixed(1)} standard errors of it, rounding included.`,
);
console.log(
  'bad accepted: the share of all bad items that split conformal lets pass, which it holds at alpha on average.',
);

/** How far each figure is from the published one, in standard errors of a difference between two such studies. */
function distances(result: WayResult, [risk, coverage, violations]: readonly [number, number, number]): number[] {
  const both = Math.sqrt(1 + runs / PUBLISHED_RUNS);
  const binomial = Math.sqrt((violations * (1 - violations)) / runs);
  return [
    (Math.abs(result.risk - risk) - 0.0005) / (both * result.riskStandardError),
    (Math.abs(result.coverage - coverage) - 0.005) / (both * result.coverageStandardError),
    (Math.abs(result.violations - violations) - 0.005) / (both * binomial),
  ];
}
