/** The engine that a user asked for, with what it needs. Nothing but this choice makes Candor load or send anything. */
export type EngineChoice = { readonly engine: 'ngram' } | BundledChoice | LlamaChoice | OpenaiChoice;

/** Candor's own model, mixed with the n-gram engine's knowledge of the workspace. */
export interface BundledChoice {
  readonly engine: 'bundled';
  /** Of long texts and of many files, the part that the model reads, in [0, 1]; the n-gram engine chooses it. */
  readonly share: number;
  /** Whether the n-gram engine stands in where the model cannot run. */
  readonly isOptional: boolean;
}

/** What is taken where nobody chose: the best that is embedded. */
export const DEFAULT_CHOICE: BundledChoice = { engine: 'bundled', share: 0.1, isOptional: true };

export interface LlamaChoice {
  readonly engine: 'llama';
  /** Path of a GGUF file, or the name of one that can be downloaded. */
  readonly model: string;
  /** Whether to compute on a GPU where llama.cpp finds one that it can use. */
  readonly usesGpu: boolean;
  /** Whether the n-gram engine's knowledge of the workspace is mixed in. */
  readonly isMixed: boolean;
}

/** More calls at once than any server is known to gain from. */
export const MOST_CONCURRENCY = 1024;

export interface OpenaiChoice {
  readonly engine: 'openai';
  /** Where the OpenAI routes of the server are, mostly ending in `/v1`. */
  readonly baseUrl: string;
  /** Absent: the only model that the server has. */
  readonly model?: string;
  /** Most calls to the server at once, and most milliseconds that an answer may take. Absent: as `createServerClient` has it. */
  readonly concurrency?: number;
  readonly answerTimeMs?: number;
  /** A key that the user stored for this server, never printed; absent: the environment's (`apiKeyFor`). */
  readonly apiKey?: string;
}
