/**
 * How well the classic maps calibrate with few labels: excess Brier / log loss / mean absolute error against the truth,
 * for two populations whose truth is known, beside what was published for this project before. Seeded.
 *
 *     node test/simulation/classics.ts [RUNS]        200 runs a cell, unless told
 */
import { seededRandom } from '../../src/core/seededRandom.ts';
import { type CalibrationCell, MAP_NAMES, studyCalibration } from './calibrationStudy.ts';
import { LINE, PLATEAU } from './population.ts';
import { PUBLISHED_STANDARD_ERROR, publishedExcessBrier } from './publishedClassics.ts';

const runs = Number(process.argv[2] ?? 200);
const counts = [25, 50, 100, 200, 500];
const digits = (value: number, places: number): string => value.toFixed(places).replace(/^0/, '');

let farthest = 0;
for (const population of [LINE, PLATEAU]) {
  console.log(`\npopulation ${population.name}, ${runs} runs: excess Brier / log loss (nats) / mean |p - P|`);
  console.log(['', ...counts.map((count) => `n = ${count}`)].map((cell, i) => cell.padEnd(i === 0 ? 14 : 26)).join(''));
  const cells = counts.map((count) => studyCalibration(population, count, runs, seededRandom(count)));
  for (const name of MAP_NAMES) {
    const row = cells.map(({ errors }, index) => {
      const { excessBrier, standardError, logLossNats, absoluteError } = errors[name];
      const published = publishedExcessBrier(population.name, counts[index]!, name);
      if (published !== undefined) {
        const error = Math.hypot(standardError, PUBLISHED_STANDARD_ERROR);
        farthest = Math.max(farthest, Math.abs(excessBrier - published) / error);
      }
      const figures = `${digits(excessBrier, 4)}/${digits(logLossNats, 3)}/${digits(absoluteError, 3)}`;
      return `${figures} ${published === undefined ? '' : `(${digits(published, 4)})`}`.padEnd(26);
    });
    console.log(name.padEnd(14) + row.join(''));
  }
  const bottom = (label: string, figure: (cell: CalibrationCell) => number): void => {
    console.log(label.padEnd(14) + cells.map((cell) => digits(figure(cell), 2).padEnd(26)).join(''));
  };
  bottom('p1 - p0 of VA', ({ vennAbersWidth }) => vennAbersWidth);
  bottom('P in p0 .. p1', ({ vennAbersCoverage }) => vennAbersCoverage);
}
console.log(
  `\n(in brackets: excess Brier as published, with standard errors up to ${PUBLISHED_STANDARD_ERROR})` +
    `\nlargest difference: ${farthest.toFixed(1)} standard errors of it`,
);
