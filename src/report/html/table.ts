import { html, type Content, type Markup } from './markup.ts';

/** A column of a table; numbers stand at its end. */
export interface Column {
  readonly head: string;
  readonly isNumber?: boolean;
}

export interface Row {
  /** What a link may lead to. */
  readonly id?: string;
  /** The first names the row. */
  readonly cells: readonly Content[];
}

/** A table that says what it is, with heads for columns and rows. It can be scrolled by keyboard where it is too wide. */
export function table(caption: string, columns: readonly Column[], rows: readonly Row[]): Markup {
  const heads = columns.map(({ head, isNumber }) => html`<th scope="col" class="${kind(isNumber)}">${head}</th>`);
  const body = rows.map(({ id, cells }) => {
    const [name = null, ...others] = cells;
    const rest = others.map((cell, index) => html`<td class="${kind(columns[index + 1]?.isNumber)}">${cell}</td>`);
    const row = html`<th scope="row">${name}</th>
      ${rest}`;
    return id === undefined
      ? html`<tr>
          ${row}
        </tr>`
      : html`<tr id="${id}">
          ${row}
        </tr>`;
  });
  return html`<div class="wide" tabindex="0" role="region" aria-label="${caption}">
    <table>
      <caption>
        ${caption}
      </caption>
      <thead>
        <tr>
          ${heads}
        </tr>
      </thead>
      <tbody>
        ${body.map((row) => html`${row} `)}
      </tbody>
    </table>
  </div>`;
}

function kind(isNumber = false): string {
  return isNumber ? 'number' : 'text';
}
