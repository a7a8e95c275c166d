import { calibrationKeyOf } from '../../core/risk/calibrationKey.ts';
import { withoutSnapshot } from '../../core/risk/fitCalibration.ts';
import type { NamedOutcome } from '../../core/risk/predictInOrder.ts';
import type { CalibrationKey, Source, Target } from '../../core/words.ts';
import type { LearnedFrom } from '../../ledger/ledger.ts';

/** All outcomes of one pair of Source and Target, in the order in which they were known. */
export interface KeyOutcomes {
  readonly key: CalibrationKey;
  readonly source: Source;
  readonly target: Target;
  readonly outcomes: readonly NamedOutcome[];
}

const DAY_MS = 86_400_000;

/**
 * The outcomes of a ledger as a model of risk learns them. What arrived in one document on one day counts as one commit: it is mostly one
 * piece of work, whose parts stand and fall together.
 *
 * @param evidenceVersion evidence of another version means something else, and is left out
 */
export function outcomesByKey(learnedFrom: readonly LearnedFrom[], evidenceVersion: number): readonly KeyOutcomes[] {
  const usable = learnedFrom.filter(({ assessment }) => assessment.evidence.version === evidenceVersion);
  const keyOf = ({ assessment, outcome }: LearnedFrom): CalibrationKey =>
    calibrationKeyOf(assessment.source, outcome.target, 'ai');
  return Array.from(Map.groupBy(usable, keyOf), ([key, group]): KeyOutcomes | null => {
    const [first] = group;
    if (first === undefined) return null;
    const outcomes = group.map(namedOutcome).sort((one, other) => one.knownAtMs - other.knownAtMs);
    return { key, source: withoutSnapshot(first.assessment.source), target: first.outcome.target, outcomes };
  }).filter((group) => group !== null);
}

function namedOutcome({ assessment, outcome }: LearnedFrom): NamedOutcome {
  const { features, levels } = assessment.evidence;
  return {
    id: assessment.id,
    region: { features, levels },
    touched: !outcome.happened,
    commit: `${assessment.document} ${Math.floor(assessment.atMs / DAY_MS)}`,
    atMs: assessment.atMs,
    knownAtMs: outcome.atMs,
  };
}
