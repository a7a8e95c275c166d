import { visible } from '../visible.ts';

/** Markup that is safe to put into a page as it stands. Made by `html` and by whoever draws, never from a text. */
export class Markup {
  readonly markup: string;

  constructor(markup: string) {
    this.markup = markup;
  }
}

/** What may stand in a template: texts become inert, markup stays, and null is nothing. */
export type Content = Markup | string | number | null | readonly Content[];

/**
 * Markup from a template. Whatever is put into it is text unless it is Markup itself, so that nothing which stands in source code or
 * in a path can act in a page; attributes must be in double quotes.
 */
export function html(template: TemplateStringsArray, ...contents: readonly Content[]): Markup {
  return new Markup(template.reduce((done, piece, index) => done + markupOf(contents[index - 1] ?? null) + piece));
}

/** A text that says nothing to a page, and shows what it hides: bidirectional and other invisible characters are U+FFFD. */
export function inert(text: string): string {
  return visible(text).replaceAll(/[&<>"'`]/g, (character) => `&#${character.charCodeAt(0)};`);
}

function markupOf(content: Content): string {
  if (content === null) return '';
  if (content instanceof Markup) return content.markup;
  if (typeof content === 'string') return inert(content);
  return typeof content === 'number' ? String(content) : content.map(markupOf).join('');
}
