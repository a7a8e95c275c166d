import type { ScoredText } from '../core/scoredText.ts';
import type { Source } from '../core/words.ts';
import type { Engine } from './engine.ts';

/** How likely some answers are after a prompt. */
export interface AnswerLogprobs {
  /**
   * `scored`: each answer as a given text, all of it. `first token`: as far as the engine listed its beginning among what it
   * would write first.
   */
  readonly way: 'scored' | 'first token';
  readonly source: Source;
  /** In nats, in the order of the answers; null where the engine does not tell. */
  readonly logprobsNats: readonly (number | null)[];
}

/**
 * The log-probabilities of short answers to a prompt, whatever comes after them: of "A" that of "AB" is a part.
 *
 * An engine that scores given texts in one pass scores the prompt with each answer: the sum over the answer's tokens. An
 * answer is null where its first token began in the prompt, so a blank between the two belongs to the answer.
 *
 * Any other engine is asked to answer with one token, as a question where it is asked in chats, and to list as many others as it
 * can. An answer's log-probability is then that of all listed tokens that it begins with, blanks before it apart, for a chat
 * answers without. That is the answer's own where it is one token, else more. It is null where none is listed, or one that
 * another answer begins with as well.
 *
 * @param answers not empty, and none twice
 * @throws as `Engine.score` and `Engine.generate`: CandorError `unsupported` for an engine that can do neither
 */
export async function logprobsOfAnswers(
  engine: Pick<Engine, 'capabilities' | 'score' | 'generate'>,
  prompt: string,
  answers: readonly string[],
  signal?: AbortSignal,
): Promise<AnswerLogprobs> {
  const asked = { path: '', ...(signal !== undefined && { abortSignal: signal }) };
  const { score, maxTopK } = engine.capabilities;
  if (score === 'prefill' && answers.length > 0) {
    const scored: ScoredText[] = [];
    // One after the other: each finds the prompt evaluated.
    for (const answer of answers) {
      const within = [{ start: prompt.length, end: prompt.length + answer.length }];
      scored.push(await engine.score({ ...asked, text: prompt + answer, within }));
    }
    const logprobsNats = scored.map((text) => logprobFrom(text, prompt.length));
    const [first] = scored;
    if (first !== undefined) return { way: 'scored', source: first.source, logprobsNats };
  }
  const written = await engine.generate({ ...asked, prefix: prompt, isQuestion: true, maxTokens: 1, topK: maxTopK });
  return { way: 'first token', source: written.source, logprobsNats: beginningLogprobs(written, answers) };
}

/** That of all tokens from an offset on; null where no token ends there, or one behind it is unscored. */
function logprobFrom(scored: ScoredText, start: number): number | null {
  if (start > 0 && !scored.tokenEnds.includes(start)) return null;
  let sum = 0;
  for (let index = 0; index < scored.tokenCount; index++) {
    if (scored.tokenStart(index) >= start) sum += scored.measures.logprobsNats[index] ?? Number.NaN;
  }
  return Number.isNaN(sum) ? null : sum;
}

function beginningLogprobs(written: ScoredText, answers: readonly string[]): (number | null)[] {
  if (written.tokenCount === 0) return answers.map(() => null);
  const { text, logprobNats, alternatives = [] } = written.token(0);
  const listed = new Map(alternatives.map((other) => [other.text, other.logprobNats]));
  if (logprobNats !== undefined) listed.set(text, logprobNats);
  const beginnings = Array.from(listed, ([token, nats]) => ({ text: token.trimStart(), nats })).filter(
    ({ text: beginning }) => beginning !== '',
  );
  const wanted = answers.map((answer) => answer.trimStart());
  return wanted.map((answer) => {
    const own = beginnings.filter(({ text: beginning }) => answer.startsWith(beginning));
    const isShared = own.some((one) => wanted.filter((other) => other.startsWith(one.text)).length > 1);
    return own.length === 0 || isShared ? null : Math.min(0, logSumExp(own.map(({ nats }) => nats)));
  });
}

function logSumExp(values: readonly number[]): number {
  const largest = Math.max(...values);
  return largest + Math.log(values.reduce((sum, value) => sum + Math.exp(value - largest), 0));
}
