import { endsInsideCharacter } from './splitCharacter.ts';

/** Tokens that are forced with one request, from `start` to `end`, with those shown before them from `contextStart`. */
export interface ForcedRun {
  readonly contextStart: number;
  readonly start: number;
  readonly end: number;
}

/** Most tokens of a run: some 25 seconds on a computer that writes five tokens a second. */
const RUN_TOKENS = 128;

/** The context begins at a multiple of this, so most runs begin with what the server has in its cache. */
const STRIDE_TOKENS = 512;

/** Name of the policy, for a Source: another context makes another distribution. */
export const FORCED_CONTEXT = `start token if any, then ${STRIDE_TOKENS} to ${2 * STRIDE_TOKENS - 1} tokens before`;

/**
 * Cuts tokens into runs, between characters where that can be: what is written inside one comes without rows. A grammar
 * does not take tokens that are empty or begin with NUL, so these are in no run.
 *
 * @param first Index of the first token that can be forced.
 */
export function forcedRuns(tokens: readonly { readonly bytes: Uint8Array }[], first: number): readonly ForcedRun[] {
  const runs: ForcedRun[] = [];
  for (let start = first; start < tokens.length;) {
    const end = runEnd(tokens, start);
    const contextStart = Math.max(0, (Math.floor(start / STRIDE_TOKENS) - 1) * STRIDE_TOKENS);
    if (end > start) runs.push({ contextStart, start, end });
    start = Math.max(end, start + 1);
  }
  return runs;
}

/** Where the run that begins at a token ends; at the token itself if that cannot be forced. */
function runEnd(tokens: readonly { readonly bytes: Uint8Array }[], start: number): number {
  let tail: readonly number[] = [];
  let end = start;
  let between = start;
  for (; end < Math.min(tokens.length, start + RUN_TOKENS); end++) {
    const bytes = tokens[end]?.bytes ?? [];
    // Empty, or NUL.
    if (!bytes[0]) break;
    tail = [...tail, ...bytes.slice(-4)].slice(-4);
    if (!endsInsideCharacter(tail)) between = end + 1;
  }
  return between > start ? between : end;
}
