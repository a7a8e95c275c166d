import type { WireRow } from '../../wire/wirePart.ts';

/** Servers compute in few digits, and batches differ; a temperature of 1.5 moves what can be told by much more. */
const TOLERANCE_NATS = 0.05;

/** A log-probability must be so far from 0 for a temperature to show in it. */
const TELLING_NATS = 0.3;

/**
 * Whether a row is of the model's own distribution, by the rows of the same place at temperatures 0 and 1.5. Only the
 * first token of an answer has the same text before it both times. `unknown`: they share no token that tells.
 */
export function distributionOf(cold: WireRow | undefined, hot: WireRow | undefined): 'raw' | 'scaled' | 'unknown' {
  const ofHot = logprobsOf(hot);
  let isTold = false;
  for (const [text, logprobNats] of logprobsOf(cold)) {
    const other = ofHot.get(text);
    if (other === undefined) continue;
    if (Math.abs(other - logprobNats) > TOLERANCE_NATS) return 'scaled';
    isTold ||= logprobNats < -TELLING_NATS;
  }
  return isTold ? 'raw' : 'unknown';
}

/** Whether a row's alternatives have all the probability there is: then it was divided among them alone. */
export function isTruncated(hot: WireRow | undefined): boolean {
  const logprobs = [...logprobsOf(hot).values()];
  return logprobs.length > 1 && logprobs.reduce((sum, value) => sum + Math.exp(value), 0) > 1 - 1e-6;
}

/** By text. What servers write for a probability of zero (-9999, -3.4e38) is left out, and so is what is no logarithm. */
function logprobsOf(row: WireRow | undefined): ReadonlyMap<string, number> {
  const entries = row === undefined ? [] : [...row.alternatives, row];
  return new Map(
    entries.flatMap(({ text, logprobNats }): [string, number][] =>
      logprobNats === null || logprobNats > 0 || logprobNats < -1000 ? [] : [[text, logprobNats]],
    ),
  );
}
