import type { Candor } from '../candor.ts';

/** Shows what is calibrated for the engine, how it did, and what it rests on. */
export async function showCalibration(candor: Candor): Promise<void> {
  const { auditor, calibration, work } = candor;
  const calibrations = await work.run(null, async (call) => auditor.calibrations(await candor.setup(), call));
  if (calibrations !== null) calibration.show(calibrations);
}
