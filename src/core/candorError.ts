/**
 * The one base of all errors that Candor raises on purpose. Code tells errors apart by `reason`, never by their text;
 * `message` is one sentence for the user, with what to do next.
 *
 * Expected absence (no grammar, no log-probabilities, nothing calibrated) is a value, not an error; so is cancellation.
 */
export class CandorError extends Error {
  override readonly name = 'CandorError';
  readonly reason: ErrorReason;

  constructor(reason: ErrorReason, message: string, options?: ErrorOptions) {
    super(message, options);
    this.reason = reason;
  }

  /** Whether `error` is one of ours and, if a reason is given, has that reason. */
  static is(error: unknown, reason?: ErrorReason): error is CandorError {
    return error instanceof CandorError && (reason === undefined || error.reason === reason);
  }
}

/** Why something failed. Add a reason only when some caller treats it differently. */
export type ErrorReason =
  | 'bad-input'
  | 'bad-call'
  | 'not-found'
  | 'unreadable'
  | 'corrupt'
  | 'unsupported'
  | 'parser-failed'
  | 'engine-failed'
  | 'out-of-time';
