/** The script of the syntax view: shows what the editor sends, and tells it what a person does. */
import {
  readKeptState,
  readMessageToPage,
  type KeptState,
  type SyntaxPage,
  type SyntaxRow,
} from '../../report/syntaxMessages.ts';
import { element } from './element.ts';
import { keep, kept, tellEditor } from './host.ts';
import { syntaxTree, type SyntaxTree } from './syntaxTree.ts';
import { tokenTable } from './tokenTable.ts';

// What is there from the beginning is filled in, not made anew: a screen reader tells only of changes in what it knows.
const heading = element('h1', {});
const place = element('p', {});
const note = element('p', {});
const state = element('p', { role: 'status', class: 'state' });
const holder = element('div', { class: 'holder' });
const tokens = element('section', { class: 'tokens', 'aria-label': 'Tokens', tabindex: '0' });
const main = document.querySelector('main') ?? document.body;
main.append(element('header', {}, heading, place, note), state, holder, tokens);

/** What the tree of the last page was left as, here or before a reload. */
let last: KeptState | null = readKeptState(kept());
let tree: SyntaxTree | null = null;

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  const message = readMessageToPage(data);
  if (message?.kind === 'select') tree?.select(message.row);
  else if (message?.kind === 'show') show(message.page, message.selected, message.isFocused);
});
tokens.addEventListener('keydown', ({ key }) => {
  if (key === 'Escape') tellEditor({ kind: 'leave' });
});
tellEditor({ kind: 'ready' });

function show(page: SyntaxPage, selected: number | null, isFocused: boolean): void {
  const hadFocus = holder.contains(document.activeElement);
  const isRegion = page.kind === 'region';
  heading.textContent = isRegion ? page.title : 'Syntax';
  place.textContent = isRegion ? page.place : '';
  note.textContent = isRegion ? page.note : '';
  state.textContent = isRegion ? page.stale : page.why;
  tokens.hidden = !isRegion;
  main.classList.toggle('stale', isRegion && page.stale !== '');
  tree = isRegion ? grow(page, selected) : null;
  holder.replaceChildren(...(tree === null ? [] : [tree.root]));
  if (isFocused || hadFocus) tree?.focus();
}

function grow(page: SyntaxPage & { readonly kind: 'region' }, wanted: number | null): SyntaxTree {
  const { id, document: shown, title, rows } = page;
  const before = last?.id === id ? last : null;
  const closed = new Set(before?.closed);
  const selected = Math.min(wanted ?? before?.selected ?? 0, rows.length - 1);
  return syntaxTree(
    `Syntax of ${title}`,
    page,
    { closed, selected },
    {
      onChoose: (row) => {
        tellEditor({ kind: 'select', id, row });
      },
      onOpen: (row) => {
        tellEditor({ kind: 'open', id, row });
      },
      onLeave: () => {
        tellEditor({ kind: 'leave' });
      },
      onChange: (now) => {
        last = { id, document: shown, selected: now.selected, closed: [...now.closed] };
        keep(last);
        showTokens(rows[now.selected]);
      },
    },
  );
}

function showTokens(row: SyntaxRow | undefined): void {
  const hint = element('p', {}, 'A part without parts of its own shows its tokens here.');
  tokens.replaceChildren(row === undefined || row.tokens.length === 0 ? hint : tokenTable(row));
}
