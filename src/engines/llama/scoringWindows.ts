/**
 * Which tokens the model sees before the one that it is asked about, when a text is longer than its context.
 *
 * Window 0 holds the text's first tokens, as many as fit behind the start token. Each later window begins a stride, half
 * a window, after the one before it and says only what that one could not: where windows overlap, a token keeps the
 * score with the longer context. So every token has at least half a window before it, and its score depends on nothing
 * but what stands before it in the text: what was scored once holds for every text that begins the same way.
 *
 *     tokens     0       S       W   S+W
 *     window 0   |scored.........|
 *     window 1           |seen   |scored|
 */
export interface WindowShape {
  /** Most inputs of a window, the start token included. */
  readonly size: number;
  readonly hasStart: boolean;
}

export interface Window {
  /** Index of the text's token that comes first in the window. */
  readonly start: number;
  /** After the last token that the window scores. */
  readonly end: number;
}

/** Name of the policy, for a Source: another window makes another distribution. */
export function windowPolicy({ size, hasStart }: WindowShape): string {
  return `${hasStart ? 'start token, then ' : ''}windows of ${size} tokens, every ${strideOf(size)}`;
}

/** The window that scores the token at an index. */
export function windowOf(index: number, { size, hasStart }: WindowShape): Window {
  // The last token that a window scores is no input of it.
  const scored = hasStart ? size : size + 1;
  const stride = strideOf(size);
  const start = index < scored ? 0 : (Math.floor((index - scored) / stride) + 1) * stride;
  return { start, end: start + scored };
}

function strideOf(size: number): number {
  return Math.max(1, size >> 1);
}
