import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { html, inert, Markup } from '../../../../src/report/html/markup.ts';

describe('html', () => {
  it('takes what is put in for text, unless it is markup', () => {
    expect(html`<p title="${'"><b>'}">${'<script>'} ${new Markup('<i>kept</i>')} ${3} ${null}</p>`.markup).toBe(
      '<p title="&#34;&#62;&#60;b&#62;">&#60;script&#62; <i>kept</i> 3 </p>',
    );
  });

  it('joins lists, with nothing between', () => {
    const items = ['a', '<b>'].map((each) => html`<li>${each}</li>`);
    expect(html`${items}`.markup).toBe('<li>a</li><li>&#60;b&#62;</li>');
  });

  it('shows what a text hides', () => {
    expect(inert('a\u202Eb\u0000\u200B')).toBe('a\uFFFDb\uFFFD\uFFFD');
  });

  it('lets no text out of its place', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(inert(text)).not.toMatch(/[<>"'`]|&(?!#\d+;)/);
      }),
    );
  });
});
