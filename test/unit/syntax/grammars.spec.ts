import { Language, Parser } from 'web-tree-sitter';
import { beforeAll, describe, expect, it } from 'vitest';
import { SPAN_FLAGS } from '../../../src/core/spanTable.ts';
import { CATEGORIES } from '../../../src/core/words.ts';
import { GRAMMAR_TABLES } from '../../../src/syntax/categories/grammarTables.ts';
import { LANGUAGE_IDS, languageEntry, RUNTIME_WASM, type LanguageId } from '../../../src/syntax/languages.ts';
import { grammarsFolder } from '../../grammarsFolder.ts';
import { leafTexts, SAMPLES, spansOf, spansWith } from './samples.ts';

/** One line of code in each language, and leaves of it with their categories. */
const SNIPPETS: Readonly<Record<LanguageId, readonly [string, string]>> = {
  typescript: [
    'if (a) throw new B(1)',
    'if:decisions a:identifiers throw:exceptions new:calls B:identifiers 1:literals',
  ],
  tsx: ['const a: T = <b/>', 'const:scope a:identifiers T:types =:operators b:identifiers'],
  javascript: [
    'for (const a of b) c()',
    'for:iteration const:scope a:identifiers of:iteration b:identifiers c:identifiers',
  ],
  python: [
    'for a in b: raise c',
    'for:iteration a:identifiers in:operators b:identifiers raise:exceptions c:identifiers',
  ],
  go: ['import "a"', 'import:imports ":literals a:literals ":literals'],
  rust: ['fn a() -> u8 { return 1 }', 'fn:functions a:identifiers ->:functions u8:types return:functions 1:literals'],
  java: ['class A { int b; }', 'class:types A:identifiers int:types b:identifiers'],
  c: ['int a = 1 + 2;', 'int:types a:identifiers =:operators 1:literals +:operators 2:literals'],
  cpp: ['namespace a { class B; }', 'namespace:scope a:identifiers class:types B:types'],
  csharp: ['using A; try { } finally { }', 'using:imports A:identifiers try:exceptions finally:exceptions'],
  ruby: ['while a do b end', 'while:iteration a:identifiers do:iteration b:identifiers end:scope'],
  php: ['<?php if ($a) { echo 1; }', 'if:decisions $:- a:identifiers echo:calls 1:literals'],
  bash: [
    'if true; then echo a; fi',
    'if:decisions true:identifiers then:decisions echo:identifiers a:identifiers fi:decisions',
  ],
  scala: ['def a = b match { case _ => 1 }', 'def:functions a:identifiers =:operators b:identifiers match:decisions'],
};

describe('grammars', () => {
  const languages = new Map<LanguageId, Language>();

  beforeAll(async () => {
    const folder = grammarsFolder();
    await Parser.init({ locateFile: () => new URL(RUNTIME_WASM, folder).href });
    for (const id of LANGUAGE_IDS) languages.set(id, await Language.load(new URL(languageEntry(id).wasm, folder)));
  });

  it.each(LANGUAGE_IDS)('%s loads, parses a line and knows its categories', async (id) => {
    const [text, expected] = SNIPPETS[id];
    const spans = await spansOf(text, id);
    expect(spansWith(spans, SPAN_FLAGS.error | SPAN_FLAGS.missing)).toEqual([]);
    const categories = leafTexts(spans, text).map((leaf, ordinal) => {
      const category = spans.categories[spans.leaves[ordinal] ?? 0] ?? 0;
      return `${leaf}:${CATEGORIES[category] ?? '-'}`;
    });
    for (const pair of expected.split(' ')) expect(categories).toContain(pair);
  });

  it.each(LANGUAGE_IDS)('the table of %s names only what the grammar has, each type in one category', (id) => {
    const language = languages.get(id);
    const table = GRAMMAR_TABLES[id];
    const known = new Set<string>();
    const named = new Set<string>();
    for (let symbol = 0; symbol < (language?.nodeTypeCount ?? 0); symbol++) {
      const name = language?.nodeTypeForId(symbol) ?? '';
      if (language?.nodeTypeIsVisible(symbol) === true) known.add(name);
      if (language?.nodeTypeIsNamed(symbol) === true) named.add(name);
    }
    const categorised = CATEGORIES.flatMap((category) => table.categories[category] ?? []);
    expect(categorised.filter((name) => !known.has(name))).toEqual([]);
    expect(categorised.filter((name, index) => categorised.indexOf(name) !== index)).toEqual([]);
    const structural = [
      ...table.functions,
      ...table.comments,
      ...(table.containers ?? []),
      ...(table.bodies ?? []),
      ...(table.wrappers ?? []),
      ...(table.prefixes ?? []),
    ];
    const fields = Object.entries({ ...table.names, ...table.binders, ...table.links });
    expect([...structural, ...fields.map(([type]) => type)].filter((name) => !named.has(name))).toEqual([]);
    const knownFields = new Set(language?.fields);
    expect(fields.filter(([, field]) => field !== null && !knownFields.has(field))).toEqual([]);
    expect(table.comments.filter((name) => categorised.includes(name))).toEqual([]);
  });

  it.each(LANGUAGE_IDS)('nearly every leaf of a sample of %s that is no punctuation has a category', async (id) => {
    const text = SAMPLES.find(({ file, language }) => language === id && file.startsWith('sample'))?.text ?? '';
    const spans = await spansOf(text, id);
    const without = leafTexts(spans, text).filter((leaf, ordinal) => {
      const category = spans.categories[spans.leaves[ordinal] ?? 0] ?? 0;
      return category >= CATEGORIES.length && /\w/.test(leaf);
    });
    expect(without.filter((leaf) => !/^(#!|<\?php)/.test(leaf))).toEqual([]);
  });
});
