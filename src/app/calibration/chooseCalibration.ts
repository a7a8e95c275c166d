import { isOf } from '../../assess/judgeEvidence.ts';
import { showsChance, type Calibration } from '../../core/risk/calibration.ts';
import type { Source, Target } from '../../core/words.ts';

/** Nearest to "is it wrong" first. */
const EVENTS: readonly Target['event'][] = ['correct', 'sound', 'survives', 'matches'];

/**
 * The calibrations of each Source, the one to judge by first: those that know more than the plain rate before those that do
 * not, the user's own before the public ones, AI-written code's before all code's, and the target that is nearest to "is it wrong".
 *
 * @param own fitted to this workspace's outcomes
 * @param shared came with Candor
 */
export function chooseCalibration(
  own: readonly Calibration[],
  shared: readonly Calibration[],
): (source: Source) => readonly Calibration[] {
  const inOrder = [...own.toSorted(byUse), ...shared.toSorted(byUse)];
  return (source) => {
    const fitting = inOrder.filter((calibration) => isOf(calibration, source));
    return [...fitting.filter(showsChance), ...fitting.filter((calibration) => !showsChance(calibration))];
  };
}

function byUse(one: Calibration, other: Calibration): number {
  const rankOf = ({ origin, target }: Calibration): number =>
    (origin.authors === 'ai' ? 0 : EVENTS.length) + EVENTS.indexOf(target.event);
  return rankOf(one) - rankOf(other);
}
