import { chatRows, legacyColumns, nameOf, promptRows, type FirstToken } from './llamaHttpChoices.ts';
import type { Judged, LlamaHttpModel } from './llamaHttpModel.ts';
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
 * vLLM's OpenAI-compatible server. Sources: its documentation (`prompt_logprobs`, `return_token_ids`, `echo`), and the
 * reply of version 0.16 to an echo that ggml-org/llama.cpp#15189 quotes.
 */
export function vllmFace(model: LlamaHttpModel, addsStart: boolean): Face {
  const start = addsStart && model.start !== null ? [model.start] : [];

  async function complete({ body, signal }: HttpRequest): Promise<HttpReply> {
    const text = String(body.prompt);
    const prompt = Array.isArray(body.prompt) ? (body.prompt as number[]) : [...start, ...model.tokenize(text)];
    const refused = refusalOf(model, body, prompt.length);
    if (refused !== null) return refused;
    const echoes = body.echo === true;
    const topK = numberOf(body, 'logprobs', -1);
    const ofPrompt = numberOf(body, 'prompt_logprobs', echoes ? topK : -1);
    const before = ofPrompt < 0 ? null : await promptRows(model, prompt, ofPrompt, signal, true);
    const asked = { model, body, text, prompt, before, topK, echoes };
    const maxTokens = numberOf(body, 'max_tokens', 16);
    const written = writeTokens(model, { prompt, maxTokens, topK: Math.max(0, topK), ...samplingOf(body) }, signal);
    return body.stream === true
      ? events(completionChunks(asked, written))
      : json(completion(asked, await collected(written)));
  }

  async function chat({ body, signal }: HttpRequest): Promise<HttpReply> {
    const prompt = [...start, ...model.tokenize(chatPrompt(body))];
    const topK = body.logprobs === true ? numberOf(body, 'top_logprobs', 0) : -1;
    const maxTokens = numberOf(body, 'max_tokens', 16);
    const written = writeTokens(model, { prompt, maxTokens, topK: Math.max(0, topK), ...samplingOf(body) }, signal);
    const asked = { model, body, prompt, topK };
    return body.stream === true ? events(chatChunks(asked, written)) : json(chatOf(asked, await collected(written)));
  }

  return (request) => {
    switch (request.route) {
      case '/health':
        return { status: 200, type: 'text/plain', pieces: [] };
      case '/version':
        return json({ version: '0.16.0' });
      case '/v1/models': {
        const card = { id: MODEL, object: 'model', created: CREATED, owned_by: 'vllm', root: MODEL, parent: null };
        return json({ object: 'list', data: [{ ...card, max_model_len: model.contextTokens }] });
      }
      case '/tokenize': {
        const tokens = [...start, ...model.tokenize(stringOf(request.body, 'prompt'))];
        return json({ count: tokens.length, max_model_len: model.contextTokens, tokens, token_strs: null });
      }
      case '/v1/completions':
        return complete(request);
      case '/v1/chat/completions':
        return chat(request);
      default:
        return json({ detail: 'Not Found' }, 404);
    }
  };
}

const MODEL = 'random';
const MOST_LOGPROBS = 20;
const LEGACY = { knowsOffsets: true, ownFirst: true };

interface ChatAsked {
  readonly model: LlamaHttpModel;
  readonly body: Body;
  readonly prompt: readonly number[];
  readonly topK: number;
}

interface Asked extends ChatAsked {
  readonly text: string;
  /** Rows of the prompt; null: not asked for. */
  readonly before: readonly (Judged | FirstToken)[] | null;
  readonly echoes: boolean;
}

function completion(asked: Asked, written: readonly Written[]): unknown {
  const { model, body, text, prompt, before, topK, echoes } = asked;
  const rows = [...(echoes ? (before ?? []) : []), ...written];
  const withIds = body.return_token_ids === true;
  const choice = {
    index: 0,
    text: (echoes ? text : '') + shownText(model, written),
    logprobs: topK < 0 ? null : legacyColumns(model, rows, LEGACY),
    finish_reason: finishOf(written),
    stop_reason: null,
    token_ids: withIds ? written.map(({ id }) => id) : null,
    prompt_logprobs: before === null ? null : before.map((row) => dictionaryOf(model, row)),
    prompt_token_ids: withIds ? prompt : null,
  };
  const usage = usageOf(prompt.length, written.length);
  return { id: 'cmpl-0', object: 'text_completion', created: CREATED, model: MODEL, choices: [choice], usage };
}

async function* completionChunks(asked: Asked, written: AsyncIterable<Written>): AsyncGenerator {
  const { model, body, text, prompt, before, topK, echoes } = asked;
  const chunk = { id: 'cmpl-0', object: 'text_completion', created: CREATED, model: MODEL };
  const withIds = body.return_token_ids === true;
  const soFar: Written[] = [];
  for await (const token of written) {
    const shown = shownText(model, soFar);
    const isFirst = soFar.length === 0;
    soFar.push(token);
    const rows = isFirst && echoes ? [...(before ?? []), token] : [token];
    const isLast = token.isEnd || soFar.length === numberOf(body, 'max_tokens', 16);
    const choice = {
      index: 0,
      text: (isFirst && echoes ? text : '') + shownText(model, soFar).slice(shown.length),
      logprobs: topK < 0 ? null : legacyColumns(model, rows, LEGACY),
      finish_reason: isLast ? finishOf(soFar) : null,
      stop_reason: null,
      token_ids: withIds ? [token.id] : null,
      prompt_token_ids: withIds && isFirst ? prompt : null,
    };
    yield { ...chunk, choices: [choice] };
  }
  if (recordOf(body, 'stream_options').include_usage === true) {
    yield { ...chunk, choices: [], usage: usageOf(prompt.length, soFar.length) };
  }
}

function chatOf({ model, prompt, topK }: ChatAsked, written: readonly Written[]): unknown {
  const message = { role: 'assistant', content: shownText(model, written), tool_calls: [] };
  const logprobs = topK < 0 ? null : { content: chatRows(model, written) };
  const choice = { index: 0, message, logprobs, finish_reason: finishOf(written), stop_reason: null };
  const usage = usageOf(prompt.length, written.length);
  return { id: 'chatcmpl-0', object: 'chat.completion', created: CREATED, model: MODEL, choices: [choice], usage };
}

async function* chatChunks(asked: ChatAsked, written: AsyncIterable<Written>): AsyncGenerator {
  const { model, body, prompt, topK } = asked;
  const chunk = { id: 'chatcmpl-0', object: 'chat.completion.chunk', created: CREATED, model: MODEL };
  const first = { index: 0, delta: { role: 'assistant', content: '' }, logprobs: null, finish_reason: null };
  yield { ...chunk, choices: [first] };
  const soFar: Written[] = [];
  for await (const token of written) {
    const shown = shownText(model, soFar);
    soFar.push(token);
    const delta = { content: shownText(model, soFar).slice(shown.length) };
    const logprobs = topK < 0 ? null : { content: chatRows(model, [token]) };
    const isLast = token.isEnd || soFar.length === numberOf(body, 'max_tokens', 16);
    yield { ...chunk, choices: [{ index: 0, delta, logprobs, finish_reason: isLast ? finishOf(soFar) : null }] };
  }
  if (recordOf(body, 'stream_options').include_usage === true) {
    yield { ...chunk, choices: [], usage: usageOf(prompt.length, soFar.length) };
  }
}

/** An entry of `prompt_logprobs`: the prompt's own token first, then the likeliest. */
function dictionaryOf(model: LlamaHttpModel, row: Judged | FirstToken): ReadonlyMap<number, object> | null {
  if (row.logprobNats === null) return null;
  const named = new Map<number, object>();
  const entries = [row, ...row.top.map((other, place) => ({ ...other, rank: place + 1 }))];
  for (const { id, logprobNats, rank } of entries) {
    if (!named.has(id)) named.set(id, { logprob: single(logprobNats), rank, decoded_token: nameOf(model, id) });
  }
  return named;
}

/** What is shown of a text: an unfinished character is held back, for good where nothing comes after it. */
function shownText(model: LlamaHttpModel, written: readonly Written[]): string {
  const ids = written.filter(({ isEnd }) => !isEnd).map(({ id }) => id);
  return textOf(model, ids).replace(/\ufffd+$/u, '');
}

function samplingOf(body: Body): { readonly temperature: number; readonly seed: number } {
  return { temperature: numberOf(body, 'temperature', 1), seed: numberOf(body, 'seed', 42) };
}

function finishOf(written: readonly Written[]): string {
  return written.at(-1)?.isEnd === true ? 'stop' : 'length';
}

function usageOf(prompt: number, completion: number): object {
  return { prompt_tokens: prompt, total_tokens: prompt + completion, completion_tokens: completion };
}

function refusalOf(model: LlamaHttpModel, body: Body, promptLength: number): HttpReply | null {
  const refused = (message: string): HttpReply =>
    json({ error: { message, type: 'BadRequestError', param: null, code: 400 } }, 400);
  if (stringOf(body, 'suffix') !== '') return refused('suffix is not currently supported');
  const most = Math.max(numberOf(body, 'logprobs', 0), numberOf(body, 'prompt_logprobs', 0));
  if (most > MOST_LOGPROBS) return refused(`Requested logprobs of ${most}, which is greater than max allowed: 20`);
  const ofPrompt = 'prompt_logprobs' in body && body.prompt_logprobs !== null;
  if (body.stream === true && ofPrompt) return refused('`prompt_logprobs` are not available when `stream=True`.');
  const maxTokens = numberOf(body, 'max_tokens', 16);
  if (maxTokens < 1 && body.echo !== true) return refused('max_tokens must be at least 1, got 0.');
  if (promptLength + maxTokens <= model.contextTokens) return null;
  return refused(`This model's maximum context length is ${model.contextTokens} tokens.`);
}
