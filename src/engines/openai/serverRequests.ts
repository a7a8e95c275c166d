import type { JsonRecord } from '../../wire/jsonReaders.ts';
import type { ServerAbilities } from './serverAbilities.ts';

/** Where a request goes, as ServerClient's `post` takes it, and what it says. */
export interface ServerRequest {
  readonly route: string;
  readonly body: JsonRecord;
}

export interface Writing {
  readonly model: string;
  readonly prefix: string;
  readonly suffix?: string;
  readonly maxTokens: number;
  /** At least 1: without alternatives, rows that speculative decoding filled in cannot be told. */
  readonly topK: number;
  readonly temperature: number;
}

const CHAT_TASK = 'Continue the text of the user exactly where it ends. Write the continuation only, nothing else.';

/**
 * Asks for a text with its log-probabilities. Their number is always sent as an integer: vLLM takes null for none
 * (vllm-project/vllm#47838).
 *
 * Sources: the API reference of OpenAI (chat, completions), and of llama.cpp's `tools/server/README.md` (`/infill`).
 */
export function writingRequest(route: 'completions' | 'chat' | 'infill', writing: Writing): ServerRequest {
  const { model, prefix, suffix, maxTokens, topK, temperature } = writing;
  const common = { model, max_tokens: maxTokens, temperature, top_p: 1 };
  if (route === 'completions') {
    const body = { ...common, prompt: prefix, logprobs: topK, ...(suffix === undefined ? {} : { suffix }) };
    return { route: 'completions', body };
  }
  if (route === 'chat') {
    const messages = [
      { role: 'system', content: CHAT_TASK },
      { role: 'user', content: prefix },
    ];
    return { route: 'chat/completions', body: { ...common, messages, logprobs: true, top_logprobs: topK } };
  }
  const place = { input_prefix: prefix, input_suffix: suffix ?? '', n_predict: maxTokens };
  const rows = { n_probs: topK, return_tokens: true, post_sampling_probs: false };
  // The samplers that cut the vocabulary are turned off.
  return { route: '/infill', body: { ...place, ...rows, temperature, top_k: 0, top_p: 1, min_p: 0 } };
}

/**
 * Asks how likely a text is. A token is written after it, which all servers bear.
 *
 * Sources: vLLM's documentation of its OpenAI-compatible server (`prompt_logprobs`, `return_token_ids`, `echo`), and
 * SGLang's of its native API.
 */
export function scoringRequest(
  way: Exclude<ServerAbilities['promptScoring'], 'none'>,
  { model, text, topK }: { readonly model: string; readonly text: string; readonly topK: number },
): ServerRequest {
  const common = { model, prompt: text, max_tokens: 1, temperature: 0 };
  if (way === 'prompt-logprobs') {
    return { route: 'completions', body: { ...common, prompt_logprobs: topK, return_token_ids: true } };
  }
  if (way === 'echo') return { route: 'completions', body: { ...common, echo: true, logprobs: topK } };
  const sampling_params = { max_new_tokens: 1, temperature: 1 };
  const rows = { return_logprob: true, logprob_start_len: 0, top_logprobs_num: topK, return_text_in_logprobs: true };
  return { route: '/generate', body: { text, sampling_params, ...rows } };
}
