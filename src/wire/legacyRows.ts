import { isRecord, readArray, readCounts, readField, readNumber, readString } from './jsonReaders.ts';
import { spelling, tokenRow } from './tokenRow.ts';
import { MISSING_ROW, type WireAlternative, type WireRow } from './wirePart.ts';

/**
 * Rows of the legacy completions of OpenAI, which vLLM, Together and Fireworks write as well: columns side by side.
 *
 *     tokens          ["def", " f"]        with `echo` the prompt's tokens come first
 *     token_logprobs  [null, -0.1]         null: the very first token has nothing before it
 *     top_logprobs    [null, { " f": -0.1, " g": -3 }]
 *     text_offset     [0, 3]               not read: it counts code points, and rows are laid on the text itself
 */
export function legacyRows(logprobs: unknown): WireRow[] {
  const scores = readArray(readField(logprobs, 'token_logprobs'));
  const tops = readArray(readField(logprobs, 'top_logprobs'));
  const ids = readCounts(readField(logprobs, 'token_ids'));
  return readArray(readField(logprobs, 'tokens')).map((token, index) => {
    const text = readString(token);
    if (text === null) return MISSING_ROW;
    const spelt = legacySpelling(text);
    return {
      ...spelt,
      tokenId: ids[index] ?? spelt.tokenId,
      logprobNats: readNumber(scores[index]),
      alternatives: alternativesOf(tops[index]),
    };
  });
}

function alternativesOf(top: unknown): readonly WireAlternative[] {
  if (!isRecord(top)) return tokenRow(null, top).alternatives;
  return Object.entries(top).flatMap(([token, score]) => {
    const logprobNats = readNumber(score);
    return logprobNats === null ? [] : [{ ...legacySpelling(token), logprobNats }];
  });
}

/**
 * How a legacy token is spelt. This shape has no field for bytes: OpenAI writes a piece of a character as
 * `bytes:\xf0\x9f`, escapes that may stand beside plain ASCII.
 */
function legacySpelling(token: string): Pick<WireRow, 'text' | 'bytes' | 'tokenId'> {
  if (!isBytesNotation(token)) return spelling(token);
  const bytes = [...token.slice('bytes:'.length).matchAll(/\\x([0-9a-f]{2})|[^]/gi)].map(([unit, hex]) =>
    hex === undefined ? unit.charCodeAt(0) : Number.parseInt(hex, 16),
  );
  return { text: '', bytes, tokenId: null };
}

function isBytesNotation(token: string): boolean {
  return token.startsWith('bytes:') && /\\x[0-9a-f]{2}/i.test(token) && !/[^\x20-\x7e]/.test(token);
}
