/** How much the recorder holds in memory, in bytes. What is larger passes all the same, unless its line says otherwise. */
export interface RecorderLimits {
  /** A larger request goes to the upstream as it is, and its reply is not recorded. */
  readonly mostRequestBytes: number;
  /**
   * Of a longer stream the beginning is recorded. A longer reply that comes at once is not recorded, and its client gets what the
   * recorder asked for as well: to take that out takes all of the reply.
   */
  readonly mostReplyBytes: number;
  /** A longer event of a stream passes as it is, and is not recorded. */
  readonly mostEventBytes: number;
  /** A compressed reply that becomes larger is refused, or cut off where the client has some of it. */
  readonly mostDecodedBytes: number;
}

const MEBIBYTE = 1024 * 1024;

export const RECORDER_LIMITS: RecorderLimits = {
  mostRequestBytes: 32 * MEBIBYTE,
  mostReplyBytes: 16 * MEBIBYTE,
  mostEventBytes: 4 * MEBIBYTE,
  mostDecodedBytes: 64 * MEBIBYTE,
};
