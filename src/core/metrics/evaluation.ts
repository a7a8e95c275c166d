import type { ScoreMeasures } from './measureScores.ts';

/** How good signals and judgements are on labelled data. */
export interface Evaluation {
  readonly n: number;
  /** Of the items, those without any code or any score. */
  readonly leftOut: number;
  /** Share of good events, in [0, 1]. */
  readonly baseRate: number;
  readonly groups: number;
  /** By name; `length` is the baseline, the chance by the number of leaves alone under cross-validation. */
  readonly signals: Readonly<Record<string, ScoreMeasures>>;
  /** The chance by the model of risk under cross-validation. */
  readonly judgement: ScoreMeasures;
}
