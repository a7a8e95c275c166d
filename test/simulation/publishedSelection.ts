import type { WayName } from './selectiveStudy.ts';

/** Mean risk, coverage and share of violations over 1,500 runs, from a simulation written apart from this code. */
export interface PublishedSelection {
  readonly maxRisk: number;
  readonly count: number;
  readonly figures: Readonly<Partial<Record<WayName, readonly [risk: number, coverage: number, violations: number]>>>;
}

export const PUBLISHED_RUNS = 1500;

export const PUBLISHED_SELECTION: readonly PublishedSelection[] = [
  { maxRisk: 0.1, count: 30, figures: { plain: [0.112, 0.53, 0.55], 'SCOPE, looser': [0.066, 0.32, 0.29] } },
  { maxRisk: 0.1, count: 100, figures: { plain: [0.107, 0.53, 0.56], 'SCOPE, looser': [0.091, 0.47, 0.41] } },
  { maxRisk: 0.1, count: 500, figures: { plain: [0.103, 0.53, 0.55], 'SCOPE, looser': [0.1, 0.52, 0.5] } },
  { maxRisk: 0.2, count: 30, figures: { plain: [0.194, 0.77, 0.48], 'SCOPE, looser': [0.165, 0.69, 0.32] } },
  { maxRisk: 0.2, count: 100, figures: { plain: [0.2, 0.8, 0.5], 'SCOPE, looser': [0.19, 0.77, 0.4] } },
  { maxRisk: 0.2, count: 500, figures: { plain: [0.2, 0.8, 0.49], 'SCOPE, looser': [0.198, 0.8, 0.46] } },
];
