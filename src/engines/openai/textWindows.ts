/** A stretch of a text to be scored, from `start` to `end`, with what is shown before it from `contextStart`. */
export interface TextWindow {
  readonly contextStart: number;
  readonly start: number;
  readonly end: number;
}

/**
 * Most UTF-16 units of a window, its context included: some 1,500 tokens of code. Servers keep the whole vocabulary for
 * each token of a prompt that they score, and a long one exhausts their memory (vllm-project/vllm#5907).
 */
export const WINDOW_UNITS = 4500;

/** Of these, at most so many are context. */
export const CONTEXT_UNITS = 1500;

/** Cuts a text into windows at the starts of lines; a line that is too long is cut inside, never inside a character. */
export function textWindows(text: string, most = WINDOW_UNITS, context = CONTEXT_UNITS): readonly TextWindow[] {
  const windows: TextWindow[] = [];
  for (let start = 0; start < text.length; start = windows.at(-1)?.end ?? text.length) {
    const contextStart = start === 0 ? 0 : lineStartFrom(text, Math.max(0, start - context), start);
    windows.push({ contextStart, start, end: cutBefore(text, start, contextStart + most) });
  }
  return windows;
}

/** The first start of a line in a stretch; its end where there is none. */
function lineStartFrom(text: string, from: number, end: number): number {
  if (from === 0) return 0;
  const feed = text.indexOf('\n', from - 1);
  return feed < 0 || feed >= end ? end : feed + 1;
}

/** The last place after `start`, and not beyond `limit`, at which the text may be cut. */
function cutBefore(text: string, start: number, limit: number): number {
  if (limit >= text.length) return text.length;
  const feed = text.lastIndexOf('\n', limit - 1);
  if (feed >= start) return feed + 1;
  const splits = (text.codePointAt(limit - 1) ?? 0) > 0xffff && limit - 1 > start;
  return splits ? limit - 1 : limit;
}
