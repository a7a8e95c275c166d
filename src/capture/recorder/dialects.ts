import { readArray, readNumber, type JsonRecord } from '../../wire/jsonReaders.ts';
import { ALTERNATIVES, type Dialect, type Recording } from './dialect.ts';
import type { JsonEdit } from './editJson.ts';

/**
 * The ways to ask for text, a row a way. A client that asks for log-probabilities itself gets what it asked for, and that is what is
 * recorded: then nothing is changed. Counts are always sent as integers: vLLM takes null for none (vllm-project/vllm#47838).
 *
 * A row that a client did not ask for is absent from some servers' replies and null in others'. Its place tells: who leaves it out
 * adds it at the end of the choice (llama-server, Ollama), who writes null has it between others (OpenAI, vLLM, SGLang).
 *
 * Sources: the API references of OpenAI (chat, completions, responses) and Mistral (`fim/completions`), llama.cpp's
 * `tools/server/README.md`, Ollama's `docs/api.md`.
 */
const DIALECTS: readonly Dialect[] = [
  {
    name: 'chat',
    path: /\/chat\/completions$/,
    recording: (request) => {
      if (request.logprobs === true || isAbove(request.n_probs, 0)) {
        return asItIs(request.top_logprobs ?? request.n_probs);
      }
      return asking([set('logprobs', true), set('top_logprobs', ALTERNATIVES)], [ROWS_OF_CHOICES]);
    },
  },
  {
    name: 'completions',
    path: /\/(fim\/)?completions$/,
    recording: (request) => {
      // The reply begins with the prompt, which no model wrote.
      if (request.echo === true) return null;
      if (isAbove(request.logprobs, -1) || isAbove(request.n_probs, 0)) {
        return asItIs(request.logprobs ?? request.n_probs);
      }
      // At the root of llama-server it is a name of `/completion`.
      return asking([set('logprobs', ALTERNATIVES)], [ROWS_OF_CHOICES, ...cutsOfLlama(request)]);
    },
  },
  {
    name: 'responses',
    path: /\/responses$/,
    recording: (request) => {
      const include = readArray(request.include);
      if (include.includes(ROWS_OF_RESPONSES)) return asItIs(request.top_logprobs);
      const asks = [set('include', [...include, ROWS_OF_RESPONSES]), set('top_logprobs', ALTERNATIVES)];
      return asking(asks, cutsOfResponses(readNumber(request.top_logprobs) ?? 0));
    },
  },
  {
    name: 'llama-server',
    path: /\/(infill|completion)$/,
    recording: (request) => {
      if (isAbove(request.n_probs, 0) || isAbove(request.logprobs, 0)) {
        return asItIs(request.n_probs ?? request.logprobs);
      }
      const asks = [set('n_probs', ALTERNATIVES), set('return_tokens', true), set('post_sampling_probs', false)];
      return asking(asks, cutsOfLlama(request));
    },
  },
  {
    name: 'ollama',
    path: /\/api\/(chat|generate)$/,
    recording: (request) => {
      if (request.logprobs === true) return asItIs(request.top_logprobs);
      const asks = [set('logprobs', true), set('top_logprobs', ALTERNATIVES)];
      return asking(asks, [{ path: ['logprobs'], change: 'remove' }]);
    },
  },
];

/** The dialect of a path on an upstream; undefined for a route that only passes through. */
export function dialectOf(path: string): Dialect | undefined {
  return DIALECTS.find((dialect) => dialect.path.test(path));
}

const ROWS_OF_CHOICES: JsonEdit = { path: ['choices', '*', 'logprobs'], change: 'unsay' };
const ROWS_OF_RESPONSES = 'message.output_text.logprobs';

function asking(asks: readonly JsonEdit[], cuts: readonly JsonEdit[]): Recording {
  return { asks, cuts, alternatives: ALTERNATIVES };
}

function asItIs(alternatives: unknown): Recording {
  return { asks: [], cuts: [], alternatives: readNumber(alternatives) ?? 0 };
}

/** A text in a response or an event always has its list, and the response says again how many alternatives were asked for. */
function cutsOfResponses(asked: number): readonly JsonEdit[] {
  const lists = [
    ['logprobs'],
    ['part', 'logprobs'],
    ['item', 'content', '*', 'logprobs'],
    ['output', '*', 'content', '*', 'logprobs'],
    ['response', 'output', '*', 'content', '*', 'logprobs'],
  ];
  return [
    ...lists.map((path): JsonEdit => ({ path, change: 'replace', value: [] })),
    { path: ['top_logprobs'], change: 'replace', value: asked },
    { path: ['response', 'top_logprobs'], change: 'replace', value: asked },
  ];
}

/** Answers to several prompts are a list. An answer that comes whole has an empty list of tokens where they were not asked for. */
function cutsOfLlama({ stream, return_tokens, n_probs }: JsonRecord): readonly JsonEdit[] {
  const keepsTokens = stream === true || return_tokens === true;
  return [[], ['*']].flatMap((root): JsonEdit[] => [
    { path: [...root, 'completion_probabilities'], change: 'remove' },
    ...(keepsTokens ? [] : [{ path: [...root, 'tokens'], change: 'replace', value: [] } as const]),
    { path: [...root, 'generation_settings', 'n_probs'], change: 'replace', value: readNumber(n_probs) ?? 0 },
  ]);
}

function set(name: string, value: unknown): JsonEdit {
  return { path: [name], change: 'set', value };
}

function isAbove(value: unknown, bound: number): boolean {
  return (readNumber(value) ?? Number.NEGATIVE_INFINITY) > bound;
}
