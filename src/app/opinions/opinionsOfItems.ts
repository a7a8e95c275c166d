import type { SignalValues } from '../../core/words.ts';
import type { LabelledItem } from '../../lab/evaluation/labelledItem.ts';
import { languageOfData } from '../../lab/evaluation/languageOfData.ts';
import { compareCode } from './compareCode.ts';
import { secondOpinion, type OpinionSettings, type OpinionTools } from './secondOpinion.ts';

/** What an engine is shown around an item, and how it is asked. */
export interface ItemOpinionSettings extends Omit<OpinionSettings, 'isAsked'> {
  readonly mostUnits: number;
  /** Whether the engine is asked what it thinks of each item, and of pairs of them. */
  readonly isAsked: boolean;
}

/** So many items are compared with each other: the questions grow with their square. */
const COMPARED_TOGETHER = 6;

/**
 * Second opinions on labelled completions, each in its place: numbers by the names of their signals (`OPINION_SIGNALS`). Where the engine is
 * asked, neighbouring items are compared too; comparing tells only which of a few is worse.
 *
 * @param onDone told how many items are done
 */
export async function opinionsOfItems(
  tools: OpinionTools,
  items: readonly LabelledItem[],
  { mostUnits, isAsked, ...settings }: ItemOpinionSettings,
  onDone: (done: number) => void,
  abortSignal: AbortSignal,
): Promise<readonly SignalValues[]> {
  const found: SignalValues[] = [];
  const call = { onProgress: () => undefined, abortSignal };
  for (const { id, language, prefix, completion, suffix } of items) {
    const start = prefix.length;
    const place = {
      kind: completion.includes('\n') ? 'statement' : 'line',
      start,
      end: start + completion.length,
    } as const;
    const text = prefix + completion + suffix;
    const request = { path: id, language: languageOfData(language), text, place, openTexts: [], mostUnits };
    const { signals } = await secondOpinion(tools, request, { ...settings, isAsked }, call);
    found.push(signals);
    onDone(found.length);
  }
  if (!isAsked) return found;
  const strengths: number[] = [];
  for (let first = 0; first < items.length; first += COMPARED_TOGETHER) {
    const pieces = items.slice(first, first + COMPARED_TOGETHER).map(({ completion }) => completion);
    strengths.push(...(await compareCode(tools.engine, pieces, () => undefined, abortSignal)));
  }
  return found.map((signals, index) => ({ ...signals, comparisonStrength: strengths[index] ?? 0 }));
}
