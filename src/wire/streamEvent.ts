/**
 * What a stream of a server's answer consists of. `skipped` stands for an event, or line, that was longer than allowed.
 */
export type StreamEvent =
  | { readonly kind: 'data'; readonly data: string; readonly name: string | null }
  | { readonly kind: 'done' }
  | { readonly kind: 'skipped'; readonly reason: 'too-long' };

export const TOO_LONG: StreamEvent = { kind: 'skipped', reason: 'too-long' };

/**
 * The most UTF-16 units of one event. A chunk with 20 alternatives takes some 2,000; an answer of 100,000 tokens that is
 * repeated whole at the end of its stream, 16 million.
 */
export const MOST_EVENT_UNITS = 64 * 1024 * 1024;
