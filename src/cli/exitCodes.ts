/** What the exit code of `candor` says. */
export const EXIT = {
  done: 0,
  /** The gate that was asked for was not met. */
  gateNotMet: 1,
  wrongCall: 2,
  /** An engine failed, or Candor itself; or some files did, and the report says which. */
  failed: 3,
} as const;
