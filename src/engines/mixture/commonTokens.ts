import type { ScoredText } from '../../core/scoredText.ts';
import type { Alternative } from '../../core/words.ts';

/** What an engine says about tokens that are not quite its own. */
export interface RegroupedTokens {
  readonly logprobsNats: Float64Array;
  /** 0 where the engine does not say. */
  readonly knownContexts: Float64Array;
  readonly seenContexts: Float64Array;
  readonly alternatives: ReadonlyMap<number, readonly Alternative[]>;
}

/** Where tokens end in both of two lists of rising ends. The last is the text's end, since that is in both. */
export function commonEnds(a: Uint32Array, b: Uint32Array): Uint32Array {
  const inB = new Set(b);
  return a.filter((end) => inB.has(end));
}

/**
 * A scored text in the least runs of its tokens that end where asked. A run's log-probability is the sum of its tokens', by
 * the chain rule, and unscored when one of them is. The context before it is that before its first token, what had been
 * seen is that of its last. Only a run of one token keeps alternatives.
 *
 * @param ends ends of some of the tokens, the last one's among them
 */
export function regroup({ tokenEnds, measures, alternatives }: ScoredText, ends: Uint32Array): RegroupedTokens {
  const logprobsNats = new Float64Array(ends.length);
  const knownContexts = new Float64Array(ends.length);
  const seenContexts = new Float64Array(ends.length).fill(Number.NaN);
  const kept = new Map<number, readonly Alternative[]>();
  let first = 0;
  ends.forEach((end, run) => {
    let last = first;
    while ((tokenEnds[last] ?? end) < end) last++;
    for (let token = first; token <= last; token++) {
      logprobsNats[run] = (logprobsNats[run] ?? 0) + (measures.logprobsNats[token] ?? Number.NaN);
    }
    knownContexts[run] = measures.knownContexts?.[first] ?? 0;
    seenContexts[run] = measures.seenContexts?.[last] ?? Number.NaN;
    const named = first === last ? alternatives.get(first) : undefined;
    if (named !== undefined) kept.set(run, named);
    first = last + 1;
  });
  return { logprobsNats, knownContexts, seenContexts, alternatives: kept };
}
