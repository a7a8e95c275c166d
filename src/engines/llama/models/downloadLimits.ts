/** How long a download has patience. All in milliseconds, but `attempts`. */
export interface DownloadLimits {
  /** A server that sends nothing for so long is asked again. */
  readonly stallMs: number;
  /** How often a server is asked in a row without a new byte coming. */
  readonly attempts: number;
  /** The wait before it is asked again, give or take a half. It doubles each time, up to a minute. */
  readonly backOffMs: number;
  /** How often a process that downloads a file shows that it lives. */
  readonly beatMs: number;
  /** A process that did not show it for so long is taken for dead. */
  readonly staleMs: number;
  /** How often one looks whether another process is done. */
  readonly pollMs: number;
}

export const DEFAULT_DOWNLOAD_LIMITS: DownloadLimits = {
  stallMs: 30_000,
  attempts: 5,
  backOffMs: 500,
  beatMs: 5_000,
  staleMs: 30_000,
  pollMs: 300,
};
