import { describe, expect, it } from 'vitest';
import type { Completion } from '../../../../src/app/completions/completion.ts';
import {
  completionLeft,
  createCompletionCache,
  mayGoWith,
  type CaretState,
} from '../../../../src/app/completions/completionCache.ts';
import { scoredTokens, tokensOf } from './writingEngine.ts';

function completion(text: string): Completion {
  return { text, scored: scoredTokens(tokensOf(text)) };
}

/** The caret is at the `|`. */
function caret(marked: string, document = 'a'): CaretState {
  const [prefix = '', suffix = ''] = marked.split('|');
  return { document, prefix, suffix };
}

describe('what is left of a completion', () => {
  it.each<[string, string, string, string | null | undefined]>([
    ['x = |', 'foo(a)', 'x = |', 'foo(a)'],
    ['x = |', 'foo(a)', 'x = fo|', 'o(a)'],
    ['x = |', 'foo(a)', 'x = foo(a)|', null],
    ['x = |', 'foo(a)', 'x = foo(a) |', undefined],
    ['x = |', 'foo(a)', 'x = g|', undefined],
    ['x = |', 'foo(a)', 'x =|', undefined],
    ['x = |', 'foo(a)', 'x = foo(|)', 'a'],
    ['x = |', 'foo(a)', 'x = foo(a|)', null],
    ['x = |', 'foo("a", b)', 'x = foo("|")', undefined],
    ['x = |;', 'foo(a)', 'x = foo(|);', 'a'],
    ['x = |', 'foo(a)', 'x = |)', undefined],
    ['x = |', 'foo(a)', 'x = fo|y', undefined],
    ['x = |', 'a\n  b', 'x = a|', '\n  b'],
    ['x = |', 'a\n  b', 'x = a\r\n  |', 'b'],
  ])('of %j with %j at %j: %j', (at, text, now, left) => {
    const found = completionLeft(caret(at), completion(text), caret(now));
    expect(found === undefined || found === null ? found : found.text).toBe(left);
  });

  it('keeps the tokens of what is left', () => {
    const left = completionLeft(caret('|'), completion('foo(bar)'), caret('fo|'));
    expect([...(left?.scored.tokens() ?? [])].map(({ text, logprobNats }) => [text, logprobNats])).toEqual([
      ['o', undefined],
      ['(', -0.2],
      ['bar', -0.3],
      [')', -0.4],
    ]);
  });

  it('goes with one document', () => {
    expect(completionLeft(caret('|'), completion('a'), caret('|', 'b'))).toBeUndefined();
  });

  it('of none is none, at the same caret', () => {
    expect(completionLeft(caret('x|'), null, caret('x|'))).toBeNull();
    expect(completionLeft(caret('x|'), null, caret('xy|'))).toBeUndefined();
  });
});

describe('what is not yet whole', () => {
  it.each([
    ['foo', 'fo', true],
    ['fo', 'foo(', true],
    ['', 'foo', true],
    ['fa', 'fo', false],
  ])('%j with %j typed: %s', (begun, typed, expected) => {
    expect(mayGoWith(caret('x = |'), begun, caret(`x = ${typed}|`))).toBe(expected);
  });
});

describe('the cache', () => {
  it('serves a completion while it is typed, and deleted again', () => {
    const cache = createCompletionCache(10);
    cache.keep(caret('x = |'), completion('foo(a)'));
    const texts = ['x = f|', 'x = fo|', 'x = foo|', 'x = fo|', 'x = |'].map((now) => cache.find(caret(now))?.text);
    expect(texts).toEqual(['oo(a)', 'o(a)', '(a)', 'o(a)', 'foo(a)']);
    expect(cache.find(caret('x = b|'))).toBeUndefined();
  });

  it('prefers the newest, holds one for each caret, and so many in all', () => {
    const cache = createCompletionCache(2);
    cache.keep(caret('|'), completion('ab'));
    cache.keep(caret('|'), completion('ac'));
    cache.keep(caret('a|'), completion('d'));
    expect(cache.find(caret('a|'))?.text).toBe('d');
    expect(cache.find(caret('|'))?.text).toBe('ac');
    cache.keep(caret('z|'), null);
    expect(cache.find(caret('|'))).toBeUndefined();
    expect(cache.find(caret('z|'))).toBeNull();
    expect(cache.find(caret('a|'))?.text).toBe('d');
  });
});
