import type { Run } from './equalRuns.ts';
import { visibleIn, type Lexemes } from './lexemes.ts';

/** Runs that rise in both texts, and what they explain. */
export interface Chain {
  readonly runs: readonly Run[];
  /** Visible characters in the runs, less what the places between them cost. */
  readonly score: number;
}

/** What a visible character costs that stands in the text between two runs of a chain. */
const COST_OF_ALIEN = 0.5;

/** What it costs to leave a run for another: less than any fingerprint is worth. */
const COST_OF_JOINT = 2;

/** What a lexeme costs that was left out, and the most that all of one place cost: near is likelier than far. */
const COST_OF_LEFT_OUT = 0.02;
const MOST_COST_OF_LEFT_OUT = 4;

/** So many visible characters between two runs are two arrivals. */
const MOST_ALIEN = 400;

interface Link {
  readonly run: Run;
  readonly score: number;
  readonly before: Link | null;
}

/**
 * The best chain of runs: local alignment (T. Smith and M. Waterman, 1981) over runs in place of letters. Where two runs
 * overlap in either text the later one is cut.
 *
 * @param runs rising in `at`
 * @returns null for no runs
 */
export function bestChain(text: Lexemes, runs: readonly Run[]): Chain | null {
  const links: Link[] = [];
  let best: Link | null = null;
  for (const run of runs) {
    let link: Link = { run, score: visibleIn(text, run.at, run.at + run.length), before: null };
    for (const before of links) {
      const joined = join(text, before, run);
      if (joined !== null && joined.score > link.score) link = joined;
    }
    links.push(link);
    if (best === null || link.score > best.score) best = link;
  }
  if (best === null) return null;
  const chained: Run[] = [];
  for (let link: Link | null = best; link !== null; link = link.before) chained.push(link.run);
  return { runs: chained.reverse(), score: best.score };
}

function join(text: Lexemes, before: Link, run: Run): Link | null {
  const atEnd = before.run.at + before.run.length;
  const fromEnd = before.run.from + before.run.length;
  const cut = Math.max(0, atEnd - run.at, fromEnd - run.from);
  if (cut >= run.length) return null;
  const at = run.at + cut;
  const from = run.from + cut;
  const alien = visibleIn(text, atEnd, at);
  if (alien > MOST_ALIEN) return null;
  const leftOut = Math.min(MOST_COST_OF_LEFT_OUT, COST_OF_LEFT_OUT * (from - fromEnd));
  const gain = visibleIn(text, at, run.at + run.length) - COST_OF_ALIEN * alien - COST_OF_JOINT - leftOut;
  return { run: { at, from, length: run.length - cut }, score: before.score + gain, before };
}
