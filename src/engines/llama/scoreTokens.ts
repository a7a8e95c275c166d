import type { ScoredTokens } from './scoreMemory.ts';
import { windowOf, type WindowShape } from './scoringWindows.ts';
import type { Lanes } from './lanes.ts';
import { startTokens, type Question, type TokenEvaluator } from './tokenEvaluator.ts';

/** What is wanted of a text's tokens, by their places. */
export interface Wanted {
  readonly isScored: (place: number) => boolean;
  /** Where the `topK` likeliest tokens are wanted as well. */
  readonly isDetailed: (place: number) => boolean;
  readonly topK: number;
}

/** The shape of the windows in which an evaluator scores texts. */
export function windowShape({
  contextTokens,
  startToken,
}: Pick<TokenEvaluator, 'contextTokens' | 'startToken'>): WindowShape {
  return { size: contextTokens, hasStart: startToken !== null };
}

/** A window that lacks something: what the model is shown, and what it is asked. */
interface OpenWindow {
  readonly inputs: readonly number[];
  readonly questions: readonly Question[];
  /** The text's token that a question is about. */
  readonly placeOf: (question: Question) => number;
}

/**
 * Fills in what is wanted and a sheet lacks, window by window, each in one pass; windows are independent, so as many are under way as
 * there are lanes. Without a start token nothing comes before the first token and it stays unscored. What was filled in
 * when the signal is aborted remains.
 *
 * @returns the number of tokens that had to be evaluated
 */
export async function scoreTokens(
  lanes: Lanes,
  sheet: ScoredTokens,
  wanted: Wanted,
  signal: AbortSignal,
): Promise<number> {
  const { logprobsNats, tops } = sheet;
  const windows = openWindows(lanes, sheet, wanted);
  let evaluatedTokens = 0;
  const work = async (): Promise<void> => {
    for (const { inputs, questions, placeOf } of windows) {
      await lanes.use(inputs, signal, async (evaluator) => {
        const before = evaluator.evaluatedTokens;
        await evaluator.evaluate(
          inputs,
          questions,
          ({ question, logprobNats, top }) => {
            const place = placeOf(question);
            // A token keeps the number that it was first given, so that a text's scores do not flicker in the last digits.
            if (Number.isNaN(logprobsNats[place])) logprobsNats[place] = logprobNats;
            if (question.topK > 0) tops.set(place, { topK: question.topK, tokens: top });
          },
          signal,
        );
        evaluatedTokens += evaluator.evaluatedTokens - before;
      });
    }
  };
  await Promise.all(Array.from({ length: lanes.most }, work));
  return evaluatedTokens;
}

/** The windows of a text in which something is wanted and not known yet. */
function* openWindows(
  lanes: Pick<Lanes, 'contextTokens' | 'startToken'>,
  { ids, logprobsNats, tops }: ScoredTokens,
  wanted: Wanted,
): Generator<OpenWindow, void, void> {
  const shape = windowShape(lanes);
  const lead = startTokens(lanes);
  for (let place = lead.length === 0 ? 1 : 0; place < ids.length;) {
    const { start, end } = windowOf(place, shape);
    const inputOf = (scored: number): number => scored - start - 1 + lead.length;
    const questions: Question[] = [];
    for (; place < Math.min(end, ids.length); place++) {
      const lacksTop = wanted.isDetailed(place) && (tops.get(place)?.topK ?? 0) < wanted.topK;
      const lacksScore = wanted.isScored(place) && Number.isNaN(logprobsNats[place]);
      const target = ids[place];
      if (target === undefined || !(lacksTop || lacksScore)) continue;
      const topK = lacksTop ? wanted.topK : 0;
      questions.push({ after: inputOf(place), target, topK });
    }
    if (questions.length === 0) continue;
    const inputs = [...lead, ...ids.slice(start, Math.min(end, ids.length) - 1)];
    yield { inputs, questions, placeOf: ({ after }) => after - inputOf(0) };
  }
}
