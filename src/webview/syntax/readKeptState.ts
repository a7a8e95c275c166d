import { CandorError } from '../../core/candorError.ts';
import { count, list, record, text } from '../../core/json/fieldReaders.ts';
import type { KeptState } from './host.ts';

/** Null: nothing was kept, or nothing of ours. */
export function readKeptState(json: unknown): KeptState | null {
  try {
    const state = record(json);
    return { id: text(state.id), selected: count(state.selected), closed: list(state.closed, count) };
  } catch (error) {
    if (CandorError.is(error, 'corrupt')) return null;
    throw error;
  }
}
