import { laterLeaves, type HashedText } from '../../capture/following/fateOfRegion.ts';
import { rangeOfLeaves, type LeafIndices, type RegionTrace } from '../../capture/following/regionTrace.ts';
import type { LineRange } from '../../history/lineRange.ts';
import { UNMATCHED } from '../../syntax/versions/matchLeaves.ts';

/** Fewer leaves in a row of lines are a word or two, which may be alike by chance. */
const FEWEST_LEAVES = 3;

/** A region that arrived in a text, and where its edits have left it; null: nobody followed them. */
export interface ArrivedRegion {
  readonly trace: RegionTrace;
  readonly hint: LeafIndices | null;
}

/**
 * The lines of a text, in order, that are a model's still: of whose leaves more than half are leaves of regions that arrived. Lines without
 * leaves, such as comments, are a model's where they lie between such lines.
 *
 *     arrived    now
 *     a(b);      a(b);           all four leaves live
 *     c(d);      c(x + y);       three of six leaves live: a person's line by now
 *     }          }               a row of one leaf
 */
export function writtenLines(now: HashedText, regions: readonly ArrivedRegion[]): readonly LineRange[] {
  const isWritten = new Uint8Array(now.hashes.length);
  for (const { trace, hint } of regions) {
    for (const leaf of laterLeaves(trace, now, hint) ?? []) if (leaf !== UNMATCHED) isWritten[leaf] = 1;
  }
  const runs: { firstLine: number; endLine: number; leafCount: number }[] = [];
  let isRunning = false;
  for (const { line, leafCount, writtenCount } of linesWithLeaves(now, isWritten)) {
    const run = runs.at(-1);
    const isModels = 2 * writtenCount > leafCount;
    if (isModels && isRunning && run !== undefined) {
      run.endLine = line + 1;
      run.leafCount += writtenCount;
    } else if (isModels) runs.push({ firstLine: line, endLine: line + 1, leafCount: writtenCount });
    isRunning = isModels;
  }
  return runs
    .filter(({ leafCount }) => leafCount >= FEWEST_LEAVES)
    .map(({ firstLine, endLine }) => ({ firstLine, endLine }));
}

interface LineTally {
  readonly line: number;
  leafCount: number;
  writtenCount: number;
}

/** How many leaves stand on each line, at least in part, and how many of those are marked; lines without leaves are left out. */
function linesWithLeaves({ leaves }: HashedText, isMarked: Uint8Array): readonly LineTally[] {
  const tallies: LineTally[] = [];
  const { text } = leaves;
  let line = 0;
  let lineEnd = text.indexOf('\n');
  // Leaves do not overlap, so that offsets only grow.
  const lineAt = (offset: number): number => {
    for (; lineEnd !== -1 && lineEnd < offset; lineEnd = text.indexOf('\n', lineEnd + 1)) line++;
    return line;
  };
  for (let leaf = 0; leaf < isMarked.length; leaf++) {
    const { start, end } = rangeOfLeaves(leaves, { first: leaf, end: leaf + 1 });
    const first = lineAt(start);
    const last = lineAt(Math.max(start, end - 1));
    for (let at = first; at <= last; at++) {
      const known = tallies.at(-1);
      const tally = known?.line === at ? known : { line: at, leafCount: 0, writtenCount: 0 };
      if (tally !== known) tallies.push(tally);
      tally.leafCount++;
      tally.writtenCount += isMarked[leaf] ?? 0;
    }
  }
  return tallies;
}
