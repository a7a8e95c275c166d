import { readArray, readBytes, readCount, readField, readNumber, readString } from './jsonReaders.ts';
import type { WireAlternative, WireRow } from './wirePart.ts';

/**
 * The row that most servers write, `{ token, bytes, logprob, top_logprobs: [{ token, bytes, logprob }] }`: OpenAI's chat
 * completions and Responses, and after them vLLM, llama-server (which adds `id`), Ollama and SGLang.
 */

/** The rows of a list; an item that is no row is one of which nothing is known. */
export function tokenRows(list: unknown): WireRow[] {
  return readArray(list).map((item) => tokenRow(item));
}

/** One row. `logprobOf` finds the log-probability in the row, and in each of `alternatives`. */
export function tokenRow(
  item: unknown,
  alternatives: unknown = readField(item, 'top_logprobs'),
  logprobOf: (item: unknown) => number | null = logprobField,
): WireRow {
  const chosen = tokenOf(item);
  return {
    ...chosen,
    logprobNats: logprobOf(item),
    alternatives: readArray(alternatives).flatMap((other) => {
      const logprobNats = logprobOf(other);
      return logprobNats === null ? [] : [sameToken(chosen, { ...tokenOf(other), logprobNats })];
    }),
  };
}

/**
 * How a token is spelt. vLLM, asked for `return_tokens_as_token_ids`, writes `token_id:42` in the text's place: then the
 * id is known and the text is not.
 */
export function spelling(token: string): Pick<WireRow, 'text' | 'bytes' | 'tokenId'> {
  const id = token.startsWith(TOKEN_ID) && /^\d{1,9}$/.test(token.slice(TOKEN_ID.length));
  if (id) return { text: '', bytes: null, tokenId: Number(token.slice(TOKEN_ID.length)) };
  return { text: token, bytes: null, tokenId: null };
}

const TOKEN_ID = 'token_id:';

function tokenOf(item: unknown): Pick<WireRow, 'text' | 'bytes' | 'tokenId'> {
  const spelt = spelling(readString(readField(item, 'token')) ?? '');
  // The bytes of `token_id:42` are those of that very notation.
  if (spelt.tokenId !== null) return spelt;
  return { ...spelt, bytes: readBytes(readField(item, 'bytes')), tokenId: readCount(readField(item, 'id')) };
}

/** Old builds of llama.cpp spell one token in two ways, with and without its leading space (#11728); its id is one. */
function sameToken(chosen: Pick<WireRow, 'text' | 'bytes' | 'tokenId'>, other: WireAlternative): WireAlternative {
  if (chosen.tokenId === null || chosen.tokenId !== other.tokenId) return other;
  return { ...other, text: chosen.text, bytes: chosen.bytes };
}

function logprobField(item: unknown): number | null {
  return readNumber(readField(item, 'logprob'));
}
