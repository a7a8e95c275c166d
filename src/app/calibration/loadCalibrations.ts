import type { CalibrationOf } from '../../assess/judgeEvidence.ts';
import type { Assets } from '../assets.ts';
import { calibrationStore, publicCalibrations } from './calibrationStore.ts';
import { chooseCalibration } from './chooseCalibration.ts';

/** What is calibrated for a workspace: on its own outcomes, and publicly; null: for no workspace. */
export async function loadCalibrations(workspace: string | null, assets: Assets): Promise<CalibrationOf> {
  const [own, shared] = await Promise.all([
    workspace === null ? [] : calibrationStore(workspace).load(),
    publicCalibrations(assets.publicCalibrations),
  ]);
  return chooseCalibration(own, shared);
}
