/** How long the parent has patience with its child. All in milliseconds. */
export interface ChildLimits {
  /** A child that is at work and gives no sign of life for so long is ended. It gives one after each batch. */
  readonly silenceMs: number;
  readonly loadMs: number;
  /** A child that was asked nothing for so long is ended, and its memory given back. */
  readonly idleMs: number;
  /** The wait before a child is started after one that broke down. It doubles each time, up to a hundredfold. */
  readonly backOffMs: number;
}

export const DEFAULT_LIMITS: ChildLimits = {
  silenceMs: 60_000,
  loadMs: 300_000,
  idleMs: 300_000,
  backOffMs: 100,
};
