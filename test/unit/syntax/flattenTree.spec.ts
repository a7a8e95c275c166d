import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isDocumentation, SPAN_FLAGS } from '../../../src/core/spanTable.ts';
import { CATEGORIES } from '../../../src/core/words.ts';
import { LANGUAGE_IDS } from '../../../src/syntax/languages.ts';
import { leafTexts, SAMPLES, spansOf, spanText, spansWith, typeName } from './samples.ts';
import { brokenPromises } from './spanInvariants.ts';

/** Pieces that grammars stumble over, joined at random into texts. */
const PIECES = [
  '"',
  "'",
  '`',
  '${',
  '#{',
  '{',
  '}',
  '(',
  ')',
  '[',
  ']',
  '<',
  '>',
  '/*',
  '*/',
  '//',
  '#',
  '\\',
  '\n',
  '\r\n',
  '\t',
  ' ',
  ' ',
  '\u2028',
  '\uFEFF',
  '\0',
  '😀',
  '漢字',
  'é',
  'e\u0301',
  '👩‍👩‍👧',
  '\uD83D',
  '\uDE00',
  '𠮷',
  'if',
  'def',
  'class',
  'fn',
  'x',
  '1',
  '=',
  ';',
  ':',
  ',',
  '<<EOF',
  'EOF',
  '"""',
  '=begin',
  '<?php',
  '?>',
  '<a>',
  '</a>',
  'end',
  '=>',
  '$x',
  '@',
];
const anyText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join('')),
);

describe('flattenTree', () => {
  it.each(SAMPLES)('keeps every promise of a SpanTable for $file', async ({ text, language }) => {
    expect(brokenPromises(await spansOf(text, language), text)).toEqual([]);
  });

  it.each(SAMPLES)(
    'keeps them for $file cut off, with other line ends and with halves of characters',
    async (sample) => {
      await fc.assert(
        fc.asyncProperty(fc.nat(sample.text.length), fc.nat(sample.text.length), anyText, async (a, b, inserted) => {
          const [start, end] = a < b ? [a, b] : [b, a];
          for (const text of [
            sample.text.slice(start, end),
            sample.text.slice(0, start) + inserted + sample.text.slice(end),
            sample.text.slice(start, end).replaceAll('\n', '\r\n'),
          ]) {
            expect(brokenPromises(await spansOf(text, sample.language), text)).toEqual([]);
          }
        }),
        { numRuns: 15 },
      );
    },
  );

  it.each(LANGUAGE_IDS)('keeps them for any text as %s', async (language) => {
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        expect(brokenPromises(await spansOf(text, language), text)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  it('finds no fault in the samples, and some in each broken text', async () => {
    for (const { file, language, text } of SAMPLES) {
      const spans = await spansOf(text, language);
      const faults = spansWith(spans, SPAN_FLAGS.error | SPAN_FLAGS.missing);
      expect([file, faults.length > 0]).toEqual([file, file.startsWith('broken')]);
    }
  });

  it('reads the samples with a byte order mark, with other line ends and with half a character as well', async () => {
    for (const { language, text } of SAMPLES.filter(({ file }) => file.startsWith('sample'))) {
      for (const variant of [
        `\uFEFF${text}`,
        text.replaceAll('\n', '\r\n'),
        text.replace(/[\u0080-\uD7FF]/, '\uD83D'),
      ]) {
        expect(variant).not.toBe(text);
        const spans = await spansOf(variant, language);
        expect([language, spansWith(spans, SPAN_FLAGS.error | SPAN_FLAGS.missing)]).toEqual([language, []]);
      }
    }
  });

  it('gives template text, escapes and substitutions leaves of their own', async () => {
    const text = 'let t = `a ${b + 1}\\n c`;';
    const spans = await spansOf(text, 'typescript');
    expect(leafTexts(spans, text)).toEqual([
      'let',
      't',
      '=',
      '`',
      'a ',
      '${',
      'b',
      '+',
      '1',
      '}',
      '\\n',
      ' c',
      '`',
      ';',
    ]);
  });

  it('makes leaves of visible text that no child holds, without the layout around it', async () => {
    // The grammar of Scala has no node for the text of a string that is interpolated.
    const text = 'val s = s"one  two ${x} three"';
    const spans = await spansOf(text, 'scala');
    const inString = leafTexts(spans, text);
    expect(inString.join('|')).toBe('val|s|=|s|"|one  two|$|{|x|}|three"');
    const made = [...spans.leaves].find((leaf) => spanText(spans, text, leaf) === 'one  two') ?? -1;
    expect(typeName(spans, made)).toBe('interpolated_string');
    expect(CATEGORIES[spans.categories[made] ?? 0]).toBe('literals');
    expect(spans.flags[made]).toBe(SPAN_FLAGS.named | SPAN_FLAGS.leaf);
  });

  it('counts offsets in UTF-16 units, past emoji, CJK and characters cut in half', async () => {
    const text = 'a = "😀漢\uD83D"; 変数 = "👩‍👧"; b';
    const spans = await spansOf(text, 'javascript');
    expect(leafTexts(spans, text)).toEqual([
      'a',
      '=',
      '"',
      '😀漢\uD83D',
      '"',
      ';',
      '変数',
      '=',
      '"',
      '👩‍👧',
      '"',
      ';',
      'b',
    ]);
  });

  it('reads on past the end of what the runtime takes at once, even between the halves of a character', async () => {
    // It takes 5119 units. An identifier of surrogate pairs: half of one would be a fault.
    for (let shift = 5100; shift < 5125; shift++) {
      const text = `${' '.repeat(shift)}𠮷𠮷𠮷𠮷 = 1`;
      const spans = await spansOf(text, 'javascript');
      expect(spansWith(spans, SPAN_FLAGS.error)).toEqual([]);
      expect(leafTexts(spans, text)).toEqual(['𠮷𠮷𠮷𠮷', '=', '1']);
    }
  });

  it('descends into tokens of several words', async () => {
    for (const text of ['a not in b', 'a not  in b']) {
      const spans = await spansOf(text, 'python');
      expect(leafTexts(spans, text)).toEqual(['a', 'not', 'in', 'b']);
    }
  });

  it('masks comments with all that lies in them', async () => {
    const text = '/// doc `x`\nfn f() {} // end';
    const spans = await spansOf(text, 'rust');
    expect(leafTexts(spans, text)).toEqual(['fn', 'f', '(', ')', '{', '}']);
    const inComments = spansWith(spans, SPAN_FLAGS.comment).map((span) => typeName(spans, span));
    expect(inComments).toEqual([
      'line_comment',
      '//',
      'outer_doc_comment_marker',
      '/',
      'doc_comment',
      'line_comment',
      '//',
    ]);
  });

  it('knows a string that is a statement of its own for documentation in Python, with all that lies in it', async () => {
    const text = [
      '"""Module."""',
      'def f(a="x"):',
      "  r'''Says \\n.'''  # why",
      '  g("y"); "both" "parts"',
      '  f"{h()}"',
      '  return "z"',
      'class A:',
      '  a = 1',
      "  'attribute'",
    ].join('\n');
    const spans = await spansOf(text, 'python');
    const documented = spansWith(spans, SPAN_FLAGS.documentation).filter(
      (span) => typeName(spans, span) === 'expression_statement',
    );
    expect(documented.map((span) => spanText(spans, text, span))).toEqual([
      '"""Module."""',
      "r'''Says \\n.'''",
      '"both" "parts"',
      "'attribute'",
    ]);
    for (let leaf = 0; leaf < spans.leaves.length; leaf++) {
      const start = spans.starts[spans.leaves[leaf]!]!;
      const isInside = documented.some((span) => spans.starts[span]! <= start && start < spans.ends[span]!);
      expect([start, isDocumentation(spans, leaf)]).toEqual([start, isInside]);
    }
    expect(spansWith(await spansOf("'use strict';\nf();", 'javascript'), SPAN_FLAGS.documentation)).toEqual([]);
  });

  it('shows what the parser put in as a span without width that is no leaf', async () => {
    const text = 'f(1 + )';
    const spans = await spansOf(text, 'javascript');
    const missing = spansWith(spans, SPAN_FLAGS.missing);
    const rows = missing.map((span) => [typeName(spans, span), spans.starts[span], spans.ends[span]]);
    expect(rows).toEqual([['identifier', 5, 5]]);
    expect(leafTexts(spans, text)).toEqual(['f', '(', '1', '+', ')']);
  });

  it('spans a text without code by the root alone', async () => {
    for (const text of ['', ' \n\t', '\uFEFF']) {
      const spans = await spansOf(text, 'python');
      expect([spans.length, spans.leaves.length, spans.ends[0]]).toEqual([1, 0, text.length]);
    }
  });
});
