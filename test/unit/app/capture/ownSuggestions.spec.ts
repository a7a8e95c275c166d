import { describe, expect, it } from 'vitest';
import { ownGeneration } from '../../../../src/app/capture/ownGeneration.ts';
import { createOwnSuggestions } from '../../../../src/app/capture/ownSuggestions.ts';
import { ScoredText } from '../../../../src/core/scoredText.ts';
import { someSource } from '../../core/someSource.ts';

const FILE = 'file:///a.ts';

const SUGGESTED = 'f(a, a);\n  g(a);';

/** What stands between `[` and `]` has arrived. */
function matched(marked: string, suggested = SUGGESTED, before = 'const x = ', document = FILE): string | null {
  const scored = ScoredText.of({
    text: suggested,
    source: someSource,
    tokenEnds: Uint32Array.of(suggested.length),
    measures: { logprobsNats: Float64Array.of(-1) },
  });
  const suggestions = createOwnSuggestions();
  suggestions.add({ document: FILE, before, generation: ownGeneration(scored, 0) });
  const start = marked.indexOf('[');
  const text = marked.replace('[', '').replace(']', '');
  const match = suggestions.match(document, text, { start, end: marked.indexOf(']') - 1 });
  if (match === null) return null;
  expect(match.pieces).toHaveLength(1);
  const [{ start: at, end, from } = { start: 0, end: 0, from: 0 }] = match.pieces;
  expect([match.start, match.end, match.certainty]).toEqual([at, end, 'certain']);
  expect(text.slice(start + at, start + end)).toBe(suggested.slice(from, from + end - at));
  return `${from}: ${text.slice(start + at, start + end)}`;
}

describe('a suggestion of its own', () => {
  it.each([
    ['taken whole', 'const x = [f(a, a);\n  g(a);]\n', '0: f(a, a);\n  g(a);'],
    ['taken in part', 'const x = [f(a,]', '0: f(a,'],
    ['its second part, after the first', 'const x = f(a[, a)];', '3: , a)'],
    ['the same characters, by what stands before', 'const x = f(a, [a]', '5: a'],
    ['with white space around', 'const x = f(a, a);[\n  g(a);]', '11: g(a);'],
  ])('is known: %s', (_, marked, expected) => {
    expect(matched(marked)).toBe(expected);
  });

  it.each([
    ['other code', 'const x = [f(b);]'],
    ['behind other code', 'const y = [f(a, a);]'],
    ['more than was suggested', 'const x = [f(a, a);\n  g(a);\n  h();]'],
    ['nothing', 'const x = [  ]'],
  ])('is not known: %s', (_, marked) => {
    expect(matched(marked)).toBeNull();
  });

  it('is known in its own document alone', () => {
    expect(matched('const x = [f(a, a);]', SUGGESTED, 'const x = ', 'file:///b.ts')).toBeNull();
  });

  it('is known at the beginning of a text, and behind a long one', () => {
    expect(matched('[f(a, a);]', SUGGESTED, '')).toBe('0: f(a, a);');
    const long = '// a line\n'.repeat(1000);
    expect(matched(`${long}[f(a, a);]`, SUGGESTED, long)).toBe('0: f(a, a);');
  });
});
