import type { CalibrationOf } from '../../assess/judgeEvidence.ts';
import type { Calibration } from '../../core/risk/calibration.ts';
import type { Source } from '../../core/words.ts';
import type { Assets } from '../assets.ts';
import { calibrationStore, publicCalibrations } from './calibrationStore.ts';
import { chooseCalibration } from './chooseCalibration.ts';

/** Calibrations of a workspace. */
export interface Calibrations {
  /** Those of a Source, the one that judges first. */
  readonly allOf: (source: Source) => readonly Calibration[];
  /** The one that judges. */
  readonly of: CalibrationOf;
}

/** What is calibrated for a workspace: on its own outcomes, and publicly; null: for no workspace. */
export async function loadCalibrations(workspace: string | null, assets: Assets): Promise<Calibrations> {
  const [own, shared] = await Promise.all([
    workspace === null ? [] : calibrationStore(workspace).load(),
    publicCalibrations(assets.publicCalibrations),
  ]);
  const allOf = chooseCalibration(own, shared);
  return { allOf, of: (source) => allOf(source)[0] ?? null };
}
