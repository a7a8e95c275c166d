import { createHash } from 'node:crypto';
import { html, Markup } from './markup.ts';
import { PAGE_STYLE } from './pageStyle.ts';

const STYLE = new Markup(`<style>${PAGE_STYLE}</style>`);

/** The one style sheet that may be, by what it holds. */
const STYLE_HASH = createHash('sha256').update(PAGE_STYLE).digest('base64');

/** A whole page around what it says: it may ask for nothing and run nothing, and no style but its own counts. */
export function pageFrame(body: Markup): string {
  return html`<!DOCTYPE html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${STYLE_HASH}';" />
        <title>Candor: how far to trust this code</title>
        ${STYLE}
      </head>
      <body>
        ${body}
      </body>
    </html> `.markup;
}
