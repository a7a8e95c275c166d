import type { Finding, SignalValues, Source } from '../words.ts';
import type { TruthProbability } from './truthProbability.ts';

/** Samples that are the same code. */
export interface OpinionCluster {
  /** What stands there, where the samples say the same; else what the first of them wrote. */
  readonly text: string;
  /** How many samples it is, the original not counted. */
  readonly count: number;
  /** Of all samples, by their number; in [0, 1]. */
  readonly share: number;
  /** The share of the vote in which each different text weighs its own probability; null where nothing was scored. In [0, 1]. */
  readonly voteShare: number | null;
  readonly isOriginal: boolean;
  /** Whether it does not parse in its place. */
  readonly isBroken: boolean;
}

/** What an engine wrote when it was asked several times to write a stretch of a text again. Offsets are those of the text. */
export interface SecondOpinion {
  /** Name of the engine that was asked; the Source is of the model that wrote. */
  readonly engine: string;
  readonly source: Source;
  readonly start: number;
  readonly end: number;
  readonly original: string;
  readonly sampleCount: number;
  readonly temperature: number;
  readonly seed: number;
  /** Tokens that it took, those included that were cut off. */
  readonly tokensWritten: number;
  /** That of the original first where it has samples, then the greatest. */
  readonly clusters: readonly OpinionCluster[];
  /** How many ways to behave the samples have, where they could be run; a reason where not. */
  readonly behaviour: { readonly clusterCount: number; readonly inputCount: number } | { readonly reason: string };
  /** Where the samples part (`whereSamplesPart`); null where all are the original. */
  readonly finding: Finding | null;
  /** The parts of the original that are better marked than not, over the samples as intents (`unsureRegions`). */
  readonly unsure: readonly { readonly start: number; readonly end: number }[];
  /** Of the samples, by name: `docs/metrics.md`, second opinions. */
  readonly signals: SignalValues;
  /** What the engine says when asked; null where it was not, or does not tell. */
  readonly truth: TruthProbability | null;
  /** What it says in words, in [0, 1]; null as before. */
  readonly confidence: number | null;
}
