import { startTokens, type Answer, type TokenEvaluator, type TokenLogprob } from './tokenEvaluator.ts';

export interface Prompt {
  readonly prefix: readonly number[];
  /** Absent: the model goes on from the prefix. */
  readonly suffix?: readonly number[];
}

/** The model's signs for filling in the middle. */
export interface MiddleSigns {
  readonly prefix: number;
  readonly suffix: number;
  readonly middle: number;
}

/** A token that the model wrote, with the likeliest tokens in its place. */
export interface WrittenToken extends TokenLogprob {
  readonly top: readonly TokenLogprob[];
}

/**
 * The tokens that a prompt is made of: start, prefix; or start, PRE, prefix, SUF, suffix, MID (Bavarian et al. 2022,
 * arXiv 2207.14255, prefix-suffix-middle order). What does not fit beside `room` more tokens is cut off at the outer
 * ends; of a suffix at least a quarter of the space is kept.
 */
export function promptTokens(
  prompt: Prompt,
  signs: MiddleSigns | null,
  evaluator: Pick<TokenEvaluator, 'contextTokens' | 'startToken'>,
  room: number,
): readonly number[] {
  const start = startTokens(evaluator);
  const { prefix, suffix } = prompt;
  const space = evaluator.contextTokens - start.length - room;
  if (suffix === undefined || signs === null) return [...start, ...lastOf(prefix, space)];
  const inner = space - 3;
  const suffixSpace = Math.max(inner >> 2, inner - prefix.length);
  const keptSuffix = suffix.slice(0, Math.max(0, suffixSpace));
  const keptPrefix = lastOf(prefix, inner - keptSuffix.length);
  return [...start, signs.prefix, ...keptPrefix, signs.suffix, ...keptSuffix, signs.middle];
}

/**
 * Writes the likeliest token after the prompt, and the likeliest after that, until the model writes a token that ends
 * or is no text, or `maxTokens` are written. Log-probabilities are of the model's own distribution.
 */
export async function writeTokens(
  evaluator: TokenEvaluator,
  prompt: readonly number[],
  { maxTokens, topK, isEnd }: { maxTokens: number; topK: number; isEnd: (token: number) => boolean },
  onToken: (token: number) => void,
  signal: AbortSignal,
): Promise<readonly WrittenToken[]> {
  const tokens = [...prompt];
  const written: WrittenToken[] = [];
  while (tokens.length > 0 && tokens.length <= evaluator.contextTokens && written.length < maxTokens) {
    const next = await nextToken(evaluator, tokens, topK, signal);
    if (next === undefined || isEnd(next.best.token)) break;
    written.push({ ...next.best, top: next.top });
    tokens.push(next.best.token);
    onToken(next.best.token);
  }
  return written;
}

/** What the model says of the token after some tokens; undefined for none. */
export async function nextToken(
  evaluator: TokenEvaluator,
  tokens: readonly number[],
  topK: number,
  signal: AbortSignal,
): Promise<Answer | undefined> {
  const answers: Answer[] = [];
  const question = { after: tokens.length - 1, topK };
  await evaluator.evaluate(tokens, [question], (answer) => answers.push(answer), signal);
  return answers[0];
}

function lastOf(tokens: readonly number[], count: number): readonly number[] {
  return count <= 0 ? [] : tokens.slice(-count);
}
