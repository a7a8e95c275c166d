import type { Calibration, Standing } from '../core/risk/calibration.ts';
import {
  authorsInWords,
  bandsInWords,
  basisInWords,
  eventInWords,
  percent,
  standingInWords,
  verdictInWords,
} from './calibrationWords.ts';

/** What was calibrated, on what. */
export interface CalibrationReport {
  readonly calibrations: readonly Calibration[];
  readonly regions: number;
  readonly landings: number;
  readonly seconds: number;
  /** Whether all was used that was drawn; another call goes on otherwise. */
  readonly isComplete: boolean;
}

export function textCalibrationReport({
  calibrations,
  regions,
  landings,
  seconds,
  isComplete,
}: CalibrationReport): string {
  const whose = calibrations[0] === undefined ? '' : ` of ${authorsInWords(calibrations[0].origin.authors)}`;
  const head = `${regions.toLocaleString('en')} regions of ${landings.toLocaleString('en')} commits${whose}, in ${seconds.toFixed(0)} s.`;
  const more = isComplete ? [] : ['The budget was spent before all were scored: the same command goes on from here.'];
  return `${[[head, ...more].join('\n'), ...calibrations.map(block)].join('\n\n')}\n`;
}

/** The calibrations as they are kept, without what a person has no use for. */
export function jsonCalibrationReport({ calibrations, ...report }: CalibrationReport): string {
  const document = {
    schemaVersion: 1,
    ...report,
    calibrations: calibrations.map((calibration) => {
      const { source, target, origin, standing, lately, bands, model } = calibration;
      const { prior, outcomeCount, commitCount } = model;
      return {
        source,
        target,
        origin,
        prior,
        outcomeCount,
        commitCount,
        bands,
        standing,
        lately,
        verdict: verdictInWords(calibration),
      };
    }),
  };
  return `${JSON.stringify(document)}\n`;
}

function block(calibration: Calibration): string {
  const { source, target, standing, lately } = calibration;
  return [
    `Engine ${source.engine}: chance that a region ${eventInWords(target)}`,
    `  ${verdictInWords(calibration)}`,
    `  Rests on ${basisInWords(calibration)}.`,
    ...bandsInWords(calibration).map((line) => `  ${line}`),
    '  Predicted before the outcome was known:',
    ...standingInWords(standing).map((line) => `    ${line}`),
    '  The last quarter of them:',
    ...standingInWords(lately).map((line) => `    ${line}`),
    ...reliabilityLines(lately).map((line) => `    ${line}`),
  ].join('\n');
}

/**
 * The reliability curve, a step a line, with the band of a calibrated forecaster at its middle:
 *
 *     said 78-84 %   came true 81 %   (52 regions; calibrated: 70-91 %)
 */
function reliabilityLines({ reliability }: Standing): readonly string[] {
  return (reliability?.steps ?? []).map(({ from, to, observed, items }) => {
    const middle = (from + to) / 2;
    const near = reliability?.band.reduce((best, point) =>
      Math.abs(point.forecast - middle) < Math.abs(best.forecast - middle) ? point : best,
    );
    const said = percent(from) === percent(to) ? percent(from) : `${(from * 100).toFixed(0)} to ${percent(to)}`;
    const band =
      near === undefined ? '' : `; a calibrated forecaster: ${(near.low * 100).toFixed(0)} to ${percent(near.high)}`;
    return `said ${said}: came true ${percent(observed)} (${items} regions${band})`;
  });
}
