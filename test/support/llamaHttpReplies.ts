import type { ScoredText } from '../../src/core/scoredText.ts';
import { OpenaiEngine } from '../../src/engines/openai/openaiEngine.ts';
import type { ServerAbilities } from '../../src/engines/openai/serverAbilities.ts';
import { createServerClient } from '../../src/engines/openai/serverClient.ts';
import type { PlacedToken } from './llamaHttpCompare.ts';
import type { Exchange, FaceName } from './llamaHttpServer.ts';

/** Replies of a real model behind each protocol, kept so that reading them needs no model: what is asked, and the files. */

/** What one way of asking got, and what the embedded engine says of the same text with the same tokens before it. */
export interface RecordedCase {
  readonly name: string;
  readonly exchanges: readonly Exchange[];
  readonly expected: { readonly text: string; readonly tokens: readonly PlacedToken[] };
}

export interface ReplyFile {
  readonly about: string;
  readonly face: FaceName;
  readonly cases: readonly RecordedCase[];
}

export function repliesUrl(face: FaceName): URL {
  return new URL(`../fixtures/replies/${face}.json`, import.meta.url);
}

export const FACE_NAMES: readonly FaceName[] = ['llama-server', 'vllm', 'sglang', 'ollama'];

/** Given to be scored. */
export const GIVEN = 'def area(r):\n    return 3.14 * r ** 2  # 円 ☕ naïve\n';

/** Written after the prompt: the servers' model is made to. */
export const PROMPT = 'class A:\n    def add(';
export const WRITTEN = 'self, 名): # 👩‍👧 ok\r\n';
export const SUFFIX = '\n        return total\n';

export interface Asking {
  readonly name: string;
  readonly face: FaceName;
  readonly abilities: Partial<ServerAbilities>;
  readonly ask: 'score' | 'write' | 'fill';
  readonly isStreamed?: boolean;
}

const SCALED = { distribution: 'scaled' } as const;

export const ASKINGS: readonly Asking[] = [
  {
    name: 'scores by a forced grammar',
    face: 'llama-server',
    abilities: { promptScoring: 'forced-grammar' },
    ask: 'score',
  },
  { name: 'writes', face: 'llama-server', abilities: { generation: 'llama-server' }, ask: 'write' },
  { name: 'streams', face: 'llama-server', abilities: { generation: 'llama-server' }, ask: 'write', isStreamed: true },
  { name: 'fills in the middle', face: 'llama-server', abilities: { fillInTheMiddle: 'infill' }, ask: 'fill' },
  {
    name: 'scores by prompt log-probabilities',
    face: 'vllm',
    abilities: { promptScoring: 'prompt-logprobs' },
    ask: 'score',
  },
  { name: 'scores by echo', face: 'vllm', abilities: { promptScoring: 'echo' }, ask: 'score' },
  { name: 'writes', face: 'vllm', abilities: { generation: 'completions' }, ask: 'write' },
  { name: 'streams', face: 'vllm', abilities: { generation: 'completions' }, ask: 'write', isStreamed: true },
  { name: 'scores by its own route', face: 'sglang', abilities: { promptScoring: 'sglang' }, ask: 'score' },
  { name: 'scores by echo', face: 'sglang', abilities: { promptScoring: 'echo' }, ask: 'score' },
  { name: 'writes', face: 'sglang', abilities: { generation: 'sglang', ...SCALED }, ask: 'write' },
  { name: 'streams', face: 'sglang', abilities: { generation: 'sglang', ...SCALED }, ask: 'write', isStreamed: true },
  { name: 'writes by its own route', face: 'ollama', abilities: { generation: 'ollama' }, ask: 'write' },
  {
    name: 'streams by its own route',
    face: 'ollama',
    abilities: { generation: 'ollama' },
    ask: 'write',
    isStreamed: true,
  },
  { name: 'writes completions', face: 'ollama', abilities: { generation: 'completions' }, ask: 'write' },
  { name: 'fills in the middle', face: 'ollama', abilities: { fillInTheMiddle: 'suffix' }, ask: 'fill' },
];

/** Asks a server, be it real or canned, in one way. */
export async function askServer(baseUrl: string, { abilities, ask, isStreamed }: Asking): Promise<ScoredText> {
  const engine = new OpenaiEngine(createServerClient({ baseUrl, maxRetries: 0 }), {
    model: 'random',
    generation: 'none',
    distribution: 'raw',
    vocabulary: { kind: 'full' },
    maxTopK: 5,
    promptScoring: 'none',
    fillInTheMiddle: 'none',
    ...abilities,
  });
  try {
    if (ask === 'score') return await engine.score({ text: GIVEN, path: 'a.py' });
    const heard: string[] = [];
    const written = await engine.generate({
      prefix: PROMPT,
      path: 'a.py',
      maxTokens: 40,
      topK: 2,
      ...(ask === 'fill' ? { suffix: SUFFIX } : {}),
      ...(isStreamed === true ? { onText: (text: string) => heard.push(text) } : {}),
    });
    if (isStreamed === true && heard.join('') !== written.text) throw new Error('the stream said something else');
    return written;
  } finally {
    await engine.close();
  }
}
