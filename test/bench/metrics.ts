/**
 * What intervals for many signals cost: 100,000 items in 400 repositories, 25 signals, 200 resamples of two levels, and in
 * each the metrics of order of every signal; then once the metrics of one probability, with and without resamples.
 *
 *     node test/bench/metrics.ts
 */
import { auprcOfFailures } from '../../src/core/metrics/auprcOfFailures.ts';
import { aurc } from '../../src/core/metrics/aurc.ts';
import { auroc } from '../../src/core/metrics/auroc.ts';
import { brierScore } from '../../src/core/metrics/brierScore.ts';
import { equalWidthBins } from '../../src/core/metrics/calibrationBins.ts';
import { calibrationLine } from '../../src/core/metrics/calibrationLine.ts';
import { clusterBootstrap, resamples, type Clusters } from '../../src/core/metrics/clusterBootstrap.ts';
import { corpParts } from '../../src/core/metrics/corpParts.ts';
import { coverageAtRisk } from '../../src/core/metrics/coverageAtRisk.ts';
import { eceNullPercentile } from '../../src/core/metrics/eceNullPercentile.ts';
import { logLoss } from '../../src/core/metrics/logLoss.ts';
import { rankScores } from '../../src/core/metrics/rankScores.ts';
import { rankWithinGroups } from '../../src/core/metrics/rankWithinGroups.ts';
import { reliabilityCurve } from '../../src/core/metrics/reliabilityCurve.ts';
import { smoothEce } from '../../src/core/metrics/smoothEce.ts';
import { tallyLabels, type Tally } from '../../src/core/metrics/tallyLabels.ts';
import { withinGroupAuroc } from '../../src/core/metrics/withinGroupAuroc.ts';
import { seededRandom } from '../../src/core/seededRandom.ts';

const ITEMS = 100_000;
const SIGNALS = 25;
const REPLICATES = 200;

const { uniform, normal } = seededRandom(1);
const logits = Float64Array.from({ length: ITEMS }, () => 0.8 + normal());
const labels = Uint8Array.from(logits, (logit) => (uniform() < 1 / (1 + Math.exp(-logit)) ? 1 : 0));
const clusters: Clusters = {
  groups: Uint32Array.from({ length: ITEMS }, () => Math.floor(400 * uniform() ** 2)),
  subgroups: Uint32Array.from({ length: ITEMS }, () => Math.floor(30 * uniform())),
};
const signals = Array.from({ length: SIGNALS }, (_, signal) => logits.map((logit) => logit + signal * normal()));
const settings = { seed: 2, replicates: REPLICATES };

const rankings = timed(`rank ${SIGNALS} signals`, () => signals.map((scores) => rankScores(scores)));
const grouped = timed('and within groups', () => signals.map((scores) => rankWithinGroups(scores, clusters.groups)));
timed(`draw ${REPLICATES} resamples`, () => [...resamples(clusters, 2, REPLICATES)].length);
timed('tally them', () =>
  clusterBootstrap(
    clusters,
    ({ counts }) => rankings.map((ranking) => tallyLabels(ranking, labels, counts).scores.length),
    settings,
  ),
);
timed('AUROC', () =>
  clusterBootstrap(
    clusters,
    ({ counts }) => rankings.map((ranking) => auroc(tallyLabels(ranking, labels, counts))),
    settings,
  ),
);
timed('AUROC within groups', () =>
  clusterBootstrap(
    clusters,
    (resample) => grouped.map((ranking) => withinGroupAuroc(ranking, labels, resample).auroc),
    settings,
  ),
);
timed('AUROC, AUPRC, AURC, coverage', () =>
  clusterBootstrap(
    clusters,
    ({ counts }) =>
      rankings.flatMap((ranking) => {
        const tally = tallyLabels(ranking, labels, counts);
        return [auroc(tally), auprcOfFailures(tally), aurc(tally), coverageAtRisk(tally, 0.1)];
      }),
    settings,
  ),
);

const ranking = rankScores(logits.map((logit) => 1 / (1 + Math.exp(-logit))));
const whole = tallyLabels(ranking, labels);
const metrics: Readonly<Record<string, (tally: Tally) => number | null>> = {
  Brier: brierScore,
  'log loss': logLoss,
  line: (tally) => calibrationLine(tally)?.slope ?? null,
  CORP: (tally) => corpParts(tally)?.discrimination ?? null,
  'smooth ECE': smoothEce,
};
for (const [name, metric] of Object.entries(metrics)) {
  timed(`one probability, ${name}, once`, () => metric(whole));
  timed(`one probability, ${name}`, () =>
    clusterBootstrap(clusters, ({ counts }) => [metric(tallyLabels(ranking, labels, counts))], settings),
  );
}
timed('one probability, null of ECE', () => eceNullPercentile(whole, equalWidthBins(whole), 3));
timed('one probability, reliability curve', () => reliabilityCurve(whole, 4));

function timed<Result>(what: string, work: () => Result): Result {
  const started = performance.now();
  const result = work();
  console.log(what.padEnd(40), `${((performance.now() - started) / 1000).toFixed(2)} s`.padStart(10));
  return result;
}
