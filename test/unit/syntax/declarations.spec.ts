import { describe, expect, it } from 'vitest';
import { SPAN_FLAGS, type SpanTable } from '../../../src/core/spanTable.ts';
import { LANGUAGE_IDS, type LanguageId } from '../../../src/syntax/languages.ts';
import { SAMPLES, spansOf, spanText, spansWith, typeName } from './samples.ts';

function nameOf(spans: SpanTable, text: string, span: number): string {
  const name = spans.nameSpans[span] ?? -1;
  return name === -1 ? '-' : spanText(spans, text, name);
}

/** Names of the functions in each sample, in text order; `-` for those without. */
const FUNCTIONS: Readonly<Record<LanguageId, string>> = {
  typescript: '- half constructor [Symbol.asyncIterator] total - onOpen [Symbol.iterator] dig deeper main -',
  tsx: 'List toggle - Footer',
  javascript: "next create top walk load 'quoted-name' module.exports.twice inner",
  python: 'square size __repr__ water pour',
  go: 'Swim Map main double -',
  rust: 'name grind - run helper add works',
  java: 'Barn iterator feed r byAge legs legs Stall clean tidy clean',
  c: 'find pick debug main',
  cpp: 'Wave ~Wave Wave height operator< operator bool() const each first sea::tide::Clock::tick add',
  csharp: 'get set get set Apple Apple - Eat Chew swallow Eat Fill none',
  ruby: 'initialize - create fire! <=> text double double -',
  php: 'sell __construct sell $f $g total',
  bash: 'usage sort_letters inner',
  scala: 'advance twice half kind tick',
};

describe('functions and names', () => {
  it.each(LANGUAGE_IDS)('are found in %s', async (language) => {
    const sample = SAMPLES.find(({ file, language: id }) => id === language && file.startsWith('sample'));
    const text = sample?.text ?? '';
    const spans = await spansOf(text, language);
    const names = spansWith(spans, SPAN_FLAGS.function).map((span) => nameOf(spans, text, span));
    expect(names.join(' ')).toBe(FUNCTIONS[language]);
  });

  it.each<[LanguageId, string, string]>([
    ['c', 'int *(*table[3])(void);', 'declaration:table'],
    [
      'c',
      'typedef struct point { int x; } point_t;',
      'type_definition:point_t struct_specifier:point field_declaration:x',
    ],
    ['c', 'static int a = 1;', 'declaration:a'],
    ['cpp', 'namespace n { int& T::at(int i) { return v[i]; } }', 'namespace_definition:n function_definition:T::at'],
    ['javascript', 'x.y = () => 1', 'arrow_function:x.y'],
    ['javascript', 'const { a = () => 1 } = b', 'variable_declarator:{ a = () => 1 }'],
    ['typescript', 'class A { f = (x) => x }', 'class_declaration:A public_field_definition:f arrow_function:f'],
    ['python', 'a = lambda: 1\nb = 2', 'lambda:a'],
    ['go', 'package p\ntype T struct { a int }\nvar x, y = 1, 2', 'type_spec:T field_declaration:a var_spec:x'],
    ['rust', 'impl<T> Shape for Circle<T> { const N: u8 = 1; }', 'impl_item:Circle<T> const_item:N'],
    ['ruby', 'module A; class B; end; end', 'module:A class:B'],
    ['java', 'class A { int x = 1; }', 'class_declaration:A variable_declarator:x'],
  ])('in %s: %s', async (language, text, expected) => {
    const spans = await spansOf(text, language);
    const declarations = [...spans.nameSpans.keys()].filter((span) => spans.nameSpans[span] !== -1);
    expect(declarations.map((span) => `${typeName(spans, span)}:${nameOf(spans, text, span)}`).join(' ')).toBe(
      expected,
    );
  });
});
