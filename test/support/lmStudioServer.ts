import { fakeServer, sendJson, type FakeServer } from '../unit/engines/openai/fakeServers.ts';

const MODEL = 'qwen2.5-coder-1.5b-instruct';

/**
 * LM Studio, as its REST API's reference shows its answers: without log-probabilities, whatever is asked for
 * (lmstudio-ai/lms#60). A route that it does not know it answers with 200 and an `error`.
 */
export function lmStudioServer(): Promise<FakeServer> {
  return fakeServer(({ method, url }, response) => {
    const usage = { prompt_tokens: 12, completion_tokens: 4, total_tokens: 16 };
    const common = { created: 1_760_000_000, model: MODEL, usage, stats: {}, system_fingerprint: MODEL };
    switch (url) {
      case '/v1/models':
        sendJson(response, { data: [{ id: MODEL, object: 'model', owned_by: 'organization_owner' }], object: 'list' });
        break;
      case '/api/v0/models': {
        const state = { state: 'not-loaded', max_context_length: 32768 };
        const what = {
          type: 'llm',
          publisher: 'qwen',
          arch: 'qwen2',
          compatibility_type: 'gguf',
          quantization: 'Q4_K_M',
        };
        sendJson(response, { object: 'list', data: [{ id: MODEL, object: 'model', ...what, ...state }] });
        break;
      }
      case '/v1/completions': {
        const choice = { index: 0, text: ' café ☕"', logprobs: null, finish_reason: 'length' };
        sendJson(response, { id: 'cmpl-0', object: 'text_completion', ...common, choices: [choice] });
        break;
      }
      case '/v1/chat/completions': {
        const message = { role: 'assistant', content: ' café ☕"' };
        const choice = { index: 0, message, logprobs: null, finish_reason: 'length' };
        sendJson(response, { id: 'chatcmpl-0', object: 'chat.completion', ...common, choices: [choice] });
        break;
      }
      default:
        sendJson(response, { error: `Unexpected endpoint or method. (${method} ${url})` });
    }
  });
}
