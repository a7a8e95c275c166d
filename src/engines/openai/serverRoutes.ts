import type { JsonRecord } from '../../wire/jsonReaders.ts';
import type { FillingWay, ScoringWay, WritingWay } from './serverAbilities.ts';
import type { ServerKind } from './serverKind.ts';

/**
 * How servers are asked, a row a way, in the order in which the probe tries them. Numbers of alternatives are always sent
 * as integers: vLLM takes null for none (vllm-project/vllm#47838).
 *
 * Sources: the API references of OpenAI (chat, completions), vLLM (`prompt_logprobs`, `return_token_ids`, `echo`) and
 * Mistral (`fim/completions`), SGLang's native API, Ollama's `docs/api.md`, llama.cpp's `tools/server/README.md`.
 */
export interface Route<Way extends string, Asked> {
  readonly way: Way;
  /** As ServerClient takes it. */
  readonly path: string;
  /** The one kind of server that has the route. Absent: any may have it. */
  readonly only?: ServerKind;
  readonly bodyFor: (asked: Asked) => JsonRecord;
}

export interface Writing {
  readonly model: string;
  readonly prefix: string;
  readonly maxTokens: number;
  /** At least 1: without alternatives, rows that speculative decoding filled in cannot be told. */
  readonly topK: number;
  readonly temperature: number;
  /** Absent where the likeliest tokens are written, and where only the numbers matter. */
  readonly seed?: number;
  /** What it goes on from is a question: a chat is asked it plainly. */
  readonly isQuestion?: boolean;
}

interface Drawing {
  readonly temperature: number;
  readonly seed?: number | undefined;
}

export interface Filling extends Writing {
  readonly suffix: string;
}

export interface Scoring {
  readonly model: string;
  readonly text: string;
  readonly topK: number;
}

const CHAT_TASK = 'Continue the text of the user exactly where it ends. Write the continuation only, nothing else.';

export const WRITING_ROUTES: readonly Route<WritingWay, Writing>[] = [
  {
    // Before the routes of OpenAI: these do not tell that pieces of characters have no rows.
    way: 'llama-server',
    path: '/completion',
    only: 'llama-server',
    bodyFor: (writing) => ({ prompt: writing.prefix, ...llamaServerBody(writing) }),
  },
  { way: 'completions', path: 'completions', bodyFor: completionBody },
  { way: 'chat', path: 'chat/completions', bodyFor: chatBody },
  {
    way: 'ollama',
    path: '/api/generate',
    only: 'ollama',
    // Raw: without the template of a chat.
    bodyFor: (writing) => ({ raw: writing.isQuestion !== true, ...ollamaBody(writing) }),
  },
  { way: 'sglang', path: '/generate', only: 'sglang', bodyFor: sglangBody },
];

/**
 * An answer in a chat of which only the words are wanted: the likeliest ones unless they are drawn, for there are no numbers that a
 * temperature could change. Some servers refuse to be asked for rows.
 */
export const WORDS_ROUTE: Route<'words', Writing> = {
  way: 'words',
  path: 'chat/completions',
  bodyFor: ({ model, prefix, maxTokens, temperature, seed }) => {
    const messages = [{ role: 'user', content: prefix }];
    const drawing = drawingFields({ temperature: seed === undefined ? 0 : temperature, seed });
    return { model, messages, max_tokens: maxTokens, ...drawing, top_p: 1 };
  },
};

export const FILLING_ROUTES: readonly Route<FillingWay, Filling>[] = [
  { way: 'suffix', path: 'completions', bodyFor: withSuffix(completionBody) },
  // Not raw: it is the template that knows where the suffix goes.
  { way: 'ollama', path: '/api/generate', only: 'ollama', bodyFor: withSuffix(ollamaBody) },
  {
    way: 'infill',
    path: '/infill',
    only: 'llama-server',
    bodyFor: (filling) => ({
      input_prefix: filling.prefix,
      input_suffix: filling.suffix,
      ...llamaServerBody(filling),
    }),
  },
  { way: 'fim', path: 'fim/completions', bodyFor: withSuffix(completionBody) },
];

/** A token is written after the text, which all servers bear. */
export const SCORING_ROUTES: readonly Route<ScoringWay, Scoring>[] = [
  {
    way: 'prompt-logprobs',
    path: 'completions',
    bodyFor: (scoring) => ({ ...oneToken(scoring), prompt_logprobs: scoring.topK, return_token_ids: true }),
  },
  {
    way: 'echo',
    path: 'completions',
    bodyFor: (scoring) => ({ ...oneToken(scoring), echo: true, logprobs: scoring.topK }),
  },
  {
    way: 'sglang',
    path: '/generate',
    only: 'sglang',
    bodyFor: ({ text, topK }) => ({
      text,
      sampling_params: { max_new_tokens: 1, temperature: 1 },
      logprob_start_len: 0,
      ...sglangRows(topK),
    }),
  },
];

/** The routes that a server of that kind may have; all of them where the kind is unknown. */
export function routesOf<Way extends string, Asked>(
  routes: readonly Route<Way, Asked>[],
  kind: ServerKind,
): readonly Route<Way, Asked>[] {
  return routes.filter(({ only }) => mayHave(kind, only));
}

/** Whether a server of that kind may have what only servers of another kind have. */
export function mayHave(kind: ServerKind, only: ServerKind | undefined): boolean {
  return only === undefined || kind === 'unknown' || only === kind;
}

/** What makes llama-server say how likely the tokens it writes are; the samplers that cut the vocabulary are off. */
export function llamaServerRows(topK: number): JsonRecord {
  return { n_probs: topK, return_tokens: true, post_sampling_probs: false, top_k: 0, top_p: 1, min_p: 0 };
}

function completionBody({ model, prefix, maxTokens, topK, ...drawing }: Writing): JsonRecord {
  return { model, prompt: prefix, max_tokens: maxTokens, ...drawingFields(drawing), top_p: 1, logprobs: topK };
}

function chatBody({ model, prefix, maxTokens, topK, isQuestion, ...drawing }: Writing): JsonRecord {
  const question = { role: 'user', content: prefix };
  const messages = isQuestion === true ? [question] : [{ role: 'system', content: CHAT_TASK }, question];
  const rows = { logprobs: true, top_logprobs: topK };
  return { model, messages, max_tokens: maxTokens, ...drawingFields(drawing), top_p: 1, ...rows };
}

function llamaServerBody({ model, maxTokens, topK, ...drawing }: Writing): JsonRecord {
  return { model, n_predict: maxTokens, ...drawingFields(drawing), cache_prompt: true, ...llamaServerRows(topK) };
}

function ollamaBody({ model, prefix, maxTokens, topK, ...drawing }: Writing): JsonRecord {
  const options = { num_predict: maxTokens, ...drawingFields(drawing), top_k: 0, top_p: 1, min_p: 0 };
  return { model, prompt: prefix, options, logprobs: true, top_logprobs: topK };
}

/** How tokens are drawn. Several texts are several requests, for not all servers know `n`. */
function drawingFields({ temperature, seed }: Drawing): JsonRecord {
  return seed === undefined ? { temperature } : { temperature, seed };
}

/** Without the seed: SGLang's own route knew none for long, and refuses what it does not know. */
function sglangBody({ prefix, maxTokens, topK, temperature }: Writing): JsonRecord {
  const sampling_params = { max_new_tokens: maxTokens, temperature, top_p: 1 };
  return { text: prefix, sampling_params, ...sglangRows(topK) };
}

function sglangRows(topK: number): JsonRecord {
  return { return_logprob: true, top_logprobs_num: topK, return_text_in_logprobs: true };
}

function oneToken({ model, text }: Scoring): JsonRecord {
  return { model, prompt: text, max_tokens: 1, temperature: 0 };
}

function withSuffix(bodyFor: (writing: Writing) => JsonRecord): (filling: Filling) => JsonRecord {
  return (filling) => ({ ...bodyFor(filling), suffix: filling.suffix });
}
