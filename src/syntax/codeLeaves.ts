import type { SpanTable } from '../core/spanTable.ts';

/**
 * The leaves of a text as they are compared between its versions (docs/targets.md): without the punctuation that formatters
 * add and take away, and with one kind of quotes. Arrays of equal length, in text order.
 */
export interface CodeLeaves {
  readonly words: readonly string[];
  /** Ordinal of each among the leaves of the span table. */
  readonly ordinals: Uint32Array;
  readonly text: string;
  readonly spans: SpanTable;
}

const CLOSERS: ReadonlySet<string> = new Set([')', ']', '}', '>']);

/** Whole strings and the marks that open or close one; a prefix as of Python may stand before. */
const QUOTED = /^([A-Za-z]{0,3})(?:'(.*)'|'|''')$/s;

/** The comparable leaves of a text. */
export function codeLeavesOf(text: string, spans: SpanTable): CodeLeaves {
  const { leaves, starts, ends } = spans;
  const textOf = (ordinal: number): string => {
    const span = leaves[ordinal] ?? 0;
    return text.slice(starts[span], ends[span]);
  };
  const words: string[] = [];
  const ordinals: number[] = [];
  for (let ordinal = 0; ordinal < leaves.length; ordinal++) {
    const word = textOf(ordinal);
    if (word === '' || word === ';') continue;
    if (word === ',' && ordinal + 1 < leaves.length && CLOSERS.has(textOf(ordinal + 1))) continue;
    words.push(withDoubleQuotes(word));
    ordinals.push(ordinal);
  }
  return { words, ordinals: Uint32Array.from(ordinals), text, spans };
}

/** A string that holds no double quote may be written with either kind; one character in quotes is of another type in C. */
function withDoubleQuotes(word: string): string {
  const quoted = QUOTED.exec(word);
  if (quoted === null) return word;
  const [, prefix = '', content] = quoted;
  if (content === undefined) return word.replaceAll("'", '"');
  return content.includes('"') ? word : `${prefix}"${content}"`;
}
