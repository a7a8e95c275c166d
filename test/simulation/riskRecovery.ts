/**
 * Whether the model of risk finds the coefficients that were planted: how often its 90 % intervals hold the truth, for every
 * coefficient of both parts, over simulated repositories whose regions come in commits of 1 to 15 that share their fate
 * (intraclass correlation .29). Then the same for the prior between repositories. Seeded.
 *
 *     node test/simulation/riskRecovery.ts [RUNS]        2,000 fits a table, unless told; of the prior a tenth of that
 */
import { type Coverage, studyPartModel, studyPrior, studyRegionModel } from './riskStudy.ts';

const runs = Number(process.argv[2] ?? 2000);

/** Approximations in small samples may cost this much of the 90 %, beside three binomial standard errors. */
const ALLOWED = 0.015;

const margin = ALLOWED + 3 * Math.sqrt((0.9 * 0.1) / runs);
console.log(
  `${runs} fits a table. Recovered: 90 % intervals hold the truth in ${(0.9 - margin).toFixed(3)} of them or more.`,
);

const tables: readonly (readonly [title: string, study: () => readonly Coverage[]])[] = [
  [
    'region: planted coefficients, 150 commits, a prior that says next to nothing',
    () => studyRegionModel('fixed', 150, runs, 1),
  ],
  ['region: coefficients drawn from the prior each time, 20 commits', () => studyRegionModel('drawn', 20, runs, 2)],
  ['region: the same with 5 commits', () => studyRegionModel('drawn', 5, runs, 3)],
  ['leaves and gaps: planted coefficients, 100 commits', () => studyPartModel(100, runs, 4)],
];
let misses = 0;
for (const [title, study] of tables) {
  const coverages = study();
  print(title, coverages);
  misses += coverages.filter(({ covered }) => covered < 0.9 - margin).length;
}
console.log(`\n${misses === 0 ? 'Recovered' : 'NOT RECOVERED'} in all tables above.`);
if (misses > 0) process.exitCode = 1;

const priorRuns = Math.ceil(runs / 10);
const { mean, spread, newRepository } = studyPrior(24, priorRuns, 5);
print(`prior: the mean of 24 repositories of 40 commits (${priorRuns} fits)`, mean);
print('prior: the coefficients of another repository, from the prior alone', newRepository);
console.log(
  `\nprior: standard deviation between repositories, planted / found: ` +
    spread.map(({ planted, found }) => `${planted} / ${found.toFixed(2)}`).join(',  '),
);
function print(title: string, coverages: readonly Coverage[]): void {
  console.log(`\n${title}\n${'coefficient'.padEnd(16)}covered      bias   standard error`);
  for (const { coefficient, covered, bias, standardError } of coverages) {
    console.log(
      coefficient.padEnd(16) +
        covered.toFixed(4).padStart(7) +
        bias.toFixed(4).padStart(10) +
        standardError.toFixed(4).padStart(17),
    );
  }
}
