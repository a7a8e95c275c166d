/** A run of lines of a text, and how much it has in common with another text. */
export interface LikeWindow {
  /** Index of the first line. */
  readonly line: number;
  readonly text: string;
  /** Jaccard index of the two sets of identifiers, in [0, 1]. */
  readonly likeness: number;
}

/** Shorter ones, as `i` and `of`, are in every text. */
const IDENTIFIER = /[\p{L}_$][\p{L}\p{N}_$]{2,}/gu;

const WINDOW_LINES = 24;

/** The identifiers of a text, and its longer keywords, which all texts of a language share. */
export function identifiersOf(text: string): ReadonlySet<string> {
  return new Set(text.match(IDENTIFIER));
}

/** |a ∩ b| / |a ∪ b|, in [0, 1]; 0 for two empty sets. */
export function jaccard(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  let shared = 0;
  for (const identifier of a) if (b.has(identifier)) shared++;
  return shared === 0 ? 0 : shared / (a.size + b.size - shared);
}

/**
 * The window of a text that shares most identifiers with `wanted`, without blank lines at its ends; of windows that are equally alike the
 * first one. Null where none shares any. Windows overlap by half. Takes time in proportion to the text.
 */
export function likeWindow(text: string, wanted: ReadonlySet<string>): LikeWindow | null {
  const lines = text.split(/\r\n?|\n/);
  const sets = lines.map(identifiersOf);
  let best: LikeWindow | null = null;
  for (let line = 0; line === 0 || line + WINDOW_LINES / 2 < lines.length; line += WINDOW_LINES / 2) {
    const found = new Set(sets.slice(line, line + WINDOW_LINES).flatMap((set) => [...set]));
    const likeness = jaccard(found, wanted);
    if (likeness <= (best?.likeness ?? 0)) continue;
    best = { line, text: lines.slice(line, line + WINDOW_LINES).join('\n'), likeness };
  }
  return best && { ...best, text: best.text.replace(/^(?:[^\S\n]*\n)+|\s+$/g, '') };
}
