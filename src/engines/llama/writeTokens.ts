import type { Sampling } from '../engine.ts';
import { agrees, longestTokenOf } from './healPrefix.ts';
import { drawingChooser, likeliestChooser, type TokenChooser } from './tokenChooser.ts';
import { startTokens, type Answer, type TokenEvaluator, type TokenLogprob } from './tokenEvaluator.ts';
import { tokenBytes, type Vocabulary } from './vocabulary.ts';

export interface Prompt {
  readonly prefix: readonly number[];
  /** Absent: the model goes on from the prefix. */
  readonly suffix?: readonly number[];
  /** The beginning of what stands between the two. Models learn to fill in statements and lines rather than ends of lines. */
  readonly middle?: readonly number[];
}

/** The model's signs for filling in the middle. */
export interface MiddleSigns {
  readonly prefix: number;
  readonly suffix: number;
  readonly middle: number;
}

/** A token that the model wrote, with the likeliest tokens in its place. */
export interface WrittenToken {
  readonly token: number;
  /** Bytes at its beginning that were there already: what is written is the rest. */
  readonly from: number;
  /** null where a part of it was there already: how likely the rest was given that part, nobody asked. */
  readonly logprobNats: number | null;
  readonly top: readonly TokenLogprob[];
}

export interface WritingOptions {
  readonly maxTokens: number;
  readonly topK: number;
  readonly isEnd: (token: number) => boolean;
  readonly vocabulary: Vocabulary;
  /** Bytes that what is written must begin with, which were there already (`healPrefix`). */
  readonly begun: Uint8Array;
  /** Absent: the likeliest token is written each time. */
  readonly sampling?: Sampling;
  /** Aborted when it is enough: no token more is written. */
  readonly stopSignal?: AbortSignal;
}

/** Of so many of the likeliest tokens one is likely to go with what was begun. */
const TOP_TO_HEAL = 200;

/**
 * The tokens that a prompt is made of: start, prefix; or start, PRE, prefix, SUF, suffix, MID, middle (Bavarian et al. 2022,
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
  const { prefix, suffix, middle = [] } = prompt;
  const space = evaluator.contextTokens - start.length - room;
  if (suffix === undefined || signs === null) return [...start, ...lastOf(prefix, space)];
  const inner = space - 3 - middle.length;
  const suffixSpace = Math.max(inner >> 2, inner - prefix.length);
  const keptSuffix = suffix.slice(0, Math.max(0, suffixSpace));
  const keptPrefix = lastOf(prefix, inner - keptSuffix.length);
  return [...start, signs.prefix, ...keptPrefix, signs.suffix, ...keptSuffix, signs.middle, ...middle];
}

/**
 * Writes the likeliest token after the prompt, or one that is drawn, and the next after that, until the model writes a token
 * that ends or is no text, `maxTokens` are written or it is enough. Log-probabilities are of the model's own distribution,
 * whatever the draw was made from. While what was begun is not written again, the tokens to choose from are those that go
 * with it; what holds nothing but that is left out.
 */
export async function writeTokens(
  evaluator: TokenEvaluator,
  prompt: readonly number[],
  { maxTokens, topK, isEnd, vocabulary, begun, sampling, stopSignal }: WritingOptions,
  onToken: (written: WrittenToken) => void,
  signal: AbortSignal,
): Promise<readonly WrittenToken[]> {
  const tokens = [...prompt];
  const written: WrittenToken[] = [];
  const choose = sampling === undefined ? likeliestChooser : drawingChooser(sampling, vocabulary.ends.length);
  const ask = (count: number): Promise<Answer | undefined> => nextToken(evaluator, tokens, count, signal);
  const mayGoOn = (): boolean => written.length < maxTokens && stopSignal?.aborted !== true;
  let left = begun;
  while (tokens.length > 0 && tokens.length <= evaluator.contextTokens && mayGoOn()) {
    const isHealing = left.length > 0;
    const next = await ask(isHealing ? TOP_TO_HEAL : Math.max(topK, choose.topK));
    if (next === undefined) break;
    const chosen = isHealing ? healing(next, left, vocabulary, choose) : await choose.ofAll(next, ask);
    if (chosen === undefined || isEnd(chosen.token)) break;
    const { token } = chosen;
    tokens.push(token);
    const length = tokenBytes(vocabulary, token).length;
    const from = Math.min(left.length, length);
    left = left.subarray(from);
    if (isHealing && from === length) continue;
    const one: WrittenToken = { ...chosen, from, top: isHealing ? [] : next.top.slice(0, topK) };
    written.push(one);
    onToken(one);
  }
  return written;
}

/** Of the likeliest tokens one that goes with what was begun, or else the longest that this begins with. */
function healing(
  { top }: Answer,
  begun: Uint8Array,
  vocabulary: Vocabulary,
  choose: TokenChooser,
): Pick<WrittenToken, 'token' | 'logprobNats'> | undefined {
  const chosen = choose.of(top.filter(({ token }) => agrees(tokenBytes(vocabulary, token), begun)));
  const token = chosen?.token ?? longestTokenOf(begun, vocabulary);
  return token === null ? undefined : { token, logprobNats: null };
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
