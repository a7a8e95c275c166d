import type { SyntaxRow } from '../../report/syntaxMessages.ts';
import { element } from './element.ts';

/** Shares from which a row is tinted as a mark to be read first, and next. */
const FIRST = 0.25;
const NEXT = 0.1;

/**
 * A row of the tree: how much of the whole it holds, as a bar and as a number, then what it is. Only ends are tinted: what is around
 * them holds more, but is not where to look. A screen reader says its content in the order that it has here; the style puts the
 * share first.
 *
 * @param measure what is shared out
 */
export function treeRow(row: SyntaxRow, measure: string, hasChildren: boolean): HTMLElement {
  const { level, what, category, code, where, share, shareInWords } = row;
  const isFold = where === '';
  const weight = share >= FIRST ? 'first' : share >= NEXT ? 'next' : 'later';
  const made = element(
    'div',
    {
      role: 'treeitem',
      class: isFold ? 'row fold' : 'row',
      'aria-level': String(level),
      'data-weight': hasChildren || isFold ? 'none' : weight,
    },
    element('span', { class: 'bar' }, element('span', { class: 'filled' })),
    element('span', { class: 'indent' }),
    element('span', { class: 'twist' }),
    element('span', { class: 'what' }, what),
    ...spokenApart(category, { class: 'aside category' }),
    ...spokenApart(where, { class: 'aside' }),
    ...spokenApart(shareInWords, { class: 'share' }),
    element('span', { class: 'spoken' }, ` of the ${measure}`),
    ...(code === '' ? [] : [pause(), element('code', {}, code)]),
  );
  // By the object model: the page's policy lets no style stand in an attribute.
  made.style.setProperty('--share', String(share));
  made.style.setProperty('--level', String(level - 1));
  return made;
}

function spokenApart(words: string, attributes: Readonly<Record<string, string>>): readonly Node[] {
  return words === '' ? [] : [pause(), element('span', attributes, words)];
}

/** Only a screen reader comes upon it. */
function pause(): Node {
  return element('span', { class: 'spoken' }, ', ');
}
