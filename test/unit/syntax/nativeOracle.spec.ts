import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { SPAN_FLAGS, type SpanTable } from '../../../src/core/spanTable.ts';
import { LANGUAGE_IDS, languageEntry, type LanguageId } from '../../../src/syntax/languages.ts';
import { SAMPLES, spansOf, typeName } from './samples.ts';

/** What the test needs of the native binding, whose offsets are UTF-16 units as well. */
interface NativeNode {
  readonly type: string;
  readonly isNamed: boolean;
  readonly isMissing: boolean;
  readonly startIndex: number;
  readonly endIndex: number;
  readonly children: readonly NativeNode[];
}
interface NativeParser {
  setLanguage(language: unknown): void;
  parse(text: string, old?: undefined, options?: { bufferSize: number }): { readonly rootNode: NativeNode };
}

const require = createRequire(import.meta.url);
const Native = require('tree-sitter') as new () => NativeParser;

function nativeRoot(language: LanguageId, text: string): NativeNode {
  const grammars = require(languageEntry(language).npmPackage) as Record<string, unknown>;
  const parser = new Native();
  parser.setLanguage(grammars[language] ?? grammars);
  return parser.parse(text, undefined, { bufferSize: 4 * text.length + 1024 }).rootNode;
}

/** Every node in preorder, but for nodes without width that are not missing. The root spans the text. */
function nativeRows(node: NativeNode, text: string): string[] {
  const rows: string[] = [];
  const add = (at: NativeNode, isRoot: boolean): void => {
    if (isRoot || at.startIndex < at.endIndex || at.isMissing) {
      const [start, end] = isRoot ? [0, text.length] : [at.startIndex, at.endIndex];
      rows.push(`${at.type} ${start} ${end}${at.isNamed ? ' named' : ''}${at.isMissing ? ' missing' : ''}`);
    }
    for (const child of at.children) add(child, false);
  };
  add(node, true);
  return rows;
}

/** The same of our spans, without the leaves that stand for text between children. */
function ourRows(spans: SpanTable, native: ReadonlySet<string>): string[] {
  const rows: string[] = [];
  for (let span = 0; span < spans.length; span++) {
    const flags = spans.flags[span] ?? 0;
    const missing = (flags & SPAN_FLAGS.missing) !== 0 ? ' missing' : '';
    const named = (flags & SPAN_FLAGS.named) !== 0 ? ' named' : '';
    const row = `${typeName(spans, span)} ${spans.starts[span]} ${spans.ends[span]}${named}${missing}`;
    const isMade = spans.types[span] === spans.types[spans.parents[span] ?? 0] && !native.has(row);
    if (!isMade || (flags & SPAN_FLAGS.leaf) === 0) rows.push(row);
  }
  return rows;
}

describe('the native binding, as an oracle', () => {
  it('loads for every language', () => {
    for (const language of LANGUAGE_IDS) expect(nativeRoot(language, ' ').endIndex).toBeTypeOf('number');
  });

  // The versions of the two runtimes differ in how they recover from this one.
  const comparable = SAMPLES.filter(({ file }) => file !== 'broken.cpp');

  it.each(comparable)('sees the same nodes as wasm in $file', async ({ language, text }) => {
    const expected = nativeRows(nativeRoot(language, text), text);
    expect(ourRows(await spansOf(text, language), new Set(expected))).toEqual(expected);
  });
});
