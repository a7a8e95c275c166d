import { assessText, type AssessedRegion, type AssessedText, type Assessor } from '../../assess/assessText.ts';
import { evidenceOfRegion } from '../../assess/evidenceOfRegion.ts';
import { hazardsOfRegion } from '../../assess/judgeEvidence.ts';
import { leafReadings } from '../../assess/leafReadings.ts';
import { recordedEngine } from '../../assess/recordedEngine.ts';
import { shareOfLeaves, type LeafHazards } from '../../core/risk/leafHazards.ts';
import type { Band } from '../../core/words.ts';
import { codeLeavesOf } from '../../syntax/codeLeaves.ts';
import type { Completion } from './completion.ts';
import type { PlaceToWrite } from './completionContext.ts';
import type { JudgedCompletion, JudgedStatement } from './cutDoubtful.ts';
import { statementsWritten } from './statementEnd.ts';

/** From the band that says most against a completion. */
const WORST_FIRST: readonly Band[] = ['doubt', 'unknown', 'check', 'trust'];

/**
 * Judges a completion in its place, by the generator's own tokens, as it would be judged once it is accepted. It is of the worst of its
 * regions' bands. Where nothing is calibrated for the generator the band is `unknown`, and no statement has a chance.
 *
 * Rejects with the signal's reason when aborted.
 */
export async function judgeCompletion(
  assessor: Pick<Assessor, 'parser' | 'salt' | 'calibrationOf'>,
  { path, language, text, offset }: Omit<PlaceToWrite, 'openTexts'>,
  completion: Completion,
  signal: AbortSignal,
): Promise<JudgedCompletion> {
  const whole = text.slice(0, offset) + completion.text + text.slice(offset);
  const engine = recordedEngine(whole, [{ start: offset, scored: completion.scored }]);
  const range = { start: offset, end: offset + completion.text.length };
  const within = { origin: 'inline', ranges: [range] } as const;
  const request = { text: whole, path, language, within, abortSignal: signal };
  const assessed = await assessText({ ...assessor, engine }, request);
  const bands = new Set(assessed.regions.map(({ assessment }) => assessment.band));
  const riskOf = statementRisks(assessed, assessor.calibrationOf);
  const statements = statementsWritten(assessed.spans, range)?.statements ?? [];
  return {
    band: WORST_FIRST.find((band) => bands.has(band)) ?? 'unknown',
    statements: statements.map((span): JudgedStatement => {
      const risk = riskOf(assessed.spans.leafStarts[span] ?? 0, assessed.spans.leafEnds[span] ?? 0);
      return {
        start: Math.max(assessed.spans.starts[span] ?? 0, range.start) - offset,
        end: Math.min(assessed.spans.ends[span] ?? 0, range.end) - offset,
        p: risk === null ? null : 1 - risk,
      };
    }),
  };
}

/**
 * What tells the risk of a run of leaves: r (1 - e^-Lambda(run)) / (1 - e^-Lambda(region)), and of a run that lies in several regions that
 * of the riskiest. Null where one of them has no judgement, or nobody knows where in it the risk lies.
 */
function statementRisks(
  { regions, spans, lines, request }: AssessedText,
  calibrationOf: Assessor['calibrationOf'],
): (startLeaf: number, endLeaf: number) => number | null {
  const code = codeLeavesOf(request.text, spans);
  const hazardsOf = ({ assessment, reading, found, unit }: AssessedRegion): LeafHazards | null => {
    const { source, evidence } = assessment;
    const readings = leafReadings(reading.scored, reading.alignment, spans);
    const known = evidenceOfRegion(code, lines, readings, evidence.signals, found, unit);
    return known && hazardsOfRegion(calibrationOf?.(source) ?? null, source, known, found);
  };
  const risks = regions.map((region) => {
    const { judgement } = region.assessment;
    const hazards = judgement && hazardsOf(region);
    return { ...region.found, risk: judgement && 1 - judgement.p, hazards };
  });
  return (startLeaf, endLeaf) => {
    const held = risks.filter(({ firstLeaf, endLeaf: end }) => firstLeaf < endLeaf && startLeaf < end);
    let most: number | null = null;
    for (const { firstLeaf, endLeaf: end, risk, hazards } of held) {
      const isWhole = startLeaf <= firstLeaf && end <= endLeaf;
      const share = hazards ? shareOfLeaves(hazards, startLeaf, endLeaf) : isWhole ? 1 : null;
      if (risk === null || share === null) return null;
      most = Math.max(most ?? 0, risk * share);
    }
    return most;
  };
}
