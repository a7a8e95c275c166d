import type { LlamaHttpModel, Ranked } from './llamaHttpModel.ts';
import {
  chatPrompt,
  collected,
  CREATED,
  events,
  json,
  numberOf,
  single,
  stringOf,
  type Body,
  type Face,
  type HttpReply,
  type HttpRequest,
} from './llamaHttpReply.ts';
import { bytesOf, decoded, wholeLength } from './llamaHttpSpelling.ts';
import { writeTokens, type Writing, type Written } from './llamaHttpWriting.ts';

/**
 * llama.cpp's `llama-server`. Sources: its `tools/server/README.md`, and for the order of fields and what becomes of an
 * unfinished character `process_token` and `to_json` of `tools/server/server-context.cpp` and `server-task.cpp`.
 */
export function llamaServerFace(model: LlamaHttpModel, addsStart: boolean): Face {
  const start = addsStart && model.start !== null ? [model.start] : [];

  function promptOf({ prompt }: Body): readonly number[] {
    return Array.isArray(prompt) ? (prompt as number[]) : [...start, ...model.tokenize(String(prompt))];
  }

  function tokenize(body: Body): unknown {
    const ids = [...(body.add_special === true ? start : []), ...model.tokenize(stringOf(body, 'content'))];
    if (body.with_pieces !== true) return { tokens: ids };
    const tokens = ids.map((id) => {
      const bytes = model.nameOf(id);
      const isText = !decoded(bytes).includes('\ufffd');
      return { id, piece: isText ? decoded(bytes) : [...bytes] };
    });
    return { tokens };
  }

  async function complete(request: HttpRequest, prompt: readonly number[], shape: Shape): Promise<HttpReply> {
    const { body, signal } = request;
    const forced = forcedBy(stringOf(body, 'grammar'));
    if (forced === null) return refusal('Failed to parse grammar');
    const writing: Writing = {
      prompt,
      maxTokens: numberOf(body, 'n_predict', numberOf(body, 'max_tokens', 128)),
      topK: shape === 'chat' ? chatTopK(body) : numberOf(body, 'n_probs', numberOf(body, 'logprobs', 0)),
      temperature: numberOf(body, 'temperature', 0.8),
      seed: numberOf(body, 'seed', 42),
      cut: {
        topK: numberOf(body, 'top_k', 40),
        topP: numberOf(body, 'top_p', 0.95),
        minP: numberOf(body, 'min_p', 0.05),
      },
      ...(forced === undefined ? {} : { forced }),
    };
    const answer: Answering = { model, shape, writing, isAfterSampling: body.post_sampling_probs === true, body };
    const steps = stepsOf(model, writing, signal);
    if (body.stream === true) return events(chunksOf(answer, steps), shape === 'native' ? 'none' : '[DONE]');
    return json(wholeOf(answer, await collected(steps)));
  }

  return (request) => {
    const { route, body } = request;
    switch (route) {
      case '/health':
        return json({ status: 'ok' });
      case '/props':
        return json({
          default_generation_settings: { n_ctx: model.contextTokens + 1 },
          total_slots: 1,
          model_path: 'random.gguf',
          chat_template: '',
          modalities: { vision: false, audio: false },
          build_info: BUILD,
          bos_token: start.map((id) => decoded(model.nameOf(id))).join(''),
        });
      case '/slots':
        return json([{ id: 0, n_ctx: model.contextTokens + 1, speculative: false, is_processing: false }]);
      case '/v1/models':
        return json({ object: 'list', data: [{ id: MODEL, object: 'model', created: CREATED, owned_by: 'llamacpp' }] });
      case '/tokenize':
        return json(tokenize(body));
      case '/detokenize':
        return json({ content: decoded(bytesOf(model, body.tokens as number[])) });
      case '/completion':
      case '/completions':
        return complete(request, promptOf(body), 'native');
      case '/infill': {
        const { prefix, suffix, middle } = model.signs;
        const before = model.tokenize(stringOf(body, 'input_prefix') + stringOf(body, 'prompt'));
        const after = model.tokenize(stringOf(body, 'input_suffix'));
        return complete(request, [...start, prefix, ...before, suffix, ...after, middle], 'native');
      }
      case '/v1/completions':
        if (body.echo === true) return refusal('Only no echo is supported');
        if ('suffix' in body) return refusal('Unsupported param: suffix');
        return complete(request, promptOf(body), 'completions');
      case '/v1/chat/completions':
        return complete(request, [...start, ...model.tokenize(chatPrompt(body))], 'chat');
      default:
        return json({ error: { code: 404, message: 'File Not Found', type: 'not_found_error' } }, 404);
    }
  };
}

const MODEL = 'random.gguf';
const BUILD = 'b7000-0000000';

/** The routes' shapes: its own, and those of OpenAI's completions and chats. */
type Shape = 'native' | 'completions' | 'chat';

interface Answering {
  readonly model: LlamaHttpModel;
  readonly shape: Shape;
  readonly writing: Writing;
  readonly isAfterSampling: boolean;
  readonly body: Body;
}

/** A token, and what is sent with it: null while a character is unfinished. Such a token gets no row. */
interface Step {
  readonly written: Written;
  readonly bytes: Uint8Array;
  readonly sent: Uint8Array | null;
}

async function* stepsOf(model: LlamaHttpModel, writing: Writing, signal: AbortSignal): AsyncGenerator<Step> {
  let held: number[] = [];
  for await (const written of writeTokens(model, writing, signal)) {
    const bytes = written.isEnd ? new Uint8Array() : model.bytesOf(written.id);
    held = [...held, ...bytes];
    const sent = wholeLength(Uint8Array.from(held)) === held.length ? Uint8Array.from(held) : null;
    if (sent !== null) held = [];
    yield { written, bytes, sent };
  }
}

function wholeOf(answering: Answering, steps: readonly Step[]): unknown {
  const { shape, writing, body } = answering;
  const content = decoded(Uint8Array.from(steps.flatMap(({ bytes }) => [...bytes])));
  const rows = rowsOf(answering, steps);
  const logprobs = rows.length > 0 ? { content: rows } : null;
  const isDone = steps.at(-1)?.written.isEnd === true;
  if (shape === 'native') {
    const tokens = body.return_tokens === true ? steps.map(({ written }) => written.id) : [];
    return {
      ...finalOf(answering, steps.length, isDone, content, tokens),
      ...(rows.length > 0 ? { completion_probabilities: rows } : {}),
    };
  }
  const finish_reason = isDone ? 'stop' : 'length';
  const usage = usageOf(writing.prompt.length, steps.length);
  const tail = { ...COMMON, usage, id: 'chatcmpl-0', timings: timingsOf(writing.prompt.length, steps.length) };
  if (shape === 'completions') {
    const choice = { text: content, index: 0, logprobs, finish_reason };
    return { choices: [choice], ...tail, object: 'text_completion' };
  }
  const message = { role: 'assistant', content };
  const choice = { finish_reason, index: 0, message, ...(logprobs === null ? {} : { logprobs }) };
  return { choices: [choice], ...tail, object: 'chat.completion' };
}

async function* chunksOf(answering: Answering, steps: AsyncIterable<Step>): AsyncGenerator {
  const { shape, writing } = answering;
  const promptLength = writing.prompt.length;
  const chatChunk = (choice: unknown): object => ({
    choices: [choice],
    ...COMMON,
    id: 'chatcmpl-0',
    object: 'chat.completion.chunk',
  });
  if (shape === 'chat') {
    yield chatChunk({ finish_reason: null, index: 0, delta: { role: 'assistant', content: null } });
  }
  let predicted = 0;
  let isDone = false;
  for await (const step of steps) {
    predicted += 1;
    isDone = step.written.isEnd;
    if (step.sent === null) continue;
    const content = decoded(step.sent);
    const rows = rowsOf(answering, [step]);
    const logprobs = rows.length > 0 ? { content: rows } : null;
    if (shape === 'native') {
      yield {
        index: 0,
        content,
        tokens: [step.written.id],
        stop: false,
        id_slot: 0,
        tokens_predicted: predicted,
        tokens_evaluated: promptLength,
        ...(rows.length > 0 ? { completion_probabilities: rows } : {}),
      };
    } else if (shape === 'completions') {
      const choice = { text: content, index: 0, logprobs, finish_reason: null };
      yield { choices: [choice], ...COMMON, object: 'text_completion', id: 'chatcmpl-0' };
    } else {
      const choice = { finish_reason: null, index: 0, delta: { content } };
      yield chatChunk(logprobs === null ? choice : { ...choice, logprobs });
    }
  }
  const finish_reason = isDone ? 'stop' : 'length';
  const tail = { usage: usageOf(promptLength, predicted), timings: timingsOf(promptLength, predicted) };
  if (shape === 'native') {
    yield finalOf(answering, predicted, isDone, '', []);
  } else if (shape === 'completions') {
    const choice = { text: '', index: 0, logprobs: null, finish_reason };
    yield { choices: [choice], ...COMMON, object: 'text_completion', id: 'chatcmpl-0', ...tail };
  } else {
    yield { ...chatChunk({ finish_reason, index: 0, delta: {} }), ...tail };
  }
}

const COMMON = { created: CREATED, model: MODEL, system_fingerprint: BUILD };

function finalOf(
  { writing, isAfterSampling }: Answering,
  predicted: number,
  isDone: boolean,
  content: string,
  tokens: readonly number[],
): object {
  const { prompt, temperature, topK, maxTokens, seed } = writing;
  const settings = { seed, temperature, n_predict: maxTokens, n_probs: topK, post_sampling_probs: isAfterSampling };
  return {
    index: 0,
    content,
    tokens,
    id_slot: 0,
    stop: true,
    model: MODEL,
    tokens_predicted: predicted,
    tokens_evaluated: prompt.length,
    generation_settings: settings,
    prompt: '',
    has_new_line: content.includes('\n'),
    truncated: false,
    stop_type: isDone ? 'eos' : 'limit',
    stopping_word: '',
    tokens_cached: prompt.length + predicted,
    timings: timingsOf(prompt.length, predicted),
  };
}

function rowsOf({ model, writing, isAfterSampling }: Answering, steps: readonly Step[]): readonly object[] {
  if (writing.topK === 0) return [];
  const valueOf = ({ logprobNats }: Ranked): object =>
    isAfterSampling ? { prob: Math.fround(Math.exp(logprobNats)) } : { logprob: single(logprobNats) };
  const named = (entry: Ranked, bytes: Uint8Array): object => ({
    id: entry.id,
    // The text is cut where its bytes end inside a character.
    token: decoded(bytes.subarray(0, wholeLength(bytes))),
    bytes: [...bytes],
    ...valueOf(entry),
  });
  return steps.flatMap(({ written, sent }) => {
    if (sent === null) return [];
    const own = isAfterSampling ? { id: written.id, logprobNats: written.sampled.logprobNats } : written;
    const top = (isAfterSampling ? written.sampled.top : written.top).map((other) =>
      named(other, model.nameOf(other.id)),
    );
    return [{ ...named(own, sent), ...(isAfterSampling ? { top_probs: top } : { top_logprobs: top }) }];
  });
}

function usageOf(prompt: number, completion: number): object {
  return { completion_tokens: completion, prompt_tokens: prompt, total_tokens: prompt + completion };
}

function timingsOf(prompt: number, predicted: number): object {
  return { cache_n: 0, prompt_n: prompt, prompt_ms: 1, predicted_n: predicted, predicted_ms: 1 };
}

function chatTopK(body: Body): number {
  return body.logprobs === true ? numberOf(body, 'top_logprobs', 20) : 0;
}

/** The tokens that a grammar of the form `root ::= <[1]> <[2]>` allows; undefined for no grammar, null for another. */
function forcedBy(grammar: string): readonly number[] | null | undefined {
  if (grammar === '') return undefined;
  if (!/^\s*root\s*::=(\s*<\[\d+\]>)+\s*$/.test(grammar)) return null;
  return Array.from(grammar.matchAll(/<\[(\d+)\]>/g), ([, id]) => Number(id));
}

function refusal(message: string): HttpReply {
  return json({ error: { code: 400, message, type: 'invalid_request_error' } }, 400);
}
