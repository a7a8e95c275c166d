import {
  isRecord,
  readArray,
  readCount,
  readCounts,
  readField,
  readNumber,
  readPath,
  readString,
} from './jsonReaders.ts';
import { emptyPart, MISSING_ROW, type WireAlternative, type WirePart, type WireRow } from './wirePart.ts';

/**
 * SGLang's own `/generate`, whole or a chunk of a stream, with `return_logprob`; a list of answers for several samples.
 * Its OpenAI routes answer as OpenAI's do.
 *
 * Rows are `[logprob, token id, text or null]`; the text is there with `return_text_in_logprobs`. Output rows are scaled
 * by the sampling temperature, input rows (`logprob_start_len: 0`) are raw. A chunk repeats all that came before it,
 * unless the server was started to stream additions only; the count of tokens tells.
 *
 * Source: SGLang's documentation of its native API and of sampling parameters.
 */
export function readSglang(body: unknown, choice = 0): WirePart | undefined {
  const answer = Array.isArray(body) ? readArray(body)[choice] : body;
  const meta = readField(answer, 'meta_info');
  if (!isRecord(meta)) return undefined;
  const rows = sglangRows(meta.output_token_logprobs, meta.output_top_logprobs);
  const generatedTokens = readCount(meta.completion_tokens);
  return {
    ...emptyPart('sglang'),
    text: readString(readField(answer, 'text')) ?? '',
    rows,
    promptRows: inputRows(meta),
    tokenIds: readCounts(readField(answer, 'output_ids')),
    finishReason: readString(readPath(meta, 'finish_reason', 'type')) ?? readString(meta.finish_reason),
    distribution: rows.length > 0 ? 'scaled' : null,
    generatedTokens,
    promptTokens: readCount(meta.prompt_tokens),
    isWhole: rows.length === 0 || rows.length >= (generatedTokens ?? 0),
  };
}

/** The rows of the prompt. The first token has nothing before it: without a text of its own its row is left out. */
function inputRows(meta: unknown): WireRow[] {
  const rows = sglangRows(readField(meta, 'input_token_logprobs'), readField(meta, 'input_top_logprobs'));
  const [first] = rows;
  return first?.text === '' && first.logprobNats === null ? rows.slice(1) : rows;
}

function sglangRows(list: unknown, tops: unknown): WireRow[] {
  const alternatives = readArray(tops);
  return readArray(list).map((item, index) => ({
    ...sglangRow(item),
    alternatives: readArray(alternatives[index]).flatMap((other): WireAlternative[] => {
      const { logprobNats, ...row } = sglangRow(other);
      return logprobNats === null ? [] : [{ text: row.text, bytes: null, tokenId: row.tokenId, logprobNats }];
    }),
  }));
}

function sglangRow(item: unknown): WireRow {
  const [logprob, id, text] = readArray(item);
  return {
    ...MISSING_ROW,
    text: readString(text) ?? '',
    tokenId: readCount(id),
    logprobNats: readNumber(logprob),
  };
}
