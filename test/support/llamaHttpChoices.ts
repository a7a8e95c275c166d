import type { Judged, LlamaHttpModel, Ranked } from './llamaHttpModel.ts';
import { single } from './llamaHttpReply.ts';
import { decoded } from './llamaHttpSpelling.ts';

/** The shapes of OpenAI's rows, as Python servers fill them in: from each token's text, decoded by itself. */

/** A token that is scored, with the likeliest in its place. */
export interface Row extends Ranked {
  readonly top: readonly Ranked[];
}

/** The first token of a prompt has nothing before it, so nobody could judge it. */
export interface FirstToken {
  readonly id: number;
  readonly logprobNats: null;
}

export interface LegacyOptions {
  /** SGLang does not know the offsets and writes -1. */
  readonly knowsOffsets: boolean;
  /** Whether the token itself stands before the likeliest ones, as vLLM has it. */
  readonly ownFirst: boolean;
}

/** Columns side by side. Two tokens that are spelt alike are one in `top_logprobs`. */
export function legacyColumns(
  model: LlamaHttpModel,
  rows: readonly (Row | FirstToken)[],
  options: LegacyOptions,
): object {
  const tokens = rows.map(({ id }) => nameOf(model, id));
  let offset = 0;
  return {
    text_offset: tokens.map((token) => {
      const before = offset;
      offset += Array.from(token).length;
      return options.knowsOffsets ? before : -1;
    }),
    token_logprobs: rows.map(({ logprobNats }) => (logprobNats === null ? null : single(logprobNats))),
    tokens,
    top_logprobs: rows.map((row) => {
      if (row.logprobNats === null) return null;
      const own = { id: row.id, logprobNats: row.logprobNats };
      const named = new Map<string, number>();
      for (const other of options.ownFirst ? [own, ...row.top] : row.top) {
        const name = nameOf(model, other.id);
        if (!named.has(name)) named.set(name, single(other.logprobNats));
      }
      return named;
    }),
  };
}

/** Rows of a chat, with the bytes of the decoded text: U+FFFD for a piece of a character. */
export function chatRows(model: LlamaHttpModel, rows: readonly Row[]): readonly object[] {
  const named = ({ id, logprobNats }: Ranked): object => {
    const token = nameOf(model, id);
    return { token, logprob: single(logprobNats), bytes: [...Buffer.from(token)] };
  };
  return rows.map((row) => ({ ...named(row), top_logprobs: row.top.map(named) }));
}

/** A token's text, decoded by itself. */
export function nameOf(model: LlamaHttpModel, id: number): string {
  return decoded(model.nameOf(id));
}

/** All tokens of a prompt as rows. */
export async function promptRows(
  model: LlamaHttpModel,
  prompt: readonly number[],
  topK: number,
  signal: AbortSignal,
  ranks = false,
): Promise<(Judged | FirstToken)[]> {
  const giveBack = await model.hold();
  try {
    const judged = await model.judge(prompt, topK, signal, ranks);
    return prompt
      .slice(0, 1)
      .map((id): Judged | FirstToken => ({ id, logprobNats: null }))
      .concat(judged);
  } finally {
    giveBack();
  }
}
