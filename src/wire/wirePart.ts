import type { RowAlternative, ScoredRow } from '../core/scoredRow.ts';

/** The formats that are understood, by the shape of the answer; several servers speak more than one. */
export type WireFormat = 'openai-choices' | 'openai-responses' | 'llama-server' | 'ollama' | 'sglang';

/** A row as a server sent it, with the id of its token where that is known. */
export interface WireRow extends ScoredRow {
  readonly text: string;
  readonly bytes: readonly number[] | null;
  readonly logprobNats: number | null;
  readonly alternatives: readonly WireAlternative[];
  readonly tokenId: number | null;
}

export interface WireAlternative extends RowAlternative {
  readonly text: string;
  readonly bytes: readonly number[] | null;
  readonly tokenId: number | null;
}

/**
 * What one answer, or one chunk of a streamed answer, says. What it does not say is null or empty; that is how most
 * servers refuse log-probabilities.
 */
export interface WirePart {
  readonly format: WireFormat;
  /** The text that the model wrote. With `echo` the prompt comes before it. */
  readonly text: string;
  /** Rows of `text`, in order. */
  readonly rows: readonly WireRow[];
  /** Rows of the prompt, always of the raw distribution, where the server scored it apart from `text`. */
  readonly promptRows: readonly WireRow[];
  /** Ids of the tokens that the model wrote. */
  readonly tokenIds: readonly number[];
  /** Why the model stopped, in the server's own word. */
  readonly finishReason: string | null;
  /** The distribution that `rows` are of, where the format tells. */
  readonly distribution: 'raw' | 'scaled' | null;
  /** How many tokens speculative decoding drafted. Above 0, rows that look certain are none. */
  readonly draftedTokens: number | null;
  /** How many tokens the server says that it has written, from the beginning of the answer. */
  readonly generatedTokens: number | null;
  readonly promptTokens: number | null;
  readonly model: string | null;
  /** Which section of the answer this is about. Only OpenAI's Responses have more than one. */
  readonly section: string;
  /** Whether `text` and `rows` are all of the section so far, not an addition to what came before. */
  readonly isWhole: boolean;
}

/** A part that says nothing. */
export function emptyPart(format: WireFormat): WirePart {
  return {
    format,
    text: '',
    rows: [],
    promptRows: [],
    tokenIds: [],
    finishReason: null,
    distribution: null,
    draftedTokens: null,
    generatedTokens: null,
    promptTokens: null,
    model: null,
    section: '',
    isWhole: false,
  };
}

/** A row for a token of which nothing is known: it goes with the row after it, which is then unscored as well. */
export const MISSING_ROW: WireRow = { text: '', bytes: null, logprobNats: null, alternatives: [], tokenId: null };
