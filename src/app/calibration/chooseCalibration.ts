import { isOf, type CalibrationOf } from '../../assess/judgeEvidence.ts';
import { showsChance, type Calibration } from '../../core/risk/calibration.ts';
import type { Target } from '../../core/words.ts';

/** Nearest to "is it wrong" first. */
const EVENTS: readonly Target['event'][] = ['correct', 'sound', 'survives', 'matches'];

/**
 * The calibration to judge by, for each Source: of those that know more than the plain rate the user's own before the public
 * ones, AI-written code's before all code's, and the target that is nearest to "is it wrong". Where none does, the first of
 * them all, which then says why no chance is shown.
 *
 * @param own fitted to this workspace's outcomes
 * @param shared came with Candor
 */
export function chooseCalibration(own: readonly Calibration[], shared: readonly Calibration[]): CalibrationOf {
  const inOrder = [...own.toSorted(byUse), ...shared.toSorted(byUse)];
  return (source) => {
    const fitting = inOrder.filter((calibration) => isOf(calibration, source));
    return fitting.find(showsChance) ?? fitting[0] ?? null;
  };
}

function byUse(one: Calibration, other: Calibration): number {
  const rankOf = ({ origin, target }: Calibration): number =>
    (origin.authors === 'ai' ? 0 : EVENTS.length) + EVENTS.indexOf(target.event);
  return rankOf(one) - rankOf(other);
}
