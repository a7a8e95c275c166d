import { unscoredIfDrafted } from './draftedRows.ts';
import { readArray, readField, readNumber, readString } from './jsonReaders.ts';
import { tokenRow } from './tokenRow.ts';
import type { WireRow } from './wirePart.ts';

/**
 * A row of llama-server's `completion_probabilities`, in its three shapes:
 *
 *     { id, token, bytes, logprob, top_logprobs }       the model's own distribution
 *     { id, token, bytes, prob, top_probs }             `post_sampling_probs`: what the samplers left
 *     { content, probs: [{ tok_str, prob }] }           builds before December 2024, after sampling as well
 *
 * It is there only when alternatives were asked for (`n_probs`), so a row of exactly 0 without any was never scored.
 */
export function llamaRow(item: unknown): WireRow {
  return unscoredIfDrafted(
    Array.isArray(readField(item, 'probs')) ? oldRow(item) : tokenRow(item, topOf(item), logprobOf),
  );
}

/** Whether a row gives probabilities, which llama-server does only for what the samplers left. */
export function hasProbability(item: unknown): boolean {
  return ['prob', 'top_probs', 'probs'].some((name) => readField(item, name) !== undefined);
}

function topOf(item: unknown): unknown {
  return readField(item, 'top_logprobs') ?? readField(item, 'top_probs');
}

function logprobOf(item: unknown): number | null {
  return readNumber(readField(item, 'logprob')) ?? logOf(readField(item, 'prob'));
}

/** The old shape says what was written and what could have been; the row's own probability is found by its text. */
function oldRow(item: unknown): WireRow {
  const text = readString(readField(item, 'content')) ?? '';
  const alternatives = readArray(readField(item, 'probs')).flatMap((other) => {
    const logprobNats = logOf(readField(other, 'prob'));
    const spelt = readString(readField(other, 'tok_str'));
    return logprobNats === null || spelt === null ? [] : [{ text: spelt, bytes: null, tokenId: null, logprobNats }];
  });
  const own = alternatives.filter((other) => other.text === text);
  const logprobNats = own.length === 1 ? (own[0]?.logprobNats ?? null) : null;
  return { text, bytes: null, tokenId: null, logprobNats, alternatives };
}

function logOf(prob: unknown): number | null {
  const given = readNumber(prob);
  return given === null ? null : readNumber(Math.log(given));
}
