import { type DriftEvidence, isOutOfDate, noDriftEvidence, observeCommit } from '../../src/core/risk/driftEvidence.ts';
import { seededRandom } from '../../src/core/seededRandom.ts';
import { drawCommit, MEASURED_SHAPE, type SimulatedRegion, sigmoid } from './clusteredCommits.ts';

export const LEVEL = 0.05;

/** What the truth is, as the model's log-odds moved: slope logit + shift. */
export interface Drift {
  readonly name: string;
  readonly slope: number;
  readonly shift: number;
}

export const CALIBRATED: Drift = { name: 'calibrated', slope: 1, shift: 0 };

export const DRIFTS: readonly Drift[] = [
  { name: 'worse by .25 logit', slope: 1, shift: -0.25 },
  { name: 'worse by .5 logit', slope: 1, shift: -0.5 },
  { name: 'worse by 1 logit', slope: 1, shift: -1 },
  { name: 'better by .5 logit', slope: 1, shift: 0.5 },
  { name: 'better by 1 logit', slope: 1, shift: 1 },
  { name: 'twice too confident', slope: 0.5, shift: 0 },
];

/** Ways to take the regions of a commit. The last is no bet that a calibrated model expects to lose. */
export const WAYS = ['mean over regions', 'every region'] as const;
export type Way = (typeof WAYS)[number];

export interface DriftFigures {
  /** Share of the runs that raised the alarm. */
  readonly alarmed: number;
  /** Commits after the drift until the alarm, at the quartiles; null where so many runs raised none. */
  readonly delays: readonly (number | null)[];
}

/**
 * Follows `runs` simulated histories of `commits` commits. The model is calibrated for the first `before`, then the truth
 * drifts; an alarm before that counts as one with no delay.
 */
export function studyDrift(
  drift: Drift,
  way: Way,
  intraclass: number,
  { runs, before, commits, seed }: Readonly<Record<'runs' | 'before' | 'commits' | 'seed', number>>,
): DriftFigures {
  const delays: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const random = seededRandom(seed * 100_003 + run);
    let evidence = noDriftEvidence;
    for (let commit = 0; commit < commits; commit += 1) {
      const { slope, shift } = commit < before ? CALIBRATED : drift;
      const regions = drawCommit({ ...MEASURED_SHAPE, intraclass }, random, (logit) => slope * logit + shift);
      evidence = observe(way, evidence, regions);
      if (!isOutOfDate(evidence, LEVEL)) continue;
      delays.push(Math.max(0, commit + 1 - before));
      break;
    }
  }
  delays.sort((one, other) => one - other);
  return {
    alarmed: delays.length / runs,
    delays: [0.25, 0.5, 0.75].map((share) => delays[Math.ceil(share * runs) - 1] ?? null),
  };
}

function observe(way: Way, evidence: DriftEvidence, regions: readonly SimulatedRegion[]): DriftEvidence {
  const predictions = regions.map(({ logit, good }) => ({ p: sigmoid(logit), good }));
  if (way === 'mean over regions') return observeCommit(evidence, predictions);
  return predictions.reduce((held, prediction) => observeCommit(held, [prediction]), evidence);
}
