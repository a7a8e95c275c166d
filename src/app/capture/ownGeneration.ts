import { randomUUID } from 'node:crypto';
import type { RecordedGeneration } from '../../capture/recordedGeneration.ts';
import type { ScoredText } from '../../core/scoredText.ts';

/** The client of what Candor suggested itself. */
export const OWN_CLIENT = 'Candor';

/** A suggestion of Candor's own, to be matched with what arrives as what others' tools wrote is. */
export function ownGeneration(scored: ScoredText, atMs: number): RecordedGeneration {
  return { id: randomUUID(), atMs, client: OWN_CLIENT, kind: 'content', scored };
}
