import type { Provenance } from '../../src/capture/provenance/provenance.ts';
import { createProvenanceTeller, type SettledEdit } from '../../src/capture/provenance/provenanceTeller.ts';
import type { EditEvent } from '../../src/capture/provenance/editEvent.ts';
import type { ActionLine, EditTrace } from '../support/editTrace.ts';

/** What of a trace the teller gets to see. */
export interface ReplayOptions {
  readonly hasDetailedReason: boolean;
  readonly hasClipboard: boolean;
  /** Uniform in [0, 1): pauses get other lengths, and most of them shorter. Absent: the times are those of the trace. */
  readonly jitter?: () => number;
}

/** An edit, who truly made it, and who is told to have made it. */
export interface ToldEdit {
  readonly truth: ActionLine;
  readonly event: EditEvent;
  readonly told: Provenance;
}

/** What the teller says of every edit of a trace, when it is asked as the editor asks it. */
export function replay(trace: EditTrace, options: ReplayOptions): readonly ToldEdit[] {
  const { hasDetailedReason, hasClipboard, jitter } = options;
  const teller = createProvenanceTeller();
  const waiting = new Map<number, Omit<ToldEdit, 'told'>>();
  const results: ToldEdit[] = [];
  const take = (settled: readonly SettledEdit[]): void => {
    for (const { edit, provenance } of settled) {
      const of = waiting.get(edit);
      if (of === undefined) throw new Error(`Edit ${edit} is settled twice, or was never made.`);
      waiting.delete(edit);
      results.push({ ...of, told: provenance });
    }
  };

  let truth: ActionLine = { action: 'start', by: 'person', how: 'typed' };
  let [seenMs, nowMs] = [0, 0];
  const timeOf = (atMs: number): number => {
    const pauseMs = Math.max(0, atMs - seenMs);
    seenMs = Math.max(seenMs, atMs);
    nowMs += jitter === undefined ? pauseMs : pauseMs > 200 ? 20 + jitter() * 600 : pauseMs * 2 * jitter();
    return nowMs;
  };
  for (const line of trace) {
    if ('action' in line) {
      truth = line;
    } else if ('hint' in line) {
      const { hint } = line;
      if (hint.kind === 'clipboard') {
        if (hasClipboard) teller.hint(hint);
        continue;
      }
      const atMs = timeOf(hint.atMs);
      take(teller.settle(atMs));
      teller.hint({ ...hint, atMs });
    } else {
      const atMs = timeOf(line.event.atMs);
      take(teller.settle(atMs));
      const event = { ...line.event, atMs, ...(!hasDetailedReason && { detailedReason: null }) };
      if (event.reason === 'undo') take(teller.settleDocument(event.document));
      waiting.set(line.edit, { truth, event });
      teller.edited(line.edit, event);
    }
  }
  take(teller.settle(Infinity));
  if (waiting.size > 0) throw new Error(`${waiting.size} edits were never settled.`);
  return results;
}

export const WRITERS = ['model', 'person', 'editor', 'unknown'] as const;

/** How many edits of each true kind are told to be by whom. */
export type Confusion = ReadonlyMap<string, Readonly<Record<(typeof WRITERS)[number], number>>>;

/** @param kindOf the row that an edit belongs to */
export function confusionOf(told: readonly ToldEdit[], kindOf: (edit: ToldEdit) => string): Confusion {
  const rows = Map.groupBy(told, kindOf);
  return new Map(
    [...rows].map(([kind, edits]) => {
      const count = (by: Provenance['by']): number => edits.filter((edit) => edit.told.by === by).length;
      return [
        kind,
        { model: count('model'), person: count('person'), editor: count('editor'), unknown: count('unknown') },
      ];
    }),
  );
}

export interface ProvenanceFigures {
  readonly edits: number;
  /** Of the edits that are told to be a model's, the share that is. */
  readonly precision: number;
  /** Of a model's edits, the share that is told to be. */
  readonly recall: number;
  /** Of all edits. */
  readonly unknown: number;
  /** Of all characters that came at least two at once. */
  readonly unknownCharacters: number;
}

export function figuresOf(told: readonly ToldEdit[]): ProvenanceFigures {
  const models = told.filter((edit) => edit.told.by === 'model');
  const trueModels = told.filter(({ truth }) => truth.by === 'model');
  const right = models.filter(({ truth }) => truth.by === 'model').length;
  const unknown = told.filter((edit) => edit.told.by === 'unknown');
  const characters = (edits: readonly ToldEdit[]): number =>
    edits
      .flatMap(({ event }) => event.edits)
      .filter(({ inserted }) => inserted.length > 1)
      .reduce((sum, { inserted }) => sum + inserted.length, 0);
  return {
    edits: told.length,
    precision: right / models.length,
    recall: right / trueModels.length,
    unknown: unknown.length / told.length,
    unknownCharacters: characters(unknown) / characters(told),
  };
}
