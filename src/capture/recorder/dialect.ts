import type { JsonRecord } from '../../wire/jsonReaders.ts';
import type { JsonEdit } from './editJson.ts';

/** A way in which clients ask for text, and servers are asked for its log-probabilities. */
export interface Dialect {
  readonly name: string;
  /** Paths of its route, on any upstream. */
  readonly path: RegExp;
  /** How a request is recorded; null: its reply is not. */
  readonly recording: (request: JsonRecord) => Recording | null;
}

export interface Recording {
  /** Changes to the request that ask for rows; none where the client asks itself. */
  readonly asks: readonly JsonEdit[];
  /** Changes to the reply, or to each event of it, that take away again what those asked for. */
  readonly cuts: readonly JsonEdit[];
  /** How many alternatives of each token are asked for. */
  readonly alternatives: number;
}

/** Alternatives that are asked for. The legacy completions of OpenAI give five at most. */
export const ALTERNATIVES = 5;
