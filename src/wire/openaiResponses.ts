import { readArray, readCount, readField, readPath, readString } from './jsonReaders.ts';
import { tokenRows } from './tokenRow.ts';
import { emptyPart, type WirePart } from './wirePart.ts';

/**
 * OpenAI's Responses: a whole response, or one event of its stream. Rows come with `include:
 * ["message.output_text.logprobs"]`; llama-server always sends an empty list here.
 *
 * `response.output_text.delta` adds to a section of the answer, `response.output_text.done` repeats that section, and the
 * event that ends the stream repeats the whole answer. Events about anything else say nothing.
 *
 * Source: OpenAI's API reference, Responses and their streaming events.
 */
export function readOpenaiResponses(body: unknown): WirePart | undefined {
  const type = readString(readField(body, 'type'));
  if (!type?.startsWith('response.')) return isResponse(body) ? wholeResponse(body) : undefined;
  const section = `${readCount(readField(body, 'output_index')) ?? 0}:${readCount(readField(body, 'content_index')) ?? 0}`;
  const part = { ...emptyPart('openai-responses'), section, rows: tokenRows(readField(body, 'logprobs')) };
  switch (type) {
    case 'response.output_text.delta':
      return { ...part, text: readString(readField(body, 'delta')) ?? '' };
    case 'response.output_text.done':
      return { ...part, text: readString(readField(body, 'text')) ?? '', isWhole: true };
    case 'response.completed':
    case 'response.incomplete':
    case 'response.failed':
      return wholeResponse(readField(body, 'response'));
    default:
      return emptyPart('openai-responses');
  }
}

function isResponse(body: unknown): boolean {
  return readField(body, 'object') === 'response' || Array.isArray(readField(body, 'output'));
}

/** All of a response. Its section is '': all sections together. */
function wholeResponse(response: unknown): WirePart {
  const contents = readArray(readField(response, 'output'))
    .filter((item) => (readField(item, 'type') ?? 'message') === 'message')
    .flatMap((item) => readArray(readField(item, 'content')))
    .filter((content) => (readField(content, 'type') ?? 'output_text') === 'output_text');
  return {
    ...emptyPart('openai-responses'),
    text: contents.map((content) => readString(readField(content, 'text')) ?? '').join(''),
    rows: contents.flatMap((content) => tokenRows(readField(content, 'logprobs'))),
    finishReason:
      readString(readPath(response, 'incomplete_details', 'reason')) ?? readString(readField(response, 'status')),
    generatedTokens: readCount(readPath(response, 'usage', 'output_tokens')),
    promptTokens: readCount(readPath(response, 'usage', 'input_tokens')),
    model: readString(readField(response, 'model')),
    isWhole: true,
  };
}
