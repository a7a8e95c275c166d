import type { FeatureSchema, Observation } from './observation.ts';
import type { RegionEvidence } from './regionEvidence.ts';
import { shapeFeatures, signalFeatures, sizeFeatures } from './regionFeatures.ts';

/** Raised when a feature's meaning changes: models of two versions are never mixed. */
const VERSION = 1;

/** What a model of risk looks at where no public data say what is worth looking at. */
export const PLAIN_FEATURES: readonly string[] = [
  'lnLeaves',
  'meanLogprob',
  'lowestLogprobs',
  'identifierNovelty',
  'leafPeak',
];

/** What a model of risk reads of a region: these features of `regionObservation`, and an intercept by language and kind. */
export function regionSchema(features: readonly string[]): FeatureSchema {
  return { name: 'region', version: VERSION, features: [...features], groups: ['language', 'kind'] };
}

/** All that can be known of a region, under the names that schemas choose from. */
export function regionObservation(evidence: RegionEvidence): Observation {
  return {
    features: { ...sizeFeatures(evidence), ...shapeFeatures(evidence), ...signalFeatures(evidence) },
    levels: { language: evidence.language, kind: evidence.kind },
  };
}
