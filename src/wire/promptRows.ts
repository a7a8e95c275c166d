import { isRecord, readArray, readCount, readField, readNumber, readString } from './jsonReaders.ts';
import { MISSING_ROW, type WireRow } from './wirePart.ts';

/**
 * Rows of a prompt as vLLM scores it (`prompt_logprobs`), for completions and chat alike:
 *
 *     [null, { "674": { logprob, rank, decoded_token }, "11": {...} }, ...]
 *
 * Each entry holds the k likeliest tokens and the prompt's own, so k entries or one more, and nothing says which is the
 * own: the server writes it first, but JavaScript orders such keys by number. So it is that of `promptTokenIds`
 * (`return_token_ids`), else the one that is too many or whose rank lies beyond the list. With `prompt_logprobs: 1` or 0
 * that decides always, or nearly so. Where nothing does, the row is unknown rather than guessed.
 */
export function promptRows(list: unknown, promptTokenIds: readonly number[] = []): WireRow[] {
  const entries = readArray(list);
  // The first token has nothing before it, and its entry no text either; often it is the special one that begins a text.
  const first = entries[0] === null ? 1 : 0;
  const scored = entries.slice(first).map(candidatesOf);
  const k = scored.reduce((least, { length }) => (length > 0 && length < least ? length : least), Infinity);
  return scored.map((candidates, index) => promptRow(candidates, promptTokenIds[index + first], k));
}

interface Candidate {
  readonly tokenId: number | null;
  readonly text: string;
  readonly bytes: null;
  readonly logprobNats: number | null;
  readonly rank: number | null;
}

function candidatesOf(entry: unknown): readonly Candidate[] {
  if (!isRecord(entry)) return [];
  return Object.entries(entry).map(([key, value]) => ({
    tokenId: /^\d{1,9}$/.test(key) ? Number(key) : null,
    text: readString(readField(value, 'decoded_token')) ?? '',
    bytes: null,
    logprobNats: readNumber(readField(value, 'logprob')),
    rank: readCount(readField(value, 'rank')),
  }));
}

function promptRow(candidates: readonly Candidate[], tokenId: number | undefined, k: number): WireRow {
  const own = tokenId === undefined ? ownOf(candidates, k) : candidates.find((item) => item.tokenId === tokenId);
  if (own === undefined) return { ...MISSING_ROW, tokenId: tokenId ?? null };
  return {
    text: own.text,
    bytes: null,
    tokenId: own.tokenId,
    logprobNats: own.logprobNats,
    alternatives: candidates.flatMap(({ text, bytes, tokenId, logprobNats }) =>
      logprobNats === null ? [] : [{ text, bytes, tokenId, logprobNats }],
    ),
  };
}

/** The prompt's own token among the `k` likeliest ones and itself; undefined where the ranks do not tell. */
function ownOf(candidates: readonly Candidate[], k: number): Candidate | undefined {
  if (candidates.length <= 1) return candidates[0];
  if (candidates.some(({ rank }) => rank === null)) return undefined;
  const last = candidates.reduce((worst, item) => ((item.rank ?? 0) > (worst.rank ?? 0) ? item : worst));
  return candidates.length === k + 1 || (last.rank ?? 0) > candidates.length ? last : undefined;
}
