/**
 * What a model of risk sees of a region, or of one of its leaves and gaps: numbers and names of levels, free of text. A
 * feature that cannot be had is absent; one that is not finite counts as absent too.
 */
export interface Observation {
  readonly features: Readonly<Record<string, number>>;
  /** By group, as in `{ language: 'python', kind: 'function' }`. */
  readonly levels: Readonly<Record<string, string>>;
}

/** Which features and groups of levels a model reads. Two models whose schemas differ are different models. */
export interface FeatureSchema {
  readonly name: string;
  /** Another meaning of a feature is another version. */
  readonly version: number;
  readonly features: readonly string[];
  readonly groups: readonly string[];
}
