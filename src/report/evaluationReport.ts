import type { Evaluation } from '../core/metrics/evaluation.ts';
import type { ScoreMeasures } from '../core/metrics/measureScores.ts';

/** As the contract has it: `{ schemaVersion, n, baseRate, groups, signals, judgement }`. */
export function jsonEvaluationReport(evaluation: Evaluation): string {
  return `${JSON.stringify({ schemaVersion: 1, ...evaluation })}\n`;
}

/** A table of all that competed, the best first, and the judgement in full. */
export function textEvaluationReport({ n, leftOut, baseRate, groups, signals, judgement }: Evaluation): string {
  const left = leftOut === 0 ? '' : ` ${leftOut} more have no code or no score.`;
  const head = `${n.toLocaleString('en')} items in ${groups.toLocaleString('en')} groups, ${(baseRate * 100).toFixed(1)} % good.${left}`;
  const ranked = Object.entries(signals).sort(([, one], [, other]) => (other.auroc ?? 0) - (one.auroc ?? 0));
  const rows = [['judgement', judgement] as const, ...ranked].map(([name, measures]) => rowOf(name, measures));
  return `${[
    head,
    '',
    ...table([HEADS, ...rows]),
    '',
    'AUROC: how often a good item has the safer score than a bad one; in brackets 95 %, by drawing whole groups. Within: the same inside',
    'groups. AUPRC: of failures. AURC: mean risk over coverages. Coverage: the largest share whose risk is at most 10 %. Gain: log loss lower',
    'than that of the length alone, in nats. What is no probability has no Brier score, no loss and no slope.',
    '',
    'The judgement, predicted for groups that its model never saw:',
    ...judgementLines(judgement).map((line) => `  ${line}`),
  ].join('\n')}\n`;
}

const HEADS: readonly string[] = [
  '',
  'n',
  'AUROC',
  '95 %',
  'within',
  'AUPRC',
  'AURC',
  'coverage',
  'Brier',
  'log loss',
  'gain',
  'slope',
];

function rowOf(name: string, measures: ScoreMeasures): readonly string[] {
  const { n, auroc, aurocWithin, auprcFailures, aurc, coverageAtRisk, brier, logLoss, deltaLogLoss, slope } = measures;
  const interval = measures.interval.auroc;
  return [
    name,
    n.toLocaleString('en'),
    number(auroc, 3),
    interval === undefined ? '' : `${interval[0].toFixed(3)}-${interval[1].toFixed(3)}`,
    number(aurocWithin, 3),
    number(auprcFailures, 3),
    number(aurc, 3),
    number(coverageAtRisk['0.1'], 2),
    number(brier, 4),
    number(logLoss, 4),
    number(deltaLogLoss, 4),
    number(slope, 2),
  ];
}

function judgementLines({
  skill,
  smoothEce,
  ece,
  eceNull95,
  corp,
  intercept,
  interval,
}: ScoreMeasures): readonly string[] {
  const { deltaLogLoss, slope } = interval;
  return [
    ...(deltaLogLoss === undefined ? [] : [`gain on the length alone, 95 %: ${range(deltaLogLoss, 4)} nats`]),
    ...(slope === undefined ? [] : [`slope, 95 %: ${range(slope, 2)}; intercept ${number(intercept, 2)}`]),
    `Brier skill ${number(skill, 4)}, smooth ECE ${number(smoothEce, 4)}`,
    `ECE ${number(ece, 4)}; of a calibrated forecaster at most ${number(eceNull95, 4)}, 95 times in 100`,
    ...(corp === undefined
      ? []
      : [
          `CORP: miscalibration ${number(corp.miscalibration, 4)}, discrimination ${number(corp.discrimination, 4)}, uncertainty ${number(corp.uncertainty, 4)}`,
        ]),
  ];
}

function number(value: number | undefined, digits: number): string {
  return value === undefined ? '' : value.toFixed(digits);
}

function range([low, high]: readonly [number, number], digits: number): string {
  return `${low.toFixed(digits)} to ${high.toFixed(digits)}`;
}

/** Names to the left, numbers to the right. */
function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = HEADS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}
