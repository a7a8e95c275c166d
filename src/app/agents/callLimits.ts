/** What one call may cost, and how large its answer may be. An agent asks in a loop; nobody watches each call. */
export const CALL_LIMITS = {
  /** Files that one call judges. */
  files: 2_000,
  /** Bytes of these files, without those that are too large to be judged at all. */
  bytes: 20_000_000,
  /** What a call may take, its wait for others included. Most clients wait for a minute. */
  timeMs: 50_000,
  /** Calls that wait while another is answered. */
  waiting: 4,
  /** Paths that one call names. */
  paths: 100,
  /** Regions that one answer holds. */
  regions: 50,
  /** Files that were skipped and are listed with their reason; the others are only counted. */
  skippedFiles: 20,
  /** Tokens that one answer holds. */
  tokens: 1_000,
  /** Characters of an answer's JSON; with more the least risky regions are left out. */
  answerCharacters: 200_000,
} as const;
