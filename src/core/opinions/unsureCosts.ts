import { CandorError } from '../candorError.ts';

/** What a reader is taken to gain and pay. */
export interface UnsureSettings {
  /** p: a part that is right with a smaller chance is better marked. In [0, 1]. */
  readonly effectivePrecision: number;
  /** c: what it costs to start an edit where nothing is marked, in characters. At least 0. */
  readonly startEditingCost: number;
  /** q: what an edit costs where something is marked, against where nothing is. In [0, 1]; at 1 marks are of no use. */
  readonly editSensitivity: number;
}

/** Gains and costs in characters: the first four for each character of a part, the others for each edit or region. */
export interface UnsureCosts {
  readonly sureMatch: number;
  readonly sureDelete: number;
  readonly unsureMatch: number;
  /** Below 0 for a high precision and a low sensitivity: never more than the match would have gained. */
  readonly unsureDelete: number;
  readonly sureStart: number;
  readonly unsureStart: number;
  readonly region: number;
}

/** The authors' defaults. */
export const DEFAULT_UNSURE_SETTINGS: UnsureSettings = {
  effectivePrecision: 0.7,
  startEditingCost: 5,
  editSensitivity: 0.5,
};

/**
 * What matching, deleting, starting to edit and marking are worth (R-U-SURE, arXiv 2303.00732; public code
 * google-research/r_u_sure):
 *
 *     SURE     match 1         delete 1                   start of an edit c
 *     UNSURE   match 2q - d    delete d = 1 - 2p (1 - q)  start of an edit qc    each region (1 - p)(1 - q) c
 *
 * Inserting costs nothing but the start, so that no mark is set for fear of one long insertion. By these numbers a part
 * alone, right with chance a and otherwise to be replaced, is better marked exactly when a < p.
 *
 * @throws CandorError `bad-call` where a setting is out of range
 */
export function unsureCosts({ effectivePrecision, startEditingCost, editSensitivity }: UnsureSettings): UnsureCosts {
  const areShares = [effectivePrecision, editSensitivity].every((share) => share >= 0 && share <= 1);
  if (!areShares || !(startEditingCost >= 0 && startEditingCost < Infinity)) {
    throw new CandorError('bad-call', 'Precision and sensitivity lie in [0, 1] and the cost is at least 0: give such.');
  }
  const unsureDelete = 1 - 2 * effectivePrecision * (1 - editSensitivity);
  return {
    sureMatch: 1,
    sureDelete: 1,
    unsureMatch: 2 * editSensitivity - unsureDelete,
    unsureDelete,
    sureStart: startEditingCost,
    unsureStart: editSensitivity * startEditingCost,
    region: (1 - effectivePrecision) * (1 - editSensitivity) * startEditingCost,
  };
}

/** What a part of this length gains where it matches, and costs where it is deleted. */
export function partCosts(
  length: number,
  isUnsure: boolean,
  { sureMatch, sureDelete, unsureMatch, unsureDelete }: UnsureCosts,
): { readonly match: number; readonly delete: number } {
  return isUnsure
    ? { match: length * unsureMatch, delete: length * unsureDelete }
    : { match: length * sureMatch, delete: length * sureDelete };
}
