import { CandorError } from '../../core/candorError.ts';
import type { Candor } from '../candor.ts';
import { showCalibration } from './showCalibration.ts';

/** Calibrates the engine to what became of code in the history of the workspace, and shows what came of it. */
export async function calibrate(candor: Candor): Promise<void> {
  const { auditor, followed, work } = candor;
  const calibrated = await work.run('Calibrating to the history', async (call) => {
    const { workspace, ...rest } = await candor.setup();
    if (workspace === null) {
      const message = 'No folder on this machine’s disk is open. Open one with a git repository, and calibrate again.';
      throw new CandorError('unsupported', message);
    }
    return auditor.calibrate({ ...rest, workspace }, call);
  });
  if (calibrated === null) return;
  // What is marked was judged by the calibration before.
  followed.clear();
  await showCalibration(candor);
}
