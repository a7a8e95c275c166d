import { carryClosedStretches, type Stretch } from '../following/carryStretches.ts';
import type { EditEvent } from '../provenance/editEvent.ts';
import type { Provenance } from '../provenance/provenance.ts';
import { newStretches } from './newStretches.ts';

/** Code that arrived in a document at once: what will be a region, or a few. */
export interface Arrival {
  /** URI of the document. */
  readonly document: string;
  /** In the document as it is now; in order, not overlapping. */
  readonly stretches: readonly Stretch[];
  readonly by: Writer;
  /** When the first of it came, by the clock of the events. */
  readonly atMs: number;
}

/** Who wrote it: a model, or somebody who cannot be told. */
export type Writer = Extract<Provenance, { readonly by: 'model' | 'unknown' }>;

/** Puts edits together to arrivals. */
export interface ArrivalGatherer {
  /** Takes an edit whose writer is not known yet. */
  edited(id: number, event: EditEvent): void;
  /** Who made an edit. */
  settled(id: number, provenance: Provenance): void;
  /** Arrivals to which nothing was added for a while. */
  take(nowMs: number): readonly Arrival[];
  /** Arrivals of a document whose writers are known, without waiting: something is about to take them away. */
  takeOf(document: string): readonly Arrival[];
  /** When `take` is worth while again; null: nothing is waiting. */
  readonly dueMs: number | null;
  /** Lets go of a document. */
  forget(document: string): void;
}

/** What is written with shorter pauses than this arrives at once: a suggestion taken word by word, an agent's stream of edits. */
const QUIET_MS = 1500;

/** Of a writer who is unknown, fewer visible characters are nobody's code. */
const FEWEST_CHARACTERS = 12;

interface Piece extends Stretch {
  readonly edit: number;
  /** undefined: not known yet. */
  readonly writer: Writer | undefined;
  readonly atMs: number;
}

interface Gathered {
  pieces: readonly Piece[];
  lastMs: number;
}

/** Pieces are carried through all later edits of their document until they are taken. */
export function createArrivalGatherer(): ArrivalGatherer {
  const documents = new Map<string, Gathered>();

  function edited(edit: number, { document, edits, atMs }: EditEvent): void {
    const gathered = documents.get(document);
    const pieces: Piece[] = [];
    let shift = 0;
    for (const one of edits.toSorted((a, b) => a.start - b.start)) {
      const start = one.start + shift;
      shift += one.inserted.length - (one.end - one.start);
      for (const stretch of newStretches(one)) {
        pieces.push({ start: start + stretch.start, end: start + stretch.end, edit, writer: undefined, atMs });
      }
    }
    if (gathered === undefined && pieces.length === 0) return;
    const changes = edits.map(({ start, end, inserted }) => ({ start, end, text: inserted }));
    const carried = carryClosedStretches(gathered?.pieces ?? [], changes).filter(({ start, end }) => start < end);
    documents.set(document, { pieces: [...carried, ...pieces], lastMs: Math.max(atMs, gathered?.lastMs ?? 0) });
  }

  function settled(edit: number, provenance: Provenance): void {
    for (const [document, gathered] of documents) {
      if (!gathered.pieces.some((piece) => piece.edit === edit)) continue;
      const isArrival = provenance.by === 'model' || provenance.by === 'unknown';
      gathered.pieces = gathered.pieces.flatMap((piece) =>
        piece.edit !== edit ? [piece] : isArrival ? [{ ...piece, writer: provenance }] : [],
      );
      if (gathered.pieces.length === 0) documents.delete(document);
    }
  }

  function isReady({ pieces, lastMs }: Gathered, nowMs: number): boolean {
    return nowMs - lastMs >= QUIET_MS && pieces.every(({ writer }) => writer !== undefined);
  }

  return {
    edited,
    settled,
    take(nowMs) {
      const ready = [...documents].filter(([, gathered]) => isReady(gathered, nowMs));
      for (const [document] of ready) documents.delete(document);
      return ready.flatMap(([document, { pieces }]) => arrivalsOf(document, pieces));
    },
    takeOf(document) {
      const gathered = documents.get(document);
      if (gathered === undefined) return [];
      const known = gathered.pieces.filter(({ writer }) => writer !== undefined);
      const open = gathered.pieces.filter(({ writer }) => writer === undefined);
      if (open.length === 0) documents.delete(document);
      else gathered.pieces = open;
      return arrivalsOf(document, known);
    },
    get dueMs() {
      const times = Array.from(documents.values(), ({ lastMs }) => lastMs + QUIET_MS);
      return times.length === 0 ? null : Math.min(...times);
    },
    forget(document) {
      documents.delete(document);
    },
  };
}

/** One arrival for each writer. Pieces that overlap or touch are one; of two writers who wrote the same place the last one counts. */
function arrivalsOf(document: string, pieces: readonly Piece[]): readonly Arrival[] {
  const ofWriters = Map.groupBy(pieces, ({ writer }) => JSON.stringify(writer));
  return Array.from(ofWriters.values(), (own): Arrival | null => {
    const [first] = own;
    if (first?.writer === undefined) return null;
    const stretches = joined(own);
    const length = stretches.reduce((sum, { start, end }) => sum + end - start, 0);
    if (first.writer.by === 'unknown' && length < FEWEST_CHARACTERS) return null;
    return { document, stretches, by: first.writer, atMs: Math.min(...own.map(({ atMs }) => atMs)) };
  }).filter((arrival) => arrival !== null);
}

function joined(pieces: readonly Stretch[]): readonly Stretch[] {
  const stretches: Stretch[] = [];
  for (const { start, end } of pieces.toSorted((a, b) => a.start - b.start)) {
    const last = stretches.at(-1);
    if (last !== undefined && start <= last.end) {
      stretches[stretches.length - 1] = { start: last.start, end: Math.max(last.end, end) };
    } else stretches.push({ start, end });
  }
  return stretches;
}
