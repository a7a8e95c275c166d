/** Longer runs of lines are not compared. */
const MOST_REPEATED_LINES = 8;

/** Where a text begins to say again what is there already. */
export interface Repetition {
  /** Offset in what was written; its length where nothing is said again. */
  readonly start: number;
  /** Whether it repeats its own lines, or those right before it: a model in a loop, which is mostly wrong before that too. */
  readonly isLoop: boolean;
}

/**
 * Finds where a text begins to repeat the lines right before, or those that come after it anyway.
 *
 *     total += a        before the caret
 *     total += b        written: kept
 *     total += b        written: from here on it is the same again
 *
 * Lines without a letter, as brackets, may come again. Only whole lines of `written` are compared, up to the last line feed, unless
 * `isComplete`.
 */
export function findRepetition(prefix: string, written: string, suffix: string, isComplete: boolean): Repetition {
  const lineStart = prefix.lastIndexOf('\n') + 1;
  const before = prefix
    .slice(0, lineStart)
    .split('\n')
    .slice(-MOST_REPEATED_LINES - 1, -1);
  const own = (prefix.slice(lineStart) + written).split('\n');
  if (!isComplete) own.pop();
  const lines = [...before, ...own].map((line) => line.trimEnd());
  const next = nextLine(suffix);
  let at = lineStart - prefix.length;
  for (let line = before.length; line < lines.length; line++) {
    // A bracket that is closed on the caret's line is not the one that the next line closes.
    const isOfSuffix = next !== null && lines[line] === next && (line > before.length || hasLetter(next));
    if (isOfSuffix || repeatsBefore(lines, line)) return { start: Math.max(0, at), isLoop: !isOfSuffix };
    at += (own[line - before.length]?.length ?? 0) + 1;
  }
  return { start: written.length, isLoop: false };
}

/** Whether a run of lines begins at `line` that is the same as the run right before it. */
function repeatsBefore(lines: readonly string[], line: number): boolean {
  for (let count = 1; count <= MOST_REPEATED_LINES && count <= line && line + count <= lines.length; count++) {
    const run = lines.slice(line, line + count);
    const isSame = run.every((one, at) => one === lines[line - count + at]);
    if (isSame && run.some(hasLetter)) return true;
  }
  return false;
}

function hasLetter(line: string): boolean {
  return /\p{L}/u.test(line);
}

/** The first line that is not blank after the caret's own. */
function nextLine(suffix: string): string | null {
  return /\n([^\S\n]*\S[^\n]*)/.exec(suffix)?.[1]?.trimEnd() ?? null;
}

/**
 * How many units at the end of `written` stand at the beginning of `suffix` too: in whole words, and in whole lines where blank lines or an
 * indentation come between. White space at the end of either is left aside.
 */
export function overlapUnits(written: string, suffix: string): number {
  const own = written.trimEnd();
  const after = suffix.trimEnd();
  const lines = after.trimStart();
  const found =
    longestOverlap(own, after, (start, end) => !splitsWord(own, start) && !splitsWord(after, end)) ||
    longestOverlap(
      own,
      lines,
      (start, end) => /(?:^|\n)\s*$/.test(own.slice(0, start)) && /^\s*?(?:\n|$)/.test(lines.slice(end)),
    );
  return found === 0 ? 0 : found + written.length - own.length;
}

/** Units of the longest end of `text` that `after` begins with, where `isAllowed` allows its start in the one and its end in the other. */
function longestOverlap(text: string, after: string, isAllowed: (start: number, end: number) => boolean): number {
  for (let units = Math.min(text.length, after.length); units > 0; units--) {
    if (text.endsWith(after.slice(0, units)) && isAllowed(text.length - units, units)) return units;
  }
  return 0;
}

function splitsWord(text: string, at: number): boolean {
  return /^\w\w$/.test(text.slice(Math.max(0, at - 1), at + 1));
}
