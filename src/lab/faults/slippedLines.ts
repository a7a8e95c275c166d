import { lineIndexOf, positionAt } from '../../core/lineIndex.ts';
import { endOf, leafAt, startOf, textOf, typeOf, type SourceTree } from './sourceTree.ts';

/** A text before and after [start, end) of it was replaced by `replacement`. */
export interface Replaced {
  readonly before: SourceTree;
  readonly after: SourceTree;
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

/**
 * The lines, from 0, of the text after the slip on which its leaves stand; where it left something out, the line of the
 * leaf that follows: what now happens though it should not.
 *
 * @returns null where it is no slip: the replaced leaves are the same, or others than those read differently now
 */
export function slippedLines(slip: Replaced): readonly number[] | null {
  const { before, after, start, end, replacement } = slip;
  const replacedEnd = start + replacement.length;
  const [old, fresh] = [leavesFrom(before, start, end), leavesFrom(after, start, replacedEnd)];
  const shift = replacedEnd - end;
  const oldCount = before.spans.leaves.length;
  const isConfined =
    old.first === fresh.first &&
    oldCount - old.end === after.spans.leaves.length - fresh.end &&
    isSame(slip, 0, old.first, 0, 0) &&
    isSame(slip, old.end, oldCount, fresh.end - old.end, shift);
  if (!isConfined || textsOf(before, old) === textsOf(after, fresh)) return null;
  const lines = lineIndexOf(after.text);
  const numbers = new Set<number>();
  for (let leaf = fresh.first; leaf < Math.max(fresh.end, fresh.first + 1); leaf++) {
    const span = after.spans.leaves[leaf];
    if (span === undefined) return null;
    numbers.add(positionAt(lines, startOf(after, span)).line);
  }
  return [...numbers];
}

/** The leaves first .. end-1 that lie in [start, end) of a text, in part or as a whole. */
function leavesFrom(tree: SourceTree, start: number, end: number): { readonly first: number; readonly end: number } {
  const { leaves } = tree.spans;
  let first = leafAt(tree.spans, start);
  if (first > 0 && endOf(tree, leaves[first - 1] ?? 0) > start) first--;
  return { first, end: Math.max(first, leafAt(tree.spans, end)) };
}

/** Whether the leaves from .. to-1 before the slip stand, and are what they were, after it. */
function isSame({ before, after }: Replaced, from: number, to: number, leafShift: number, shift: number): boolean {
  for (let leaf = from; leaf < to; leaf++) {
    const old = before.spans.leaves[leaf] ?? 0;
    const fresh = after.spans.leaves[leaf + leafShift] ?? 0;
    if (startOf(before, old) + shift !== startOf(after, fresh)) return false;
    if (endOf(before, old) + shift !== endOf(after, fresh)) return false;
    if (typeOf(before, old) !== typeOf(after, fresh)) return false;
  }
  return true;
}

function textsOf(tree: SourceTree, { first, end }: { readonly first: number; readonly end: number }): string {
  return Array.from(tree.spans.leaves.subarray(first, end), (span) => textOf(tree, span)).join('\n');
}
