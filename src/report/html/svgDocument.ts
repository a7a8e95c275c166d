import { inert, Markup } from './markup.ts';

/**
 * A document as far as Observable Plot needs one to draw: elements that take attributes, children and text, and are written
 * out. It lets charts be drawn where the page is made, so that the page needs no script.
 */
export function svgDocument(): { readonly documentElement: SvgElement } & Record<string, unknown> {
  const ownerDocument = {
    get documentElement() {
      return svgElement(HTML, 'html', ownerDocument);
    },
    createElementNS: (space: string, name: string) => svgElement(space, name, ownerDocument),
    createElement: (name: string) => svgElement(HTML, name, ownerDocument),
    createTextNode: (text: string) => text,
  };
  return ownerDocument;
}

const HTML = 'http://www.w3.org/1999/xhtml';

/** An element under construction; whoever builds also hangs data of its own on it. */
export interface SvgElement {
  readonly tagName: string;
  readonly attributes: Map<string, string>;
  readonly childNodes: (SvgElement | string)[];
}

function svgElement(namespaceURI: string, tagName: string, ownerDocument: object): SvgElement {
  const attributes = new Map<string, string>();
  const childNodes: (SvgElement | string)[] = [];
  const setAttribute = (name: string, value: unknown): void => void attributes.set(name, String(value));
  const element = {
    namespaceURI,
    tagName,
    ownerDocument,
    parentNode: null,
    attributes,
    childNodes,
    setAttribute,
    setAttributeNS: (_space: string, name: string, value: unknown): void => {
      setAttribute(name, value);
    },
    getAttribute: (name: string): string | null => attributes.get(name) ?? null,
    hasAttribute: (name: string): boolean => attributes.has(name),
    removeAttribute: (name: string): void => void attributes.delete(name),
    appendChild: (child: SvgElement | string) => element.insertBefore(child, null),
    insertBefore(child: SvgElement | string, before: SvgElement | string | null) {
      childNodes.splice(before === null ? childNodes.length : childNodes.indexOf(before), 0, child);
      if (typeof child !== 'string') Object.assign(child, { parentNode: element });
      return child;
    },
    get children(): SvgElement[] {
      return childNodes.filter((child) => typeof child !== 'string');
    },
    set textContent(text: unknown) {
      childNodes.splice(0, childNodes.length, String(text));
    },
  };
  return element;
}

/** An element as markup. Its texts are inert; style sheets are left out, for the page has one. */
export function writtenOut(node: SvgElement | string): Markup {
  return new Markup(write(node));
}

function write(node: SvgElement | string): string {
  if (typeof node === 'string') return inert(node);
  const { tagName, attributes, childNodes } = node;
  if (tagName === 'style') return '';
  const named = Array.from(attributes, ([name, value]) => ` ${name}="${inert(value)}"`).join('');
  return `<${tagName}${named}>${childNodes.map(write).join('')}</${tagName}>`;
}
