import { bestChain } from './chainRuns.ts';
import type { Run } from './equalRuns.ts';
import { fillChain } from './fillChain.ts';
import { visibleIn, type Lexemes } from './lexemes.ts';

/** A stretch of a text and what of a recorded generation may explain it. */
export interface Candidate<Recorded> {
  readonly recorded: Recorded;
  /** Rising in both texts. */
  readonly runs: readonly Run[];
  /** The lexemes of the text that it claims: `[first, end)`. */
  readonly first: number;
  readonly end: number;
  /** Visible characters in runs. */
  readonly explained: number;
}

/** Fewer visible characters are said to be nobody's. */
const FEWEST_CHARACTERS = 12;

/** One generation explains at most so many stretches of one text. */
const MOST_CHAINS = 8;

/** The stretches of a text that one generation may explain, from runs that both share. */
export function candidatesOf<Recorded extends { readonly lexemes: Lexemes }>(
  text: Lexemes,
  recorded: Recorded,
  runs: readonly Run[],
): readonly Candidate<Recorded>[] {
  const candidates: Candidate<Recorded>[] = [];
  let rest = runs.toSorted((a, b) => a.at - b.at || a.from - b.from);
  while (rest.length > 0 && candidates.length < MOST_CHAINS) {
    const chain = bestChain(text, rest);
    if (chain === null || chain.score < FEWEST_CHARACTERS) break;
    const candidate = candidateOf(text, recorded, fillChain(text, recorded.lexemes, chain.runs));
    if (candidate === null) break;
    candidates.push(candidate);
    rest = rest.filter(({ at, length }) => at >= candidate.end || at + length <= candidate.first);
  }
  return candidates;
}

/** What is left of a candidate on either side of lexemes that another one has claimed. */
export function cutCandidate<Recorded>(
  text: Lexemes,
  candidate: Candidate<Recorded>,
  claimed: Pick<Candidate<Recorded>, 'first' | 'end'>,
): readonly Candidate<Recorded>[] {
  if (candidate.end <= claimed.first || claimed.end <= candidate.first) return [candidate];
  const left = candidate.runs.map((run) => clip(run, 0, claimed.first));
  const right = candidate.runs.map((run) => clip(run, claimed.end, text.count));
  return [left, right]
    .map((runs) =>
      candidateOf(
        text,
        candidate.recorded,
        runs.filter(({ length }) => length > 0),
      ),
    )
    .filter((part) => part !== null);
}

/** Visible characters of a candidate's runs within lexemes `[first, end)`. */
export function explainedWithin(
  text: Lexemes,
  { runs }: Pick<Candidate<unknown>, 'runs'>,
  first: number,
  end: number,
): number {
  return runs.reduce((sum, run) => {
    const { at, length } = clip(run, first, end);
    return sum + visibleIn(text, at, at + length);
  }, 0);
}

/** Whether all of what was generated is there. */
export function isWhole({ recorded, runs }: Candidate<{ readonly lexemes: Lexemes }>): boolean {
  return runs.reduce((sum, { length }) => sum + length, 0) === recorded.lexemes.count;
}

function candidateOf<Recorded>(text: Lexemes, recorded: Recorded, runs: readonly Run[]): Candidate<Recorded> | null {
  const [head] = runs;
  const tail = runs.at(-1);
  if (head === undefined || tail === undefined) return null;
  const [first, end] = [head.at, tail.at + tail.length];
  const explained = explainedWithin(text, { runs }, first, end);
  return explained < FEWEST_CHARACTERS ? null : { recorded, runs, first, end, explained };
}

function clip({ at, from, length }: Run, first: number, end: number): Run {
  const start = Math.max(at, first);
  return { at: start, from: from + start - at, length: Math.max(0, Math.min(at + length, end) - start) };
}
