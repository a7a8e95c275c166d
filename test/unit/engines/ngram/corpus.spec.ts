import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Corpus } from '../../../../src/engines/ngram/corpus.ts';
import type { Ranges, Scope } from '../../../../src/engines/ngram/scope.ts';
import { scoreTokens } from '../../../../src/engines/ngram/scoreTokens.ts';
import { TokenCounts } from '../../../../src/engines/ngram/tokenCounts.ts';
import type { NgramShape } from '../../../../src/engines/ngram/tokenIndex.ts';

const shape: NgramShape = { order: 4, vocabularySize: 6, endOfText: 5 };
const PATHS = ['a.ts', 'b.ts', 'lib/a.ts', 'lib/b.ts', 'lib/deep/a.ts'];
const somePath = fc.constantFrom(...PATHS);
const someTokens = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 8 });

type Step =
  | { readonly kind: 'learn'; readonly path: string; readonly tokens: readonly number[] }
  | { readonly kind: 'forget' | 'ask'; readonly path: string }
  | { readonly kind: 'rebuild' | 'settle' };

const someSteps = fc.array(
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ kind: fc.constant('learn' as const), path: somePath, tokens: someTokens }) },
    { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom('forget' as const, 'ask' as const), path: somePath }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constantFrom('rebuild' as const, 'settle' as const) }) },
  ),
  { maxLength: 25 },
);

function corpusOf(texts: Readonly<Record<string, readonly number[]>>): Corpus {
  const corpus = new Corpus(shape);
  for (const [path, tokens] of Object.entries(texts)) corpus.learn(path, Uint16Array.from(tokens));
  return corpus;
}

/** Follows the steps in a corpus, and in a plain map what it should know in the end. */
function follow(steps: readonly Step[]): { corpus: Corpus; known: Map<string, readonly number[]> } {
  const corpus = new Corpus(shape);
  const known = new Map<string, readonly number[]>();
  for (const step of steps) {
    if (step.kind === 'learn') {
      corpus.learn(step.path, Uint16Array.from(step.tokens));
      known.set(step.path, step.tokens);
    } else if (step.kind === 'forget') {
      corpus.forget(step.path);
      known.delete(step.path);
    } else if (step.kind === 'ask') corpus.scopesFor(step.path);
    else corpus[step.kind]();
  }
  return { corpus, known };
}

function forEachContinuation(
  scope: Scope,
  ranges: Ranges,
  depth: number,
  visit: (token: number, count: number) => void,
): void {
  const counts = new TokenCounts(shape.vocabularySize);
  scope.countContinuations(ranges, depth, counts);
  counts.forEach(visit);
}

/** Everything that scoring reads from a scope: what follows each context of a text, how often, and how many types. */
function countsOf(scope: Scope, text: readonly number[]): string[] {
  const sequence = [shape.endOfText, ...text];
  const counts: string[] = [];
  for (let start = 0; start < sequence.length; start++) {
    for (let length = 0; length < shape.order && start + length <= sequence.length; length++) {
      let ranges = scope.everything();
      for (let depth = 0; depth < length; depth++) {
        const continued = new Uint32Array(ranges.length);
        scope.narrow(ranges, 0, depth, sequence[start + depth] ?? 0, continued, 0);
        ranges = continued;
      }
      const followers: (readonly [number, number])[] = [];
      forEachContinuation(scope, ranges, length, (token, count) => followers.push([token, count]));
      followers.sort((a, b) => a[0] - b[0]);
      counts.push(
        JSON.stringify([sequence.slice(start, start + length), scope.countTypes(ranges, 0, length), followers]),
      );
    }
  }
  return counts;
}

function expectSameAnswers(actual: Corpus, expected: Corpus, text: readonly number[]): void {
  for (const path of [...PATHS, 'lib/new.ts', 'elsewhere/new.ts']) {
    const actualScopes = actual.scopesFor(path);
    const expectedScopes = expected.scopesFor(path);
    expect(actualScopes.map((scope) => scope.backOffWeight)).toEqual(
      expectedScopes.map((scope) => scope.backOffWeight),
    );
    for (const [slot, scope] of actualScopes.entries()) {
      expect(countsOf(scope, text)).toEqual(countsOf(expectedScopes[slot]!, text));
    }
    const tokens = Uint16Array.from(text);
    expect(scoreTokens(tokens, actualScopes, shape)).toEqual(scoreTokens(tokens, expectedScopes, shape));
  }
}

describe('Corpus', () => {
  it('knows in the end what was learned last, whatever the way there', () => {
    fc.assert(
      fc.property(someSteps, someTokens, (steps, text) => {
        const { corpus, known } = follow(steps);
        const afresh = corpusOf(Object.fromEntries(known));
        expect(corpus.paths).toEqual([...known.keys()].sort());
        expect(corpus.tokenCount).toBe([...known.values()].flat().length);
        for (const path of PATHS)
          expect(corpus.get(path)).toEqual(known.has(path) ? Uint16Array.from(known.get(path)!) : undefined);
        expect(corpus.identity).toBe(afresh.identity);
        expectSameAnswers(corpus, afresh, text);
      }),
      { numRuns: 150 },
    );
  });

  it('answers the same before and after it is built anew', () => {
    fc.assert(
      fc.property(someSteps, someTokens, (steps, text) => {
        const { corpus } = follow(steps);
        const rebuilt = follow(steps).corpus;
        rebuilt.rebuild();
        expect(rebuilt.identity).toBe(corpus.identity);
        expectSameAnswers(rebuilt, corpus, text);
      }),
      { numRuns: 80 },
    );
  });

  it('takes a text out of the counts that it is scored by', () => {
    fc.assert(
      fc.property(fc.dictionary(somePath, someTokens, { minKeys: 1 }), fc.nat(), someTokens, (texts, pick, text) => {
        const path = Object.keys(texts)[pick % Object.keys(texts).length]!;
        const others = Object.fromEntries(Object.entries(texts).filter(([other]) => other !== path));
        const [workspace] = corpusOf(texts).scopesFor(path);
        const [without] = corpusOf(others).scopesFor(path);
        expect(countsOf(workspace!, text)).toEqual(countsOf(without!, text));
      }),
      { numRuns: 150 },
    );
  });

  it('counts by hand: the workspace for all, the folder for its own files', () => {
    const corpus = corpusOf({ 'lib/a.ts': [1, 2], 'lib/b.ts': [1, 3], 'c.ts': [1, 2] });
    const [workspace, folder, ...more] = corpus.scopesFor('lib/new.ts');
    expect(more).toEqual([]);
    const afterOne = (scope: Scope): Record<number, number> => {
      const counts: Record<number, number> = {};
      const ranges = new Uint32Array(scope.rangeLength);
      scope.narrow(scope.everything(), 0, 0, 1, ranges, 0);
      forEachContinuation(scope, ranges, 1, (token, count) => {
        counts[token] = count;
      });
      return counts;
    };
    expect(afterOne(workspace!)).toEqual({ 2: 2, 3: 1 });
    expect(afterOne(folder!)).toEqual({ 2: 1, 3: 1 });
    const [others, neighbours] = corpus.scopesFor('lib/b.ts');
    expect(afterOne(others!)).toEqual({ 2: 2 });
    expect(afterOne(neighbours!)).toEqual({ 2: 1 });
  });

  it('asks the folder only where the text has neighbours', () => {
    const corpus = corpusOf({ 'lib/a.ts': [1, 2], 'lib/b.ts': [3], 'alone/a.ts': [1, 2] });
    expect(corpus.scopesFor('lib/a.ts')).toHaveLength(2);
    expect(corpus.scopesFor('lib/new.ts')).toHaveLength(2);
    expect(corpus.scopesFor('alone/a.ts')).toHaveLength(1);
    expect(corpus.scopesFor('alone/new.ts')).toHaveLength(2);
    expect(corpus.scopesFor('lib/deeper/new.ts')).toHaveLength(1);
    expect(corpus.scopesFor('new.ts')).toHaveLength(1);
  });

  it('tells the same texts at other paths, and other cuts of the same tokens, apart', () => {
    const identities = [{}, { a: [1, 2] }, { b: [1, 2] }, { a: [1], b: [2] }, { a: [1, 2], b: [] }, { a: [2, 1] }].map(
      (texts) => corpusOf(texts as Record<string, number[]>).identity,
    );
    expect(new Set(identities).size).toBe(identities.length);
  });

  it('keeps what it learned when the caller uses the array again', () => {
    const corpus = new Corpus(shape);
    const tokens = Uint16Array.of(1, 2);
    corpus.learn('a.ts', tokens);
    tokens.fill(4);
    expect(corpus.get('a.ts')).toEqual(Uint16Array.of(1, 2));
  });

  it('builds its base anew by itself once the changes have grown large', () => {
    const corpus = new Corpus(shape);
    const long = new Uint16Array(50_001).fill(1);
    corpus.learn('a.ts', Uint16Array.of(1));
    expect(corpus.settle().documents.size).toBe(0);
    corpus.learn('b.ts', long);
    expect([...corpus.settle().documents.keys()]).toEqual(['a.ts', 'b.ts']);
    corpus.forget('b.ts');
    expect([...corpus.settle().documents.keys()]).toEqual(['a.ts']);
  });
});
