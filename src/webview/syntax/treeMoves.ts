/** A tree as it is walked: which row is chosen, and which are closed. Rows are known by their place, from the root down. */
export interface TreeState {
  readonly selected: number;
  readonly closed: ReadonlySet<number>;
}

/** The rows of a tree in sight: those in no closed one. */
export function rowsInSight(levels: readonly number[], closed: ReadonlySet<number>): readonly number[] {
  const seen: number[] = [];
  let hiddenBelow = Infinity;
  for (const [row, level] of levels.entries()) {
    if (level > hiddenBelow) continue;
    seen.push(row);
    hiddenBelow = closed.has(row) ? level : Infinity;
  }
  return seen;
}

/** Whether a row holds others. */
export function hasChildren(levels: readonly number[], row: number): boolean {
  return (levels[row + 1] ?? 0) > (levels[row] ?? 0);
}

/** The row that holds a row; null for the root. */
export function parentOf(levels: readonly number[], row: number): number | null {
  const level = levels[row] ?? 0;
  const parent = levels.findLastIndex((other, index) => index < row && other < level);
  return parent < 0 ? null : parent;
}

/**
 * The tree after a key, as the ARIA pattern of a tree view has it: arrows walk, open and close, `*` opens all rows beside the chosen
 * one, Home and End go to the first and last in sight. Null: the key is none of the tree's.
 *
 * @param levels how deep each row lies, from 1
 */
export function afterKey(levels: readonly number[], state: TreeState, key: string): TreeState | null {
  const { selected, closed } = state;
  const seen = rowsInSight(levels, closed);
  const to = (row: number | undefined): TreeState => ({ closed, selected: row ?? selected });
  const isClosed = closed.has(selected);
  switch (key) {
    case 'ArrowDown':
      return to(seen.find((row) => row > selected));
    case 'ArrowUp':
      return to(seen.findLast((row) => row < selected));
    case 'Home':
      return to(seen[0]);
    case 'End':
      return to(seen.at(-1));
    case 'ArrowRight':
      if (!hasChildren(levels, selected)) return state;
      return isClosed ? opened(state, [selected]) : to(selected + 1);
    case 'ArrowLeft':
      if (hasChildren(levels, selected) && !isClosed) return { selected, closed: new Set([...closed, selected]) };
      return to(parentOf(levels, selected) ?? undefined);
    case '*': {
      const parent = parentOf(levels, selected);
      return opened(
        state,
        Array.from(levels.keys()).filter((row) => parentOf(levels, row) === parent),
      );
    }
    default:
      return null;
  }
}

/** The tree with a row chosen, and open all the way to it. */
export function withSelected(levels: readonly number[], state: TreeState, row: number): TreeState {
  const around: number[] = [];
  for (let parent = parentOf(levels, row); parent !== null; parent = parentOf(levels, parent)) around.push(parent);
  return { ...opened(state, around), selected: row };
}

/** The next row in sight, from the chosen one on and around, whose words begin so; null: there is none. */
export function rowThatBegins(
  words: readonly string[],
  seen: readonly number[],
  selected: number,
  typed: string,
): number | null {
  const begin = typed.toLowerCase();
  const at = seen.indexOf(selected);
  // More letters narrow the choice, so the chosen row may stay; one letter goes on to the next.
  const from = begin.length > 1 ? at : at + 1;
  const inTurn = [...seen.slice(from), ...seen.slice(0, from)];
  return inTurn.find((row) => words[row]?.toLowerCase().startsWith(begin) === true) ?? null;
}

function opened({ selected, closed }: TreeState, rows: readonly number[]): TreeState {
  return { selected, closed: new Set([...closed].filter((row) => !rows.includes(row))) };
}
