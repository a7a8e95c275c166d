import { shapeFeatures, signalFeatures, sizeFeatures, type Features } from '../../core/risk/regionFeatures.ts';
import { chooseFeatures } from './chooseFeatures.ts';
import { fitFeatureModel, logLossNats, type FeatureRow } from './featureModel.ts';
import { knownMs, labelledRegions, pastRateLogit, type HistoryEvent, type LabelledRegion } from './labelledRegions.ts';
import { churnFeatures, evidenceOf, fileAgeFeatures, landingFeatures } from './survivalEvidence.ts';
import type { SurvivalRecord } from './survivalRecord.ts';

export interface Comparison {
  readonly event: HistoryEvent;
  readonly horizonDays: number;
  readonly engine: string;
  readonly withChurn: boolean;
}

/** A region as both models predicted it, from the past of other repositories alone. */
export interface ComparedRegion {
  readonly repository: string;
  readonly landing: string;
  readonly label: 0 | 1;
  readonly baseline: number;
  readonly model: number;
  /** Log loss of the baseline minus that of the model, in nats: above 0 where the model did better. */
  readonly gainNats: number;
}

export interface ComparedBlock {
  readonly regions: readonly ComparedRegion[];
  /** What won in the inner folds of the fit. */
  readonly features: readonly string[];
}

/** With fewer known regions of other repositories nothing is fitted. */
const FEWEST_TO_FIT = 200;

/**
 * Predicts every region by the baseline and by the model of risk of docs/evaluation.md, each fitted on what was known of all other
 * repositories when the quarter began in which the region landed.
 */
export function* compareOnPast(records: readonly SurvivalRecord[], comparison: Comparison): Generator<ComparedBlock> {
  const { event, horizonDays } = comparison;
  const regions = labelledRegions(records, event, horizonDays);
  const blocks = Map.groupBy(regions, ({ record }) => `${record.repository} ${quarterStartMs(record.landedAtMs)}`);
  for (const block of blocks.values()) {
    const [first] = block;
    if (first === undefined) continue;
    const { repository, landedAtMs } = first.record;
    const startMs = quarterStartMs(landedAtMs);
    const known = regions.filter(
      (region) => region.record.repository !== repository && knownMs(region, horizonDays) <= startMs,
    );
    if (known.length >= FEWEST_TO_FIT) yield compareBlock(regions, known, block, comparison);
  }
}

function compareBlock(
  regions: readonly LabelledRegion[],
  known: readonly LabelledRegion[],
  block: readonly LabelledRegion[],
  { horizonDays, engine, withChurn }: Comparison,
): ComparedBlock {
  const othersRate = (1 + known.filter(({ label }) => label === 0).length) / (2 + known.length);
  const byRepository = Map.groupBy(regions, ({ record }) => record.repository);
  const rowOf = (region: LabelledRegion): FeatureRow => {
    const { record, label } = region;
    const own = byRepository.get(record.repository) ?? [];
    const pastRate = { pastRate: pastRateLogit(own, record.landedAtMs, horizonDays, othersRate) };
    return {
      repository: record.repository,
      label,
      levels: [record.language, record.kind],
      features: { ...baselineFeatures(record, engine), ...pastRate, ...competing(record, engine, withChurn) },
    };
  };
  const rows = known.map(rowOf);
  const always = [...Object.keys(block[0] === undefined ? {} : baselineFeatures(block[0].record, engine)), 'pastRate'];
  const names = new Set(known.flatMap(({ record }) => Object.keys(competing(record, engine, withChurn))));
  const baseline = fitFeatureModel(rows, chooseFeatures(rows, always, [], false));
  const choice = chooseFeatures(rows, always, [...names].sort(), true);
  const model = fitFeatureModel(rows, choice);
  return {
    features: choice.names.filter((name) => !always.includes(name)),
    regions: block.map((region): ComparedRegion => {
      const row = rowOf(region);
      const [byBaseline, byModel] = [baseline(row), model(row)];
      const { repository, landing } = region.record;
      const gainNats = logLossNats(byBaseline, region.label) - logLossNats(byModel, region.label);
      return { repository, landing, label: region.label, baseline: byBaseline, model: byModel, gainNats };
    }),
  };
}

/** What everybody knows without looking at a token: how long the code is, and how old its file. */
function baselineFeatures(record: SurvivalRecord, engine: string): Features {
  return { ...sizeFeatures(evidenceOf(record, engine)), ...fileAgeFeatures(record) };
}

function competing(record: SurvivalRecord, engine: string, withChurn: boolean): Features {
  const evidence = evidenceOf(record, engine);
  return {
    ...shapeFeatures(evidence),
    ...landingFeatures(record),
    ...signalFeatures(evidence),
    ...(withChurn && churnFeatures(record)),
  };
}

function quarterStartMs(atMs: number): number {
  const date = new Date(atMs);
  return Date.UTC(date.getUTCFullYear(), 3 * Math.floor(date.getUTCMonth() / 3), 1);
}
