import * as Plot from '@observablehq/plot';
import type { Markup } from './markup.ts';
import { svgDocument, writtenOut, type SvgElement } from './svgDocument.ts';

/**
 * Draws a chart with Observable Plot, as a picture that stands in the page without any script. What it shows must stand in a
 * table as well: a picture with a `label` is one thing to a screen reader, one without a group of links.
 */
export function drawChart(options: Plot.PlotOptions, label?: string): Markup {
  const drawn: unknown = Plot.plot({ ...options, document: svgDocument(), className: 'chart' });
  if (!isElement(drawn)) throw new TypeError('Plot drew no element of the document that it was given');
  for (const [name, value] of Object.entries(label === undefined ? GROUP : { role: 'img', 'aria-label': label })) {
    drawn.attributes.set(name, value);
  }
  if (label !== undefined) for (const child of drawn.childNodes) silence(child);
  return writtenOut(drawn);
}

const GROUP = { role: 'group', 'aria-label': 'Treemap' };

/** The parts of a picture have names that Plot gave them for authors, not for readers. */
function silence(node: SvgElement | string): void {
  if (typeof node === 'string') return;
  node.attributes.delete('aria-label');
  for (const child of node.childNodes) silence(child);
}

function isElement(value: unknown): value is SvgElement {
  return typeof value === 'object' && value !== null && 'attributes' in value && 'childNodes' in value;
}
