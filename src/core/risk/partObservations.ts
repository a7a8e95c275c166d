import { CATEGORIES } from '../words.ts';
import type { FeatureSchema, Observation } from './observation.ts';
import type { LeafEvidence, RegionEvidence } from './regionEvidence.ts';

/** What the second part of a model of risk reads of a leaf or a gap. */
export const PART_SCHEMA: FeatureSchema = {
  name: 'part',
  version: 1,
  features: ['lnSurprisal', 'isNew', 'place'],
  groups: ['part'],
};

/**
 * The leaves of a region and the gaps between them, in text order: leaf, gap, leaf, ..., leaf.
 *
 *     leaves     if   (   x        a gap has what the leaf after it has, for where the engine
 *     parts      L  G L G L        expected something else, something may be missing
 *
 * `lnSurprisal` is ln(1 + nats), `isNew` whether its tokens never stood in a row before, `place` how far into the region it is, in
 * [0, 1]. A leaf's level is its category; gaps have two of their own,
 * for at the start of a line a whole statement may be missing.
 */
export function partObservations({ leaves }: Pick<RegionEvidence, 'leaves'>): readonly Observation[] {
  const { categories, lines } = leaves;
  return categories.flatMap((category, leaf): Observation[] => {
    const features = featuresOf(leaves, leaf);
    const here: Observation = { features, levels: { part: CATEGORIES[category] ?? 'other' } };
    if (leaf === 0) return [here];
    const part = lines[leaf] === lines[leaf - 1] ? 'gap' : 'gap between lines';
    return [{ features, levels: { part } }, here];
  });
}

function featuresOf({ categories, surprisalsNats, seen }: LeafEvidence, leaf: number): Observation['features'] {
  const nats = surprisalsNats[leaf];
  const wasSeen = seen[leaf] ?? null;
  return {
    ...(nats !== undefined && { lnSurprisal: Math.log1p(nats) }),
    ...(wasSeen !== null && { isNew: 1 - wasSeen }),
    place: categories.length === 1 ? 0 : leaf / (categories.length - 1),
  };
}
