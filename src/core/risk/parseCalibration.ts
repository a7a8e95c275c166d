import type { ReliabilityCurve } from '../metrics/reliabilityCurve.ts';
import { parseSource } from '../json/parseSource.ts';
import { parseTarget } from '../json/parseTarget.ts';
import type { Bands } from './bands.ts';
import { keyOfCalibration, type Calibration, type CalibrationOrigin, type Standing } from './calibration.ts';
import { isForTheseRivals, type DriftEvidence } from './driftEvidence.ts';
import type { Familiarity } from './familiarity.ts';
import { corrupt, count, list, number, oneOf, orNull, record, share, text } from '../json/fieldReaders.ts';
import type { BoundedStep, SequenceResult } from './fixedSequenceTest.ts';
import { CandorError } from '../candorError.ts';
import { parseRiskModel } from './parseRiskModel.ts';

/**
 * Reads a calibration from parsed JSON, field by field; unknown fields are left out.
 *
 * @throws CandorError `unsupported` for another schemaVersion, `corrupt` for everything else that is amiss, also where the model
 *   is of another Source or Target than the calibration
 */
export function parseCalibration(json: unknown): Calibration {
  const fields = record(json);
  if (typeof fields.schemaVersion === 'number' && fields.schemaVersion !== 1) {
    throw new CandorError('unsupported', 'This calibration is of another version of Candor. Calibrate again.');
  }
  if (fields.schemaVersion !== 1) throw corrupt();
  const calibration: Calibration = {
    schemaVersion: 1,
    source: parseSource(fields.source),
    target: parseTarget(fields.target),
    model: parseRiskModel(fields.model),
    bands: orNull(fields.bands, bandsOf),
    familiarity: orNull(fields.familiarity, familiarityOf),
    drift: driftOf(fields.drift),
    standing: standingOf(fields.standing),
    lately: standingOf(fields.lately),
    origin: originOf(fields.origin),
  };
  if (calibration.model.key !== keyOfCalibration(calibration)) throw corrupt();
  return calibration;
}

function bandsOf(json: unknown): Bands {
  const { rules, refit, level, trust, doubt } = record(json);
  const { trustRate, doubtRate, level: promised } = record(rules);
  return {
    rules: { trustRate: share(trustRate), doubtRate: share(doubtRate), level: share(promised) },
    refit: count(refit),
    level: share(level),
    trust: sequenceOf(trust),
    doubt: sequenceOf(doubt),
  };
}

function sequenceOf(json: unknown): SequenceResult {
  const fields = record(json);
  const outcome = oneOf(fields.outcome, ['passed', 'too-few-units', 'too-many-failures']);
  const units = count(fields.units);
  if (outcome === 'too-few-units') return { outcome, units, needed: count(fields.needed) };
  const step: BoundedStep = {
    threshold: share(fields.threshold),
    units,
    failures: count(fields.failures),
    bound: share(fields.bound),
  };
  return { outcome, ...step };
}

function familiarityOf(json: unknown): Familiarity {
  const fields = record(json);
  const mean = list(fields.mean, number);
  const cholesky = list(fields.cholesky, number);
  if (cholesky.length !== mean.length ** 2) throw corrupt();
  return { mean, cholesky, limit: number(fields.limit), languages: list(fields.languages, text) };
}

function driftOf(json: unknown): DriftEvidence {
  const fields = record(json);
  const drift: DriftEvidence = {
    lnCapitals: list(fields.lnCapitals, number),
    highestLn: number(fields.highestLn),
    commits: count(fields.commits),
  };
  if (!isForTheseRivals(drift)) throw corrupt();
  return drift;
}

function standingOf(json: unknown): Standing {
  const fields = record(json);
  return {
    regions: count(fields.regions),
    commits: count(fields.commits),
    baseRate: share(fields.baseRate),
    gainNats: orNull(fields.gainNats, (gain) => {
      const { mean, low, high, level } = record(gain);
      return { mean: number(mean), low: number(low), high: number(high), level: share(level) };
    }),
    against: text(fields.against),
    slope: orNull(fields.slope, number),
    discrimination: orNull(fields.discrimination, number),
    reliability: orNull(fields.reliability, reliabilityOf),
    riskAtCoverage: list(fields.riskAtCoverage, (point) => {
      const { coverage, risk } = record(point);
      return { coverage: share(coverage), risk: share(risk) };
    }),
  };
}

function reliabilityOf(json: unknown): ReliabilityCurve {
  const { steps, band } = record(json);
  return {
    steps: list(steps, (step) => {
      const { from, to, observed, items } = record(step);
      return { from: share(from), to: share(to), observed: share(observed), items: count(items) };
    }),
    band: list(band, (point) => {
      const { forecast, low, high } = record(point);
      return { forecast: share(forecast), low: share(low), high: share(high) };
    }),
  };
}

function originOf(json: unknown): CalibrationOrigin {
  const { kind, madeAtMs, authors, firstMs, lastMs } = record(json);
  return {
    kind: oneOf(kind, ['public', 'history', 'data', 'editor']),
    madeAtMs: number(madeAtMs),
    authors: oneOf(authors, ['ai', 'any']),
    firstMs: orNull(firstMs, number),
    lastMs: orNull(lastMs, number),
  };
}
