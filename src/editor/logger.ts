/** Where Candor says what it does. Never source text, prompts or keys. */
export interface Logger {
  debug(message: string): void;
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
  /** Brings the log in front, for a person who asked for it. */
  show(): void;
}
