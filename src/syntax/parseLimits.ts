/** How much a single text may cost. */
export interface ParseLimits {
  /** In UTF-16 units. */
  readonly maxLength: number;
  /** For parsing and walking together. */
  readonly maxMs: number;
}

/** Room for a hundred thousand lines. What is longer nobody wrote by hand, and a thread keeps the memory it once took. */
export const DEFAULT_PARSE_LIMITS: ParseLimits = { maxLength: 4_000_000, maxMs: 10_000 };
