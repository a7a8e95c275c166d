import * as vscode from 'vscode';
import type { RegionId } from '../../core/words.ts';
import { readArray } from '../../wire/jsonReaders.ts';
import type { Owned } from '../owned.ts';
import type { Successor } from '../regions/successors.ts';

/** Which regions a person has looked at, by identities that survive moves and reloads. A region that is changed is another one. */
export interface LookedAt extends Owned {
  readonly onDidChange: vscode.Event<void>;
  has(region: RegionId): boolean;
  set(regions: readonly RegionId[], isLookedAt: boolean): void;
  /** Regions that took the place of others: who edits what was looked at has looked at what comes of it. */
  follow(successors: readonly Successor[]): void;
}

const REMEMBERED = 'candor.lookedAt';

/** The oldest are forgotten first. */
const MOST_REMEMBERED = 5000;

export function createLookedAt(memory: vscode.Memento): LookedAt {
  const known = new Set(readArray(memory.get<unknown>(REMEMBERED)).filter((id) => typeof id === 'string'));
  const changed = new vscode.EventEmitter<void>();

  function set(regions: readonly RegionId[], isLookedAt: boolean): void {
    const others = regions.filter((region) => known.has(region) !== isLookedAt);
    if (others.length === 0) return;
    for (const region of others) {
      if (isLookedAt) known.add(region);
      else known.delete(region);
    }
    for (const region of [...known].slice(0, Math.max(0, known.size - MOST_REMEMBERED))) known.delete(region);
    void memory.update(REMEMBERED, [...known]);
    changed.fire();
  }

  return {
    onDidChange: changed.event,
    has: (region) => known.has(region),
    set,
    follow(successors) {
      const looked = successors.filter(({ before }) => known.has(before));
      set(
        looked.map(({ after }) => after),
        true,
      );
    },
    dispose() {
      changed.dispose();
    },
  };
}
