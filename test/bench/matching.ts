/**
 * How well texts are matched to what was recorded: 10,000 insertions with planted edits against 1,000 generations.
 *
 *     node test/bench/matching.ts [SEED]
 */
import { quantile } from '../../src/core/metrics/quantile.ts';
import {
  isToBeFound,
  judgeInsertions,
  LONG_ENOUGH,
  tallyOf,
  type Judged,
} from '../unit/capture/matching/measureMatching.ts';
import { EDITS, plantedInsertions } from '../unit/capture/matching/plantedInsertions.ts';

const data = plantedInsertions(Number(process.argv[2] ?? 1), 1000, 10_000);
const judged = judgeInsertions(data);

row('', ['insertions', 'right', 'wrong', 'unsure', 'recall', 'long', 'short', 'median ms']);
for (const edit of EDITS)
  report(
    edit,
    judged.filter(({ planted }) => planted.edit === edit),
  );
report('all', judged);
const { right, wrong } = tallyOf(judged);
console.log(`\nprecision ${(right / (right + wrong)).toFixed(4)}`);
console.log(
  `recall    ${recall(judged.filter(isToBeFound))} of insertions with ${LONG_ENOUGH} visible characters or more`,
);
console.log(`took      ${timeAt(judged, 0.5)} ms median, ${timeAt(judged, 0.95)} ms p95`);

function report(name: string, some: readonly Judged[]): void {
  const tally = tallyOf(some);
  const ofSome = some.filter(({ planted }) => planted.from.size > 0);
  const isLong = ({ planted }: Judged): boolean => planted.visible >= LONG_ENOUGH;
  row(name, [
    ...[tally.count, tally.right, tally.wrong, tally.unsure].map(String),
    recall(ofSome),
    recall(ofSome.filter(isLong)),
    recall(ofSome.filter((one) => !isLong(one))),
    timeAt(some, 0.5),
  ]);
}

function recall(some: readonly Judged[]): string {
  return some.length === 0 ? '-' : (tallyOf(some).found / some.length).toFixed(3);
}

function timeAt(some: readonly Judged[], share: number): string {
  return (
    quantile(
      some.map(({ tookMs }) => tookMs),
      share,
    )?.toFixed(3) ?? '-'
  );
}

function row(name: string, cells: readonly string[]): void {
  console.log(name.padEnd(36) + cells.map((cell) => cell.padStart(11)).join(''));
}
