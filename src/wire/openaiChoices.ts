import { unscoreDrafted } from './draftedRows.ts';
import { readArray, readCount, readCounts, readField, readPath, readString } from './jsonReaders.ts';
import { legacyRows } from './legacyRows.ts';
import { promptRows } from './promptRows.ts';
import { tokenRows } from './tokenRow.ts';
import { emptyPart, type WirePart, type WireRow } from './wirePart.ts';

/**
 * OpenAI's chat completions and legacy completions, whole or a chunk of a stream; and what vLLM, llama-server, Ollama,
 * SGLang and the hosts say on those routes. The shape decides, not the route: llama-server answers `/v1/completions` with
 * the rows of a chat, and Together a chat with the columns of a legacy completion.
 *
 * Sources: the API reference of OpenAI (chat, completions) and of vLLM's OpenAI-compatible server, and llama.cpp's
 * `tools/server/README.md`.
 */
export function readOpenaiChoices(body: unknown, choice = 0): WirePart | undefined {
  const choices = readField(body, 'choices');
  if (!Array.isArray(choices)) return undefined;
  const chosen = readArray(choices).find((item, at) => (readCount(readField(item, 'index')) ?? at) === choice);
  const message = readField(chosen, 'delta') ?? readField(chosen, 'message');
  const text = readString(readField(chosen, 'text')) ?? readString(readField(message, 'content')) ?? '';
  // Completions have these in the choice, chats beside the choices.
  const ofPrompt = (name: string): unknown => readField(chosen, name) ?? readField(body, name);
  return unscoreDrafted({
    ...emptyPart('openai-choices'),
    text,
    rows: text === '' && isThought(message) ? [] : rowsOf(readField(chosen, 'logprobs')),
    promptRows: promptRows(ofPrompt('prompt_logprobs'), readCounts(ofPrompt('prompt_token_ids'))),
    tokenIds: readCounts(readField(chosen, 'token_ids')),
    finishReason: readString(readField(chosen, 'finish_reason')),
    draftedTokens: readCount(readPath(body, 'timings', 'draft_n')),
    generatedTokens: readCount(readPath(body, 'usage', 'completion_tokens')),
    promptTokens: readCount(readPath(body, 'usage', 'prompt_tokens')),
    model: readString(readField(body, 'model')),
  });
}

function rowsOf(logprobs: unknown): WireRow[] {
  const rows = tokenRows(readField(logprobs, 'content'));
  return rows.length > 0 ? rows : legacyRows(logprobs);
}

/** Whether a message is nothing but a piece of the model's reasoning, whose rows are none of the text's. */
function isThought(message: unknown): boolean {
  return ['reasoning_content', 'reasoning'].some((name) => readString(readField(message, name)));
}
