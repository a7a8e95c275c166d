/** Nothing is said before so long: the first files tell little about the others. */
const LEAST_MS = 3_000;

/** Speed is that of so long: what was recalled from an earlier audit went by faster than what comes now. */
const WINDOW_MS = 20_000;

/**
 * Guesses how long a piece of work takes from here, by how fast it went of late.
 * @returns tells the time that is left after each step, in words; empty where nobody can know
 */
export function createTimeLeft(
  nowMs: () => number = () => performance.now(),
): (activity: string, done: number, total: number) => string {
  let current: string | null = null;
  let marks: { readonly atMs: number; readonly done: number }[] = [];
  return (activity, done, total) => {
    const atMs = nowMs();
    if (activity !== current || done < (marks.at(-1)?.done ?? 0)) marks = [];
    current = activity;
    marks.push({ atMs, done });
    // One mark older than the window stays, to measure from.
    while ((marks[1]?.atMs ?? atMs) < atMs - WINDOW_MS) marks.shift();
    const [first] = marks;
    if (first === undefined || atMs - first.atMs < LEAST_MS || done <= first.done || done >= total) return '';
    return inWords(((total - done) * (atMs - first.atMs)) / (done - first.done));
  };
}

function inWords(leftMs: number): string {
  const seconds = Math.ceil(leftMs / 1000);
  if (seconds < 100) return `about ${seconds} s left`;
  const minutes = Math.round(seconds / 60);
  return minutes < 100 ? `about ${minutes} min left` : `about ${Math.round(minutes / 60)} h left`;
}
