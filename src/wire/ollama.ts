import { isRecord, readCount, readField, readString } from './jsonReaders.ts';
import { tokenRows } from './tokenRow.ts';
import { emptyPart, type WirePart } from './wirePart.ts';

/**
 * Ollama's `/api/generate` and `/api/chat`, whole or a line of a stream. Its `/v1` routes answer as OpenAI's do.
 *
 * Source: Ollama's `docs/api.md`; rows since version 0.12.11.
 */
export function readOllama(body: unknown): WirePart | undefined {
  if (!isRecord(body) || typeof body.done !== 'boolean') return undefined;
  const message = readField(body, 'message');
  const text = readString(body.response) ?? readString(readField(message, 'content')) ?? '';
  const thought = readString(body.thinking) ?? readString(readField(message, 'thinking')) ?? '';
  return {
    ...emptyPart('ollama'),
    text,
    // The rows of a piece of reasoning are none of the text's.
    rows: text === '' && thought !== '' ? [] : tokenRows(body.logprobs),
    finishReason: readString(body.done_reason),
    generatedTokens: readCount(body.eval_count),
    promptTokens: readCount(body.prompt_eval_count),
    model: readString(body.model),
  };
}
