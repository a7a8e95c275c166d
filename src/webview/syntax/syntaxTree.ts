import type { SyntaxRow } from '../../report/syntaxMessages.ts';
import { element } from './element.ts';
import { afterKey, hasChildren, rowsInSight, rowThatBegins, withSelected, type TreeState } from './treeMoves.ts';
import { treeRow } from './treeRow.ts';

/** After so long without a letter another one begins anew. */
const TYPING_MS = 700;

/** What a tree tells of. */
export interface TreeEvents {
  /** A person chose a row. */
  onChoose(row: number): void;
  /** A person wants to go to the code of the chosen row. */
  onOpen(row: number): void;
  /** A person wants to go back to the code. */
  onLeave(): void;
  /** At first, and when another row is chosen or others are open, for whatever reason. */
  onChange(state: TreeState): void;
}

export interface SyntaxTree {
  readonly root: HTMLElement;
  /** Chooses a row without being asked by a person, and opens the tree to it. */
  select(row: number): void;
  focus(): void;
}

/** A tree of rows that is walked by mouse and keyboard, as ARIA's pattern of a tree view has it. */
export function syntaxTree(
  label: string,
  { rows, measure }: { readonly rows: readonly SyntaxRow[]; readonly measure: string },
  start: TreeState,
  events: TreeEvents,
): SyntaxTree {
  const levels = rows.map(({ level }) => level);
  const words = rows.map(({ what }) => what);
  const elements = rows.map((row, index) => treeRow(row, measure, hasChildren(levels, index)));
  const root = element('div', { role: 'tree', class: 'tree', 'aria-label': label }, ...elements);
  let state = withSelected(levels, start, start.selected);
  let typed = '';
  let typing: number | undefined;

  function set(next: TreeState): void {
    state = next;
    paint();
    events.onChange(state);
  }

  function paint(): void {
    const seen = new Set(rowsInSight(levels, state.closed));
    for (const [row, made] of elements.entries()) {
      const isSelected = row === state.selected;
      made.hidden = !seen.has(row);
      made.tabIndex = isSelected ? 0 : -1;
      made.setAttribute('aria-selected', String(isSelected));
      if (hasChildren(levels, row)) made.setAttribute('aria-expanded', String(!state.closed.has(row)));
    }
  }

  function choose(next: TreeState): void {
    const isOther = next.selected !== state.selected;
    set(next);
    elements[next.selected]?.focus();
    if (isOther) events.onChoose(next.selected);
  }

  function isTyped(key: string): boolean {
    if (key.length !== 1 || key === ' ') return false;
    window.clearTimeout(typing);
    typing = window.setTimeout(() => {
      typed = '';
    }, TYPING_MS);
    typed += key;
    const row = rowThatBegins(words, rowsInSight(levels, state.closed), state.selected, typed);
    if (row !== null) choose({ ...state, selected: row });
    return true;
  }

  function isTaken(key: string): boolean {
    if (key === 'Enter') events.onOpen(state.selected);
    else if (key === 'Escape') events.onLeave();
    else {
      const next = afterKey(levels, state, key);
      if (next === null) return isTyped(key);
      choose(next);
    }
    return true;
  }

  root.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (isTaken(event.key)) event.preventDefault();
  });
  for (const [row, made] of elements.entries()) {
    made.addEventListener('click', ({ target }) => {
      const isTwist = target instanceof Element && target.classList.contains('twist');
      if (!isTwist || !hasChildren(levels, row)) {
        choose({ ...state, selected: row });
        return;
      }
      const key = state.closed.has(row) ? 'ArrowRight' : 'ArrowLeft';
      choose(afterKey(levels, { ...state, selected: row }, key) ?? state);
    });
    made.addEventListener('dblclick', () => {
      events.onOpen(row);
    });
  }
  set(state);
  return {
    root,
    select(row) {
      if (row >= rows.length || row === state.selected) return;
      const hadFocus = root.contains(document.activeElement);
      set(withSelected(levels, state, row));
      elements[row]?.scrollIntoView({ block: 'nearest' });
      if (hadFocus) elements[row]?.focus();
    },
    focus() {
      elements[state.selected]?.focus();
    },
  };
}
