/**
 * What is told of the changes of an hour of editing that a real editor recorded: who made each, against who truly did.
 *
 *     node test/simulation/provenanceTable.ts [FILE...]        the recorded fixtures, unless told
 */
import { readFileSync } from 'node:fs';
import { seededRandom } from '../../src/core/seededRandom.ts';
import { unpackTrace } from '../support/editTrace.ts';
import { confusionOf, figuresOf, replay, WRITERS, type ReplayOptions, type ToldEdit } from './provenanceStudy.ts';

const FIXTURES = ['hour-1', 'hour-2'].map(
  (name) => new URL(`../fixtures/provenance/${name}.jsonl.gz`, import.meta.url).pathname,
);

const WAYS: readonly (readonly [title: string, options: ReplayOptions])[] = [
  ['with detailedReason', { hasDetailedReason: true, hasClipboard: false }],
  ['without it', { hasDetailedReason: false, hasClipboard: true }],
  ['without it, and without the clipboard', { hasDetailedReason: false, hasClipboard: false }],
];

const files = process.argv.slice(2);
const traces = (files.length > 0 ? files : FIXTURES).map((file) => unpackTrace(readFileSync(file)));

function print(told: readonly ToldEdit[]): void {
  const row = (...cells: readonly (string | number)[]): string =>
    cells.map((cell, index) => (index === 0 ? String(cell).padEnd(44) : String(cell).padStart(9))).join('');
  console.log(row('truly', ...WRITERS));
  const kinds = confusionOf(told, ({ truth }) => `${truth.by}: ${truth.how} (${truth.action})`);
  for (const [kind, told] of [...kinds].toSorted(([one], [other]) => one.localeCompare(other))) {
    console.log(row(kind, ...WRITERS.map((by) => told[by])));
  }
  for (const [kind, counts] of confusionOf(told, ({ truth }) => truth.by)) {
    console.log(row(`all ${kind}`, ...WRITERS.map((by) => counts[by])));
  }
}

function printFigures(title: string, told: readonly ToldEdit[]): void {
  const { edits, precision, recall, unknown, unknownCharacters } = figuresOf(told);
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  console.log(
    `${title}: ${edits} edits; a model's: precision ${percent(precision)}, recall ${percent(recall)}; ` +
      `unknown ${percent(unknown)} of the edits, ${percent(unknownCharacters)} of the characters that came at once`,
  );
}

for (const [title, options] of WAYS) {
  const told = traces.flatMap((trace) => replay(trace, options));
  console.log(`\n${title}`);
  print(told);
  printFigures(title, told);
  const { uniform } = seededRandom(1);
  const shaken = traces.flatMap((trace) => replay(trace, { ...options, jitter: uniform }));
  printFigures('  with other pauses', shaken);
}
