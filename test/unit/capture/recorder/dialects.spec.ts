import { describe, expect, it } from 'vitest';
import { dialectOf } from '../../../../src/capture/recorder/dialects.ts';
import { editJson } from '../../../../src/capture/recorder/editJson.ts';

type Body = Readonly<Record<string, unknown>>;

function recordingOf(path: string, body: Body) {
  return dialectOf(path)!.recording(body);
}

/** What goes to the upstream. */
function askedOf(path: string, body: Body): unknown {
  return JSON.parse(editJson(JSON.stringify(body), recordingOf(path, body)!.asks));
}

describe('routes', () => {
  it.each([
    ['/v1/chat/completions', 'chat'],
    ['/api/chat/completions', 'chat'],
    ['/v1/completions', 'completions'],
    ['/v1/fim/completions', 'completions'],
    ['/v1/responses', 'responses'],
    ['/infill', 'llama-server'],
    ['/completion', 'llama-server'],
    ['/api/generate', 'ollama'],
    ['/api/chat', 'ollama'],
    ['/v1/models', undefined],
    ['/v1/embeddings', undefined],
    ['/v1/messages', undefined],
    ['/v1/responses/resp_1/cancel', undefined],
  ])('%s is asked as %s', (path, name) => {
    expect(dialectOf(path)?.name).toBe(name);
  });
});

describe('requests ask for rows', () => {
  it.each<[string, Body, Body]>([
    ['/v1/chat/completions', { model: 'm' }, { model: 'm', logprobs: true, top_logprobs: 5 }],
    ['/v1/chat/completions', { logprobs: false, top_logprobs: null }, { logprobs: true, top_logprobs: 5 }],
    ['/v1/chat/completions', { logprobs: true }, { logprobs: true }],
    ['/v1/chat/completions', { logprobs: true, top_logprobs: 1 }, { logprobs: true, top_logprobs: 1 }],
    ['/v1/chat/completions', { n_probs: 2 }, { n_probs: 2 }],
    ['/v1/completions', { prompt: 'a' }, { prompt: 'a', logprobs: 5 }],
    ['/v1/completions', { prompt: 'a', logprobs: null }, { prompt: 'a', logprobs: 5 }],
    ['/v1/completions', { prompt: 'a', logprobs: 0 }, { prompt: 'a', logprobs: 0 }],
    ['/v1/responses', { input: 'a' }, { input: 'a', include: ['message.output_text.logprobs'], top_logprobs: 5 }],
    [
      '/v1/responses',
      { include: ['reasoning.encrypted_content'] },
      { include: ['reasoning.encrypted_content', 'message.output_text.logprobs'], top_logprobs: 5 },
    ],
    ['/v1/responses', { include: ['message.output_text.logprobs'] }, { include: ['message.output_text.logprobs'] }],
    ['/infill', { n_probs: 0 }, { n_probs: 5, return_tokens: true, post_sampling_probs: false }],
    ['/completion', { n_probs: 3, post_sampling_probs: true }, { n_probs: 3, post_sampling_probs: true }],
    ['/api/generate', { prompt: 'a' }, { prompt: 'a', logprobs: true, top_logprobs: 5 }],
    ['/api/chat', { logprobs: true }, { logprobs: true }],
  ])('%s %j', (path, body, expected) => {
    expect(askedOf(path, body)).toStrictEqual(expected);
  });

  it('but not where the reply begins with the prompt', () => {
    expect(recordingOf('/v1/completions', { prompt: 'a', echo: true })).toBeNull();
  });

  it('and know how many alternatives were asked for', () => {
    expect(recordingOf('/v1/chat/completions', {})?.alternatives).toBe(5);
    expect(recordingOf('/v1/chat/completions', { logprobs: true, top_logprobs: 2 })?.alternatives).toBe(2);
    expect(recordingOf('/v1/chat/completions', { logprobs: true })?.alternatives).toBe(0);
  });
});

describe('replies lose again what was asked for', () => {
  const rows = { content: [{ token: 'a', logprob: -1, bytes: [97], top_logprobs: [{ token: 'a', logprob: -1 }] }] };
  const legacy = { tokens: ['a'], token_logprobs: [-1], top_logprobs: [{ a: -1 }], text_offset: [0] };

  /** Replies as without the wish, and with it; the body of the request. */
  it.each<[string, string, unknown, unknown, Body?]>([
    [
      'OpenAI and vLLM have null between others',
      '/v1/chat/completions',
      { choices: [{ index: 0, message: { content: 'a' }, logprobs: null, finish_reason: 'stop' }] },
      { choices: [{ index: 0, message: { content: 'a' }, logprobs: rows, finish_reason: 'stop' }] },
    ],
    [
      'an empty chunk as well',
      '/v1/chat/completions',
      { choices: [{ index: 0, delta: { role: 'assistant' }, logprobs: null, finish_reason: null }] },
      {
        choices: [
          { index: 0, delta: { role: 'assistant' }, logprobs: { content: [], refusal: null }, finish_reason: null },
        ],
      },
    ],
    [
      'llama-server and Ollama have nothing, at the end',
      '/v1/chat/completions',
      { choices: [{ finish_reason: 'stop', index: 0, message: { content: 'a' } }], usage: {} },
      { choices: [{ finish_reason: 'stop', index: 0, message: { content: 'a' }, logprobs: rows }], usage: {} },
    ],
    [
      'a chunk without choices',
      '/v1/chat/completions',
      { choices: [], usage: { total_tokens: 1 } },
      { choices: [], usage: { total_tokens: 1 } },
    ],
    [
      'legacy completions',
      '/v1/completions',
      { choices: [{ text: 'a', index: 0, logprobs: null, finish_reason: 'length' }] },
      { choices: [{ text: 'a', index: 0, logprobs: legacy, finish_reason: 'length' }] },
    ],
    [
      'Responses have an empty list',
      '/v1/responses',
      {
        object: 'response',
        top_logprobs: 0,
        output: [{ type: 'message', content: [{ type: 'output_text', logprobs: [], text: 'a' }] }],
      },
      {
        object: 'response',
        top_logprobs: 5,
        output: [{ type: 'message', content: [{ type: 'output_text', logprobs: rows.content, text: 'a' }] }],
      },
    ],
    [
      'events of Responses',
      '/v1/responses',
      { type: 'response.output_text.delta', delta: 'a', logprobs: [] },
      { type: 'response.output_text.delta', delta: 'a', logprobs: rows.content },
    ],
    [
      'parts of Responses',
      '/v1/responses',
      { type: 'response.content_part.done', part: { type: 'output_text', text: 'a', logprobs: [] } },
      { type: 'response.content_part.done', part: { type: 'output_text', text: 'a', logprobs: rows.content } },
    ],
    [
      'items of Responses',
      '/v1/responses',
      { type: 'response.output_item.done', item: { content: [{ text: 'a', logprobs: [] }] } },
      { type: 'response.output_item.done', item: { content: [{ text: 'a', logprobs: rows.content }] } },
    ],
    [
      'the end of Responses',
      '/v1/responses',
      {
        type: 'response.completed',
        response: { top_logprobs: 3, output: [{ content: [{ text: 'a', logprobs: [] }] }] },
      },
      {
        type: 'response.completed',
        response: { top_logprobs: 5, output: [{ content: [{ text: 'a', logprobs: rows.content }] }] },
      },
      { top_logprobs: 3 },
    ],
    [
      'llama-server, whole',
      '/completion',
      { content: 'a', tokens: [], generation_settings: { n_probs: 0, seed: 1 } },
      {
        content: 'a',
        tokens: [5],
        generation_settings: { n_probs: 5, seed: 1 },
        completion_probabilities: rows.content,
      },
    ],
    [
      'llama-server, which was asked for tokens',
      '/completion',
      { content: 'a', tokens: [5] },
      { content: 'a', tokens: [5], completion_probabilities: rows.content },
      { return_tokens: true },
    ],
    [
      'llama-server, several prompts',
      '/completion',
      [
        { content: 'a', tokens: [] },
        { content: 'b', tokens: [] },
      ],
      [
        { content: 'a', tokens: [5], completion_probabilities: [] },
        { content: 'b', tokens: [6], completion_probabilities: rows.content },
      ],
    ],
    [
      'llama-server, a chunk',
      '/infill',
      { index: 0, content: 'a', tokens: [5], stop: false },
      { index: 0, content: 'a', tokens: [5], stop: false, completion_probabilities: rows.content },
      { stream: true },
    ],
    [
      'llama-server under a name of OpenAI',
      '/completions',
      { content: 'a', tokens: [5], stop: false },
      { content: 'a', tokens: [5], stop: false, completion_probabilities: rows.content },
      { stream: true },
    ],
    [
      'Ollama',
      '/api/chat',
      { message: { content: 'a' }, done: false },
      { message: { content: 'a' }, done: false, logprobs: rows.content },
    ],
  ])('%s', (_, path, without, withRows, body = {}) => {
    const { cuts } = recordingOf(path, body)!;
    expect(editJson(JSON.stringify(withRows), cuts)).toBe(JSON.stringify(without));
    // What has no rows is not changed.
    expect(editJson(JSON.stringify(without), cuts)).toBe(JSON.stringify(without));
  });

  it.each<[string, Body]>([
    ['/v1/chat/completions', { logprobs: true, top_logprobs: 1 }],
    ['/v1/completions', { logprobs: 1 }],
    ['/v1/responses', { include: ['message.output_text.logprobs'] }],
    ['/completion', { n_probs: 1 }],
    ['/api/chat', { logprobs: true }],
  ])('unless the client asked itself: %s', (path, body) => {
    expect(recordingOf(path, body)).toMatchObject({ asks: [], cuts: [] });
  });
});
