import { chatRows, legacyColumns, nameOf, promptRows, type FirstToken, type Row } from './llamaHttpChoices.ts';
import type { LlamaHttpModel, Ranked } from './llamaHttpModel.ts';
import {
  chatPrompt,
  collected,
  CREATED,
  events,
  json,
  numberOf,
  recordOf,
  single,
  stringOf,
  type Body,
  type Face,
  type HttpReply,
  type HttpRequest,
} from './llamaHttpReply.ts';
import { textOf } from './llamaHttpSpelling.ts';
import { writeTokens, type Written } from './llamaHttpWriting.ts';

/**
 * SGLang: its own `/generate`, and its OpenAI routes. The rows of what it writes are scaled by the request's temperature
 * (raw where it is 0: it then takes the likeliest token at temperature 1), those of a prompt are raw.
 *
 * Sources: SGLang's documentation of its native API, and the replies quoted in sgl-project/sglang-jax#13 and #310.
 */
export function sglangFace(model: LlamaHttpModel, addsStart: boolean): Face {
  const start = addsStart && model.start !== null ? [model.start] : [];

  async function generate({ body, signal }: HttpRequest): Promise<HttpReply> {
    const ids = body.input_ids;
    const prompt = Array.isArray(ids) ? (ids as number[]) : [...start, ...model.tokenize(stringOf(body, 'text'))];
    const sampling = recordOf(body, 'sampling_params');
    const maxTokens = numberOf(sampling, 'max_new_tokens', 128);
    if (prompt.length + maxTokens > model.contextTokens) {
      return json({ error: { message: 'The input is longer than the model context length.' } }, 400);
    }
    const topK = body.return_logprob === true ? numberOf(body, 'top_logprobs_num', 0) : -1;
    const from = numberOf(body, 'logprob_start_len', -1);
    const before = topK < 0 || from < 0 ? [] : (await promptRows(model, prompt, topK, signal)).slice(from);
    const asked: Asked = { model, body, prompt, before, topK, maxTokens };
    const written = scaled(model, prompt, maxTokens, topK, sampling, signal);
    return body.stream === true ? events(chunksOf(asked, written)) : json(answerOf(asked, await collected(written)));
  }

  async function complete({ body, signal }: HttpRequest, isChat: boolean): Promise<HttpReply> {
    const text = isChat ? chatPrompt(body) : stringOf(body, 'prompt');
    const prompt = [...start, ...model.tokenize(text)];
    const topK = isChat
      ? body.logprobs === true
        ? numberOf(body, 'top_logprobs', 0)
        : -1
      : numberOf(body, 'logprobs', -1);
    const maxTokens = numberOf(body, 'max_tokens', 16);
    const echoes = !isChat && body.echo === true;
    const before = echoes && topK > 0 ? await promptRows(model, prompt, topK, signal) : [];
    const written = await collected(scaled(model, prompt, maxTokens, topK, body, signal));
    const content = (echoes ? text : '') + shownText(model, written, true);
    const finish_reason = written.at(-1)?.isEnd === true ? 'stop' : 'length';
    const columns = (): object =>
      legacyColumns(model, [...before, ...written], { knowsOffsets: false, ownFirst: false });
    const choice = isChat
      ? {
          index: 0,
          message: { role: 'assistant', content },
          logprobs: topK < 0 ? null : { content: chatRows(model, written) },
        }
      : { index: 0, text: content, logprobs: topK < 0 ? null : columns() };
    const usage = {
      prompt_tokens: prompt.length,
      total_tokens: prompt.length + written.length,
      completion_tokens: written.length,
      prompt_tokens_details: null,
    };
    const object = isChat ? 'chat.completion' : 'text_completion';
    const choices = [{ ...choice, finish_reason, matched_stop: null }];
    return json({ id: '0', object, created: CREATED, model: MODEL, choices, usage });
  }

  return (request) => {
    switch (request.route) {
      case '/health':
        return { status: 200, type: 'text/plain', pieces: [] };
      case '/get_server_info':
      case '/server_info':
        return json({
          model_path: MODEL,
          tokenizer_path: MODEL,
          version: '0.5.4',
          max_total_num_tokens: model.contextTokens,
        });
      case '/get_model_info':
      case '/model_info':
        return json({ model_path: MODEL, is_generation: true });
      case '/v1/models':
        return json({ object: 'list', data: [{ id: MODEL, object: 'model', created: CREATED, owned_by: 'sglang' }] });
      case '/generate':
        return generate(request);
      case '/v1/completions':
        return complete(request, false);
      case '/v1/chat/completions':
        return complete(request, true);
      default:
        return json({ detail: 'Not Found' }, 404);
    }
  };
}

const MODEL = 'random';

interface Asked {
  readonly model: LlamaHttpModel;
  readonly body: Body;
  readonly prompt: readonly number[];
  readonly before: readonly (Row | FirstToken)[];
  readonly topK: number;
  readonly maxTokens: number;
}

/** What is written, with the numbers of the distribution that it was drawn from. */
async function* scaled(
  model: LlamaHttpModel,
  prompt: readonly number[],
  maxTokens: number,
  topK: number,
  sampling: Body,
  signal: AbortSignal,
): AsyncGenerator<Written> {
  const temperature = numberOf(sampling, 'temperature', 1);
  const seed = numberOf(sampling, 'seed', 42);
  for await (const token of writeTokens(
    model,
    { prompt, maxTokens, topK: Math.max(0, topK), temperature, seed },
    signal,
  )) {
    yield temperature <= 0 ? token : { ...token, ...token.sampled };
  }
}

function answerOf({ model, body, prompt, before, topK, maxTokens }: Asked, written: readonly Written[]): object {
  const isEnded = written.at(-1)?.isEnd === true;
  const isDone = isEnded || written.length >= maxTokens;
  const finish = isEnded ? { type: 'stop', matched: written.at(-1)?.id } : { type: 'length', length: written.length };
  const row = (id: number, logprobNats: number | null): unknown[] => [
    logprobNats === null ? null : single(logprobNats),
    id,
    body.return_text_in_logprobs === true ? nameOf(model, id) : null,
  ];
  const rows = (tokens: readonly (Row | FirstToken)[]): unknown[] =>
    tokens.map(({ id, logprobNats }) => row(id, logprobNats));
  const top = (tokens: readonly (Row | FirstToken)[]): unknown[] =>
    tokens.map((token) =>
      token.logprobNats === null ? null : token.top.map(({ id, logprobNats }: Ranked) => row(id, logprobNats)),
    );
  const meta_info = {
    id: '0',
    finish_reason: isDone ? finish : null,
    prompt_tokens: prompt.length,
    weight_version: 'default',
    ...(topK < 0 ? {} : { input_token_logprobs: rows(before), output_token_logprobs: rows(written) }),
    ...(topK < 1 ? {} : { input_top_logprobs: top(before), output_top_logprobs: top(written) }),
    completion_tokens: written.length,
    cached_tokens: 0,
  };
  return { text: shownText(model, written, isDone), output_ids: written.map(({ id }) => id), meta_info };
}

/** Each chunk repeats all that came before it. */
async function* chunksOf(asked: Asked, written: AsyncIterable<Written>): AsyncGenerator {
  const soFar: Written[] = [];
  for await (const token of written) {
    soFar.push(token);
    yield answerOf(asked, soFar);
  }
}

/** An unfinished character is held back until the answer ends. */
function shownText(model: LlamaHttpModel, written: readonly Written[], isDone: boolean): string {
  const text = textOf(
    model,
    written.filter(({ isEnd }) => !isEnd).map(({ id }) => id),
  );
  return isDone ? text : text.replace(/\ufffd+$/u, '');
}
