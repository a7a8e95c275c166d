import type { LlamaHttpModel, Ranked } from './llamaHttpModel.ts';
import {
  chatPrompt,
  collected,
  CREATED,
  events,
  json,
  jsonLines,
  numberOf,
  recordOf,
  stringOf,
  type Body,
  type Face,
  type HttpReply,
  type HttpRequest,
} from './llamaHttpReply.ts';
import { decoded, wholeLength } from './llamaHttpSpelling.ts';
import { writeTokens, type Written } from './llamaHttpWriting.ts';

/**
 * Ollama with its own runner, from 0.12.11 on. Its rows are raw at any temperature, and the bytes of a row are those of
 * the text it was decoded to: [239, 191, 189] for each piece of a character (ollama/ollama#13497).
 *
 * Sources: Ollama's `docs/api.md`, `server/logprob.go`, and the reply quoted in ollama/ollama#13497.
 */
export function ollamaFace(model: LlamaHttpModel, addsStart: boolean): Face {
  const start = addsStart && model.start !== null ? [model.start] : [];

  /** The template of a model that fills in the middle puts the signs; it goes unused with `raw`. */
  function promptOf(prompt: string, suffix: string): readonly number[] {
    if (suffix === '') return [...start, ...model.tokenize(prompt)];
    const { prefix, suffix: after, middle } = model.signs;
    return [...start, prefix, ...model.tokenize(prompt), after, ...model.tokenize(suffix), middle];
  }

  function askedOf(body: Body, signal: AbortSignal, prompt: readonly number[], topK: number): Asked {
    const options = { ...body, ...recordOf(body, 'options') };
    const maxTokens = numberOf(options, 'num_predict', numberOf(options, 'max_tokens', 128));
    const sampling = { temperature: numberOf(options, 'temperature', 0.8), seed: numberOf(options, 'seed', 42) };
    const pieces = piecesOf(
      model,
      writeTokens(model, { prompt, maxTokens, topK: Math.max(0, topK), ...sampling }, signal),
    );
    return { model, prompt, topK, pieces };
  }

  async function native({ route, body, signal }: HttpRequest): Promise<HttpReply> {
    const isChat = route === '/api/chat';
    const suffix = body.raw === true ? '' : stringOf(body, 'suffix');
    const prompt = isChat ? promptOf(chatPrompt(body), '') : promptOf(stringOf(body, 'prompt'), suffix);
    const topK = body.logprobs === true ? numberOf(body, 'top_logprobs', 0) : -1;
    if (topK > 20) return json({ error: 'top_logprobs must be between 0 and 20' }, 400);
    const asked = askedOf(body, signal, prompt, topK);
    if (body.stream !== false) return jsonLines(nativeLines(asked, isChat));
    return json(nativeAnswer(asked, isChat, await collected(asked.pieces)));
  }

  async function compatible({ route, body, signal }: HttpRequest): Promise<HttpReply> {
    const isChat = route === '/v1/chat/completions';
    const prompt = isChat
      ? promptOf(chatPrompt(body), '')
      : promptOf(stringOf(body, 'prompt'), stringOf(body, 'suffix'));
    const topK = isChat
      ? body.logprobs === true
        ? numberOf(body, 'top_logprobs', 0)
        : -1
      : numberOf(body, 'logprobs', -1);
    const asked = askedOf({ temperature: 1, ...body }, signal, prompt, topK);
    if (body.stream === true) return events(compatibleChunks(asked, isChat, body));
    const pieces = await collected(asked.pieces);
    const text = pieces.map((piece) => piece.text).join('');
    const rows = pieces.flatMap(({ tokens }) => rowsOf(asked, tokens));
    const choice = {
      index: 0,
      ...(isChat ? { message: { role: 'assistant', content: text } } : { text }),
      finish_reason: finishOf(pieces),
      ...(rows.length > 0 ? { logprobs: { content: rows } } : {}),
    };
    return json({ ...commonOf(isChat, false), choices: [choice], usage: usageOf(prompt, pieces) });
  }

  return (request) => {
    switch (request.route) {
      case '/':
        return { status: 200, type: 'text/plain', pieces: ['Ollama is running'] };
      case '/api/version':
        return json({ version: '0.13.5' });
      case '/api/tags': {
        const details = { format: 'gguf', family: 'llama', parameter_size: '2M', quantization_level: 'F32' };
        return json({ models: [{ name: MODEL, model: MODEL, modified_at: AT, size: 1, digest: '0', details }] });
      }
      case '/v1/models':
        return json({ object: 'list', data: [{ id: MODEL, object: 'model', created: CREATED, owned_by: 'library' }] });
      case '/api/generate':
      case '/api/chat':
        return native(request);
      case '/v1/completions':
      case '/v1/chat/completions':
        return compatible(request);
      default:
        return { status: 404, type: 'text/plain', pieces: ['404 page not found'] };
    }
  };
}

const MODEL = 'random:latest';
const AT = '2025-10-09T08:53:20Z';

interface Asked {
  readonly model: LlamaHttpModel;
  readonly prompt: readonly number[];
  readonly topK: number;
  readonly pieces: AsyncIterable<Piece>;
}

/** What is sent at once: tokens until no character is unfinished. What is no UTF-8 is cut off. */
interface Piece {
  readonly text: string;
  readonly tokens: readonly Written[];
  readonly isEnd: boolean;
}

async function* piecesOf(model: LlamaHttpModel, written: AsyncIterable<Written>): AsyncGenerator<Piece> {
  let held: Written[] = [];
  const piece = (isEnd: boolean): Piece => {
    const bytes = Uint8Array.from(held.flatMap(({ id }) => [...model.bytesOf(id)]));
    const [text = ''] = decoded(bytes).split('\ufffd');
    return { text, tokens: held, isEnd };
  };
  for await (const token of written) {
    if (token.isEnd) {
      yield piece(true);
      return;
    }
    held.push(token);
    const bytes = Uint8Array.from(held.flatMap(({ id }) => [...model.bytesOf(id)]));
    if (wholeLength(bytes) < bytes.length) continue;
    yield piece(false);
    held = [];
  }
  if (held.length > 0) yield piece(false);
}

function nativeAnswer(asked: Asked, isChat: boolean, pieces: readonly Piece[]): object {
  const text = pieces.map((piece) => piece.text).join('');
  const rows = pieces.flatMap(({ tokens }) => rowsOf(asked, tokens));
  return { ...lineOf(isChat, text), ...endOf(asked, pieces), ...(rows.length > 0 ? { logprobs: rows } : {}) };
}

async function* nativeLines(asked: Asked, isChat: boolean): AsyncGenerator {
  const pieces: Piece[] = [];
  for await (const piece of asked.pieces) {
    pieces.push(piece);
    if (piece.tokens.length === 0) continue;
    const rows = rowsOf(asked, piece.tokens);
    yield { ...lineOf(isChat, piece.text), done: false, ...(rows.length > 0 ? { logprobs: rows } : {}) };
  }
  yield { ...lineOf(isChat, ''), ...endOf(asked, pieces) };
}

async function* compatibleChunks(asked: Asked, isChat: boolean, body: Body): AsyncGenerator {
  const pieces: Piece[] = [];
  const shown = (content: string): object => (isChat ? { delta: { role: 'assistant', content } } : { text: content });
  for await (const piece of asked.pieces) {
    pieces.push(piece);
    const rows = rowsOf(asked, piece.tokens);
    const logprobs = rows.length > 0 ? { logprobs: { content: rows } } : {};
    yield {
      ...commonOf(isChat, true),
      choices: [{ index: 0, ...shown(piece.text), finish_reason: null, ...logprobs }],
    };
  }
  yield { ...commonOf(isChat, true), choices: [{ index: 0, ...shown(''), finish_reason: finishOf(pieces) }] };
  if (recordOf(body, 'stream_options').include_usage === true) {
    yield { ...commonOf(isChat, true), choices: [], usage: usageOf(asked.prompt, pieces) };
  }
}

function lineOf(isChat: boolean, text: string): object {
  const said = isChat ? { message: { role: 'assistant', content: text } } : { response: text };
  return { model: MODEL, created_at: AT, ...said };
}

function endOf({ prompt }: Asked, pieces: readonly Piece[]): object {
  return {
    done: true,
    done_reason: finishOf(pieces),
    total_duration: 3000,
    load_duration: 1000,
    prompt_eval_count: prompt.length,
    prompt_eval_duration: 1000,
    eval_count: countOf(pieces),
    eval_duration: 1000,
  };
}

function rowsOf({ model, topK }: Asked, tokens: readonly Written[]): readonly object[] {
  if (topK < 0) return [];
  const named = ({ id, logprobNats }: Ranked): object => {
    const token = decoded(model.nameOf(id));
    return { token, logprob: Math.min(0, logprobNats), bytes: [...Buffer.from(token)] };
  };
  return tokens.map((written) => ({
    ...named(written),
    ...(topK > 0 ? { top_logprobs: written.top.map(named) } : {}),
  }));
}

function commonOf(isChat: boolean, isChunk: boolean): object {
  const object = isChat ? `chat.completion${isChunk ? '.chunk' : ''}` : 'text_completion';
  return {
    id: isChat ? 'chatcmpl-0' : 'cmpl-0',
    object,
    created: CREATED,
    model: MODEL,
    system_fingerprint: 'fp_ollama',
  };
}

function usageOf(prompt: readonly number[], pieces: readonly Piece[]): object {
  const completion_tokens = countOf(pieces);
  return { prompt_tokens: prompt.length, completion_tokens, total_tokens: prompt.length + completion_tokens };
}

function countOf(pieces: readonly Piece[]): number {
  return pieces.reduce((sum, { tokens, isEnd }) => sum + tokens.length + (isEnd ? 1 : 0), 0);
}

function finishOf(pieces: readonly Piece[]): string {
  return pieces.at(-1)?.isEnd === true ? 'stop' : 'length';
}
