import type { SignalValues } from '../words.ts';
import { allSignals } from './allSignals.ts';
import type { Signal, SignalInput } from './signal.ts';
import type { TokenView } from './tokenView.ts';

/**
 * The values of signals for a view, by name.
 *
 * A signal is left out when one of its inputs is not there for *every* token of the view: a mean over the tokens that
 * happen to have it would be another number, and which tokens lack it is no accident (rare characters, the edges of what
 * a server returned). `seenContexts` alone may hold NaN, which says "never seen" there. Of a view without tokens nothing
 * is said.
 */
export function evaluateSignals(view: TokenView, signals: readonly Signal[] = allSignals): SignalValues {
  const values: Record<string, number> = {};
  if (view.logprobsNats.length === 0) return values;
  const complete = completeInputs(view);
  for (const signal of signals) {
    if (!signal.inputs.every((input) => complete.has(input))) continue;
    const value = signal.compute(view);
    if (value !== undefined && Number.isFinite(value)) values[signal.name] = value;
  }
  return values;
}

function completeInputs(view: TokenView): ReadonlySet<SignalInput> {
  const complete = new Set<SignalInput>();
  if (isComplete(view.logprobsNats)) complete.add('logprobsNats');
  if (isComplete(view.entropiesNats)) complete.add('entropiesNats');
  if (isComplete(view.ranks)) complete.add('ranks');
  if (view.seenContexts !== undefined) complete.add('seenContexts');
  if (view.alternatives?.every((alternatives) => alternatives !== undefined)) complete.add('alternatives');
  return complete;
}

function isComplete(column: Float64Array | undefined): boolean {
  return column !== undefined && !column.some(Number.isNaN);
}
