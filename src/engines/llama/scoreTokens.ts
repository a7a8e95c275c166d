import type { ScoredTokens } from './scoreMemory.ts';
import { windowOf, type WindowShape } from './scoringWindows.ts';
import { startTokens, type Question, type TokenEvaluator } from './tokenEvaluator.ts';

/** Where the likeliest tokens are wanted as well. */
export interface Detail {
  readonly topK: number;
  readonly isWantedAt: (place: number) => boolean;
}

/** The shape of the windows in which an evaluator scores texts. */
export function windowShape({ contextTokens, startToken }: TokenEvaluator): WindowShape {
  return { size: contextTokens, hasStart: startToken !== null };
}

/**
 * Fills in what a sheet lacks, window by window, each in one pass. Without a start token nothing comes before the first
 * token and it stays unscored. What was filled in when the signal is aborted remains.
 */
export async function scoreTokens(
  evaluator: TokenEvaluator,
  sheet: ScoredTokens,
  detail: Detail,
  signal: AbortSignal,
): Promise<void> {
  const { startToken } = evaluator;
  const shape = windowShape(evaluator);
  const { ids, logprobsNats, tops } = sheet;
  const lead = startTokens(evaluator);
  for (let place = startToken === null ? 1 : 0; place < ids.length;) {
    const { start, end } = windowOf(place, shape);
    const questions: Question[] = [];
    const inputOf = (scored: number): number => scored - start - 1 + lead.length;
    for (; place < Math.min(end, ids.length); place++) {
      const topK = detail.isWantedAt(place) && (tops.get(place)?.topK ?? 0) < detail.topK ? detail.topK : 0;
      const target = ids[place];
      if (target === undefined || (topK === 0 && !Number.isNaN(logprobsNats[place]))) continue;
      questions.push({ after: inputOf(place), target, topK });
    }
    if (questions.length === 0) continue;
    const inputs = [...lead, ...ids.slice(start, Math.min(end, ids.length) - 1)];
    await evaluator.evaluate(
      inputs,
      questions,
      ({ question, logprobNats, top }) => {
        const scored = question.after - inputOf(0);
        // A token keeps the number that it was first given, so that a text's scores do not flicker in the last digits.
        if (Number.isNaN(logprobsNats[scored])) logprobsNats[scored] = logprobNats;
        if (question.topK > 0) tops.set(scored, { topK: question.topK, tokens: top });
      },
      signal,
    );
  }
}
