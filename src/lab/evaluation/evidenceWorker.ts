import { CandorError } from '../../core/candorError.ts';
import { measureScores, type ScoreMeasures, type ScoresToMeasure } from '../../core/metrics/measureScores.ts';
import { knownItemOf, type EvidenceAnswer, type EvidenceTask } from './evidenceTasks.ts';
import { itemEvidence } from './itemEvidence.ts';
import { parseLabelledItem } from './labelledItem.ts';
import { createNearParser, type NearParser } from './nearParser.ts';

let parser: NearParser | undefined;

/** The task of the evidence pool: some lines of labelled data. Items without tokens come back as they are, for an engine to score. */
export async function evidence({ lines, grammarsUrl }: EvidenceTask): Promise<EvidenceAnswer> {
  try {
    parser ??= createNearParser(new URL(grammarsUrl));
    const answers = [];
    for (const { number, line } of lines) {
      const item = parseLabelledItem(line, number);
      const known = item.tokens === null ? null : await itemEvidence({ parser, engine: null }, item);
      answers.push(item.tokens === null ? { number, item } : { number, known: knownItemOf(item, known) });
    }
    return answers;
  } catch (error) {
    if (CandorError.is(error)) return { failed: error.reason, message: error.message };
    throw error;
  }
}

/** Another task: one column of scores. */
export function measure(scores: ScoresToMeasure): ScoreMeasures {
  return measureScores(scores);
}
