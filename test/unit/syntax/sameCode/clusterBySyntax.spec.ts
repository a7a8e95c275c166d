import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SPAN_FLAGS } from '../../../../src/core/spanTable.ts';
import { CATEGORIES } from '../../../../src/core/words.ts';
import type { LanguageId } from '../../../../src/syntax/languages.ts';
import { clusterBySyntax, type Place, type SyntaxClusters } from '../../../../src/syntax/sameCode/clusterBySyntax.ts';
import { isSkipped } from '../../../../src/syntax/skipped.ts';
import { SAMPLES, spansOf, textParser } from '../samples.ts';

const PARSER: Parameters<typeof clusterBySyntax>[0] = {
  spans: (text, language) => textParser.spansOf(text, language as LanguageId),
  keepsParsing: (text, language, start, end, replacements) =>
    textParser.keepsParsing({ text, start, end, replacements }, language),
};

async function clustered(place: Place, ...continuations: string[]): Promise<SyntaxClusters> {
  const answer = await clusterBySyntax(PARSER, place, continuations);
  if (isSkipped(answer)) throw new Error(`skipped: ${answer.skipped}`);
  return answer;
}

/** Code in several languages in which `A`, `B` and `C` are locals; all of it is written. */
const TEMPLATES: readonly (readonly [LanguageId, string])[] = [
  ['javascript', 'function f(A) { let B = A.x; for (const C of B) { g({ x: B }, `${C}`) } return B }'],
  ['typescript', 'function f(A: T, B = 1): T { const { x: C } = A; return g<T>(C, B) }'],
  ['tsx', 'const f = (A: T) => { const [B, C] = g(A); return <p q={B}>{C}</p> }'],
  ['python', 'def f(A):\n  B = [C for C in A.x if C]\n  return g(B, f"{B}")\n'],
  ['go', 'package p\nfunc f(A T) T {\n\tB, err := g(A)\n\tfor _, C := range B {\n\t\th(C.x)\n\t}\n\treturn err\n}\n'],
  ['rust', 'fn f(A: T) -> T { let mut B = A.x(); for C in &B { g(C); } B }'],
  ['java', 'class P { T f(T A) { var B = A.x(); for (T C : B) { g(C); } return h(y -> y + B); } }'],
  ['c', 'int f(int A) { int B = A, C[2]; while (B < g(C)) B++; return B; }'],
  ['cpp', 'int f(T A) { auto B = A.x; auto C = [&](int y) { return y + B; }; return C(B); }'],
  ['csharp', 'class P { T F(T A) { var B = A.X; foreach (var C in B) { G(C, $"{B}"); } return B; } }'],
  ['ruby', 'def f(A)\n  B = A.x\n  B.each { |C| g(C, "#{B}") }\n  B\nend\n'],
  ['php', '<?php function f($A) { $B = $A->x; foreach ($B as $C) { g("$C", $B); } return $B; }'],
  ['scala', 'class P { def f(A: T): T = { val B = A.x; for (C <- B) g(C); B } }'],
];

/** Names that are none of the templates' own, in no language a keyword. */
const names = fc.uniqueArray(
  fc.stringMatching(/^[a-z][a-z0-9_]{0,6}$/).map((name) => `${name}0q`),
  { minLength: 3, maxLength: 3 },
);

function named(template: string, [a = '', b = '', c = '']: readonly string[]): string {
  return template.replace(/(?<![\w])[ABC](?![\w])/g, (letter) => ({ A: a, B: b, C: c })[letter] ?? letter);
}

const LITERALS = CATEGORIES.indexOf('literals');
const NO_PLACE = { prefix: '', suffix: '' };

describe('clusterBySyntax', () => {
  it('numbers codes as they come, and gives what does not parse nothing but its own text', async () => {
    const place: Place = { prefix: 'function f(a) {\n  ', suffix: '\n}\n', language: 'javascript' };
    const answer = await clustered(
      place,
      'const b = a + 1; return b',
      'return a',
      'const sum = a+1 // more\n  return sum;',
      'return (a',
      'return a;',
      'return ( a',
      'return (a',
    );
    expect(answer.clusters).toEqual([0, 1, 0, 2, 1, 3, 2]);
    expect(answer.broken).toEqual([false, false, false, true, false, true, true]);
    expect(answer.words[0]).toEqual(['const', '#0', '=', 'a', '+', '1', 'return', '#0']);
    expect(answer.words[2]).toEqual(answer.words[0]);
  });

  it('takes faults of the place itself for no faults of what is written there', async () => {
    const place: Place = { prefix: 'f( ;\nfunction g() { return ', suffix: ' }', language: 'javascript' };
    expect((await clustered(place, 'a', 'b +')).broken).toEqual([false, true]);
  });

  it('sees what the rest of the text makes of what was written', async () => {
    const place: Place = { prefix: 'if a:\n  b()\n  ', suffix: 'c()\n', language: 'python' };
    expect((await clustered(place, 'd()\n', 'd()\n  ', 'd()\n\n')).clusters).toEqual([0, 1, 0]);
  });

  it.each(TEMPLATES)('%s: new names for locals are the same code', async (language, template) => {
    await fc.assert(
      fc.asyncProperty(names, names, async (one, other) => {
        const place: Place = { ...NO_PLACE, language };
        const { clusters, broken } = await clustered(place, named(template, one), named(template, other));
        expect(broken).toEqual([false, false]);
        expect(clusters).toEqual([0, 0]);
      }),
      { numRuns: 15 },
    );
  });

  it.each(TEMPLATES)('%s: a local taken for another is another code', async (language, template) => {
    const ordinary = named(template, ['aaa', 'bbb', 'ccc']);
    const places = [...template.matchAll(/(?<![\w])[ABC](?![\w])/g)].map(({ index }) => index);
    for (const at of places) {
      const letter = template[at] === 'A' ? 'B' : 'A';
      const swapped = named(template.slice(0, at) + letter + template.slice(at + 1), ['aaa', 'bbb', 'ccc']);
      const { clusters } = await clustered({ ...NO_PLACE, language }, ordinary, swapped);
      expect(clusters, swapped).toEqual([0, 1]);
    }
  });

  const sound = SAMPLES.filter(({ file }) => file.startsWith('sample'));

  it.each(sound)('$file: more space between leaves is the same code', async ({ language, text }) => {
    const { spans, gaps } = await spacesOf(language, text);
    expect(gaps.length).toBeGreaterThan(10);
    const seeds = fc.array(fc.integer({ min: 0, max: 3 }), { minLength: gaps.length, maxLength: gaps.length });
    await fc.assert(
      fc.asyncProperty(seeds, async (widths) => {
        let wider = '';
        let from = 0;
        for (const [index, at] of gaps.entries()) {
          wider += text.slice(from, at) + ' '.repeat(widths[index] ?? 0);
          from = at;
        }
        const { clusters } = await clustered({ ...NO_PLACE, language }, text, wider + text.slice(from));
        expect(clusters).toEqual([0, 0]);
      }),
      { numRuns: 5 },
    );
    expect(spans.length).toBeGreaterThan(0);
  });

  it.each(sound)('$file: another number, operator or member is another code', async ({ language, text }) => {
    const spans = await spansOf(text, language);
    const mutants: string[] = [];
    for (const span of spans.leaves) {
      const [start, end] = [spans.starts[span]!, spans.ends[span]!];
      const leaf = text.slice(start, end);
      const other = /^[0-9]+$/.test(leaf) ? `${leaf}1` : OTHER_OPERATOR.get(leaf);
      if (other !== undefined) mutants.push(text.slice(0, start) + other + text.slice(end));
      // What follows a dot is a member in all of them.
      else if (/^[a-z]\w+$/.test(leaf) && text[start - 1] === '.' && /\w/.test(text[start - 2] ?? '')) {
        mutants.push(`${text.slice(0, end)}Other${text.slice(end)}`);
      }
    }
    expect(mutants.length).toBeGreaterThan(3);
    const { clusters } = await clustered({ ...NO_PLACE, language }, text, ...mutants);
    expect(clusters.slice(1).filter((cluster) => cluster === 0)).toEqual([]);
  });
});

const OTHER_OPERATOR: ReadonlyMap<string, string> = new Map([
  ['+', '-'],
  ['==', '!='],
  ['&&', '||'],
  ['<=', '>='],
  ['-eq', '-ne'],
]);

/** Places right behind a space between two leaves of one line, outside of literals and comments. */
async function spacesOf(language: LanguageId, text: string) {
  const spans = await spansOf(text, language);
  const isOpen = new Uint8Array(text.length + 1);
  for (let span = 0; span < spans.length; span++) {
    const isClosed = spans.categories[span] === LITERALS || (spans.flags[span]! & SPAN_FLAGS.comment) !== 0;
    if (isClosed || spans.typeNames[spans.types[span]!]?.startsWith('jsx') === true) {
      isOpen.fill(1, spans.starts[span], spans.ends[span]! + 1);
    }
  }
  const gaps: number[] = [];
  for (const [ordinal, span] of [...spans.leaves].slice(1).entries()) {
    const [from, to] = [spans.ends[spans.leaves[ordinal]!]!, spans.starts[span]!];
    if (/^ +$/.test(text.slice(from, to)) && isOpen[to] === 0) gaps.push(to);
  }
  return { spans, gaps };
}
