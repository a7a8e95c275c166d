/**
 * The words of Candor: the plain data that every room speaks about. Read this page first.
 *
 *     capture -> score -> align -> weigh -> judge -> show -> observe
 *                                             ^                 |
 *                                             +---- ledger <----+
 *
 * Positions are offsets in UTF-16 code units, as in a JavaScript string and in an editor. Log-probabilities are natural
 * logarithms (nats). `p` is always the chance of the *good* event. Two words have a home of their own because they keep
 * a promise: a text whose tokens tile it is in `scoredText.ts`, a syntax tree in flat arrays is in `spanTable.ts`.
 */

/** Another piece of text that the model could have written at a place, with its own log-probability. */
export interface Alternative {
  readonly text: string;
  readonly logprobNats: number;
}

/** A piece of the model's text. `logprobNats` is absent where nobody scored it: unscored is a state, not a zero. */
export interface Token {
  readonly text: string;
  readonly start: number;
  readonly end: number;
  readonly logprobNats?: number;
  readonly alternatives?: readonly Alternative[];
}

/** What the engine's probabilities range over: the model's own distribution, or one reshaped by a temperature. */
export type Distribution = { readonly kind: 'raw' } | { readonly kind: 'scaled'; readonly temperature: number };

/** Whether a probability was normalised over the whole vocabulary or over its k likeliest entries. */
export type VocabularyCoverage = { readonly kind: 'full' } | { readonly kind: 'top-k'; readonly k: number };

/**
 * Who scored, and how. Two scores may be compared only when their Sources are equal: a temperature, a truncation or
 * another context policy makes another distribution, and distributions never mix.
 */
export interface Source {
  readonly engine: string;
  /** Digest of the model's weights, or of the formula and its constants for an engine without weights. */
  readonly model: string;
  readonly tokenizer: string;
  readonly distribution: Distribution;
  readonly vocabulary: VocabularyCoverage;
  /** `generated`: the engine wrote the text itself. `teacher-forced`: it was asked how likely a given text is. */
  readonly mode: 'generated' | 'teacher-forced';
  /** What the engine saw before each token, by the name of the policy. */
  readonly contextPolicy: string;
  /** Identity of what an engine that learns had learned (the n-gram's snapshot). */
  readonly snapshot?: string;
}

/** How a region came into being. */
export type Origin = 'inline' | 'recorded' | 'inserted' | 'diff' | 'declared' | 'file';

/** Salted fingerprint of a region's content, and which occurrence of that content it is: survives moves and reloads. */
export type RegionId = string;

/** The unit that is judged: text that arrived at once or, in an audit, a function or a run of top-level statements. */
export interface Region {
  readonly id: RegionId;
  readonly origin: Origin;
  readonly name?: string;
  readonly start: number;
  readonly end: number;
}

/** What a judgement is about. A number exists only for the pair of Source and Target that it was calibrated for. */
export interface Target {
  readonly event: 'survives' | 'sound' | 'correct' | 'matches';
  /** Absent for events without a clock. */
  readonly horizon?: { readonly minutes: number } | { readonly days: number } | { readonly commits: number };
  readonly unit: 'region';
  /** Version of the written definition of the event. */
  readonly definition: number;
}

/** Whose code outcomes were of: what a commit says an AI tool had a hand in, or all code. */
export type Authors = 'ai' | 'any';

/** What a number rests on. */
export interface Basis {
  readonly target: Target;
  readonly authors: Authors;
  readonly riskModel: string;
  readonly prior: string;
  readonly outcomeCount: number;
  readonly commitCount: number;
}

/** The chance `p` of the target's good event, with its interval, all in [0, 1]. */
export interface Judgement {
  readonly p: number;
  readonly low: number;
  readonly high: number;
  readonly basis: Basis;
}

/** `unknown` is the absence of a judgement, never a middle value. */
export type Band = 'trust' | 'check' | 'doubt' | 'unknown';

/** Identity of the pair Source x Target: no key, no p. */
export type CalibrationKey = string;

/** Values of signals by name. A signal whose inputs are not there is absent. */
export type SignalValues = Readonly<Record<string, number>>;

/** The signals and context features of a region: versioned, and free of text. */
export interface Evidence {
  readonly version: number;
  readonly signals: SignalValues;
  /** What a model of risk reads, by name; one that cannot be had is absent. */
  readonly features: Readonly<Record<string, number>>;
  /** By group, as in `{ language: 'python', kind: 'function' }`. */
  readonly levels: Readonly<Record<string, string>>;
}

/** What a finding is about: see `findings/findingOfLeaf.ts`, and `opinions/whereSamplesPart.ts` for the second. */
export const FINDING_KINDS = ['expectedOther', 'samplesPart'] as const;

/** A review hint on a span: its kind, the numbers behind it and what else the model thought of. */
export interface Finding {
  readonly kind: (typeof FINDING_KINDS)[number];
  readonly start: number;
  readonly end: number;
  readonly numbers: Readonly<Record<string, number>>;
  readonly alternatives: readonly Alternative[];
}

/** A span that carries a share of its region's risk. `share` is in [0, 1] and never more than that of what holds it. */
export interface RiskySpan {
  readonly start: number;
  readonly end: number;
  readonly type: string;
  readonly category: Category | null;
  /** Types of the nodes that it lies in, from the root. */
  readonly path: readonly string[];
  readonly name?: string;
  readonly share: number;
  readonly signals: SignalValues;
  /** Texts that could stand in the span's place, most likely first; each differs from it in one leaf. */
  readonly alternatives: readonly Alternative[];
  readonly finding?: Finding;
}

/** What a comment in the code keeps quiet, for somebody has looked at it: `docs/decisions/suppressions.md`. */
export interface Silence {
  /** What the comment says, in one line: text of the file. */
  readonly reason: string;
  /** Where the comment is; outside of the region, as often as not. */
  readonly start: number;
  readonly end: number;
}

/** A span that would be named, were it not for a comment. */
export interface SilencedSpan extends RiskySpan {
  readonly silence: Silence;
}

/** One judging of one region: what an outcome will point back to. */
export type AssessmentId = string;

/** A region judged at a time. `judgement` is null, and the band `unknown`, while nothing is calibrated for its key. */
export interface Assessment {
  readonly id: AssessmentId;
  readonly region: Region;
  readonly source: Source;
  readonly target: Target | null;
  readonly judgement: Judgement | null;
  readonly band: Band;
  readonly evidence: Evidence;
  /** Most risky first. */
  readonly spans: readonly RiskySpan[];
  /** What else would be among the spans and is kept quiet, most risky first; absent or empty: nothing. */
  readonly silenced?: readonly SilencedSpan[];
  /** What keeps all of the region quiet; absent: nothing does. */
  readonly silence?: Silence;
  /** Why there is no evidence, where there is none. */
  readonly unscored?: string;
}

/** What became of an assessed region. */
export interface Outcome {
  readonly assessment: AssessmentId;
  /** Share of the region's leaves that are still there, in [0, 1]. */
  readonly retainedShare: number;
  readonly target: Target;
  /** Whether the target's good event happened. */
  readonly happened: boolean;
  /** What made it so, by name: an edit, a test, a person's verdict. */
  readonly cause?: string;
  /** Whether anything else was changed in the file meanwhile: code that nobody worked on had no occasion to change. */
  readonly workedOn: boolean;
  /** When it was known. */
  readonly atMs: number;
}

/** The syntax categories of the scoreboard (after ASTrust, arXiv 2407.08983, with our own map per language). */
export const CATEGORIES = [
  'decisions',
  'iteration',
  'exceptions',
  'functions',
  'calls',
  'operators',
  'literals',
  'identifiers',
  'types',
  'data structures',
  'scope',
  'imports',
] as const;

export type Category = (typeof CATEGORIES)[number];
