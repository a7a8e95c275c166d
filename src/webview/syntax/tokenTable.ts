import type { SyntaxRow, TokenLine } from '../../report/syntaxMessages.ts';
import { element } from './element.ts';

/** The tokens of an end of the tree, each with what the engine held likely in its place. What is known of no token has no column. */
export function tokenTable({ tokens, moreTokens, code }: SyntaxRow): HTMLElement {
  const columns = COLUMNS.filter(({ of }) => tokens.some((token) => of(token) !== ''));
  const hasAlternatives = tokens.some(({ alternatives }) => alternatives.length > 0);
  const heads = [
    element('th', { scope: 'col' }, 'Token'),
    ...columns.map(({ name }) => element('th', { scope: 'col', ...NUMBER }, name)),
    ...(hasAlternatives ? [element('th', { scope: 'col' }, 'Also likely there')] : []),
  ];
  const body = tokens.map((token) =>
    element(
      'tr',
      {},
      element('th', { scope: 'row' }, element('code', {}, token.text)),
      ...columns.map(({ of }) => element('td', NUMBER, of(token))),
      ...(hasAlternatives ? [element('td', {}, ...alternativesOf(token))] : []),
    ),
  );
  const head = element('tr', {}, ...heads);
  const more = moreTokens === 0 ? [] : [element('p', {}, `${moreTokens} likelier ones are left out.`)];
  return element(
    'div',
    {},
    element('h2', { id: 'tokens' }, 'Tokens of ', element('code', {}, code)),
    element('table', { 'aria-labelledby': 'tokens' }, element('thead', {}, head), element('tbody', {}, ...body)),
    ...more,
  );
}

const NUMBER = { class: 'number' };

interface Column {
  readonly name: string;
  readonly of: (token: TokenLine) => string;
}

const COLUMNS: readonly Column[] = [
  { name: 'Chance', of: ({ chance }) => chance },
  { name: 'Rank', of: ({ rank }) => rank },
  { name: 'Entropy', of: ({ entropy }) => entropy },
];

function alternativesOf({ alternatives }: TokenLine): readonly Node[] {
  return alternatives.map(({ text, chance }) =>
    element('span', { class: 'alternative' }, element('code', {}, text), ` ${chance}`),
  );
}
