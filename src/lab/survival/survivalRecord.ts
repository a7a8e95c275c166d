import type { SignalValues } from '../../core/words.ts';
import type { Censoring } from '../../history/fate/regionFate.ts';

/** Days from the landing; null: it did not happen as far as is known. */
export type AfterDays = number | null;

/**
 * A region of AI-written code that landed in a repository, what was known of it at that moment, and what became of it.
 * Numbers and names of places only: no code, no message, no person.
 */
export interface SurvivalRecord {
  readonly schemaVersion: 1;
  readonly repository: string;
  readonly landing: string;
  readonly path: string;
  /** Offsets in the file as it landed, in UTF-16 units. */
  readonly start: number;
  readonly end: number;
  readonly language: string;
  readonly kind: 'function' | 'statements';
  /** The tool that the landing's trailers name; null: any added code. */
  readonly tool: string | null;
  readonly landedAtMs: number;
  /** How long it could be followed: to the last commit known. */
  readonly followedDays: number;
  readonly context: SurvivalContext;
  /** Signals by engine, from the tree before the landing. */
  readonly signals: Readonly<Record<string, SignalValues>>;
  readonly fate: {
    readonly touched: AfterDays;
    readonly fixed: AfterDays;
    readonly extended: AfterDays;
    readonly censored: AfterDays;
    readonly why?: Censoring;
  };
  /** One entry a leaf, in text order; of gaps one fewer. */
  readonly leaves: {
    /** Index into CATEGORIES; 255: of none. */
    readonly categories: readonly number[];
    /** Surprisal of the tokens that are charged to it, in nats, by engine. */
    readonly surprisalsNats: Readonly<Record<string, readonly number[]>>;
    /** 1: its tokens stood in a row in the tree before, or above in the file; 0: they did not; null: unknown. */
    readonly seen: readonly (0 | 1 | null)[];
    /** Line that it begins in, from that of the first leaf. */
    readonly lines: readonly number[];
    readonly changed: readonly AfterDays[];
    readonly gapsChanged: readonly AfterDays[];
  };
}

/** What the history knows at the moment of the landing. */
export interface SurvivalContext {
  readonly lines: number;
  /** Share of the unit's leaves (its function, its run of statements) that landed. */
  readonly shareOfUnit: number;
  /** Since the file was first seen; 0 for a file that is new. */
  readonly fileAgeDays: number;
  readonly fileCommits90Days: number;
  readonly fileAuthors90Days: number;
  readonly fileFixes180Days: number;
  readonly repositoryCommits90Days: number;
  /** Regions of the same landing, chosen or not. */
  readonly regionsOfLanding: number;
  readonly filesOfLanding: number;
}

/** By which a region is known in every survey of the same history. */
export function recordId({ landing, path, start }: Pick<SurvivalRecord, 'landing' | 'path' | 'start'>): string {
  return `${landing} ${path} ${start}`;
}
