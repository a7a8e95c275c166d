import type { SignalValues } from '../words.ts';

/** What a model of risk may know of a region as one engine saw it: numbers and names of kinds, free of text. */
export interface RegionEvidence {
  /** Name of the grammar. */
  readonly language: string;
  readonly kind: 'function' | 'statements';
  /** Lines with a leaf of it; at least 1. */
  readonly lines: number;
  /** Share of the leaves of its function, or run of statements, that are its own; in (0, 1]. */
  readonly shareOfUnit: number;
  readonly signals: SignalValues;
  readonly leaves: LeafEvidence;
}

/** One entry a leaf, in text order, at least one; comparable leaves only (`syntax/codeLeaves.ts`). */
export interface LeafEvidence {
  /** Index into CATEGORIES; 255: of none. */
  readonly categories: readonly number[];
  /** Surprisal of the tokens that are charged to it, in nats, at least 0; none at all where nothing was scored. */
  readonly surprisalsNats: readonly number[];
  /** 1: its tokens stood in a row before, in the workspace or above in the file; 0: they did not; null: unknown. */
  readonly seen: readonly (0 | 1 | null)[];
  /** Line that it begins in, from that of the first leaf. */
  readonly lines: readonly number[];
}
