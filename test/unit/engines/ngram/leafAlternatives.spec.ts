import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Alternative } from '../../../../src/core/words.ts';
import { leafAlternatives } from '../../../../src/engines/ngram/leafAlternatives.ts';
import { lexemeKind, lexiconOf } from '../../../../src/engines/lexemes.ts';
import { engineThatLearned } from '../../../support/sampleWorkspace.ts';

/** A made-up vocabulary, and what may come after each run of its tokens; ids are places in `pieces`. */
interface Grammar {
  readonly pieces: readonly (string | null)[];
  /** Probabilities by piece, keyed by what stands before, joined; pieces that are not named share the rest. */
  readonly after: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

function search({ pieces, after }: Grammar, leaf: string, { lead = '', count = 10 } = {}): readonly Alternative[] {
  return leafAlternatives({
    nextTokens: (before) => {
      const named = after[Array.from(before, (id) => pieces[id] ?? '').join('')] ?? {};
      const rest = 1 - Object.values(named).reduce((sum, p) => sum + p, 0);
      const others = pieces.filter((piece) => piece === null || named[piece] === undefined).length;
      return Float64Array.from(pieces, (piece) => (piece === null ? undefined : named[piece]) ?? rest / others);
    },
    lexicon: lexiconOf(pieces),
    before: new Uint16Array(),
    lead,
    leaf,
    count,
  });
}

const found = (alternatives: readonly Alternative[]): Record<string, number> =>
  Object.fromEntries(alternatives.map(({ text, logprobNats }) => [text, Math.exp(logprobNats)]));

describe('leafAlternatives', () => {
  // What may stand first: get 0.8, and a space, a bracket or the end 0.2/3 each. After "get" mostly "Name".
  const getters: Grammar = {
    pieces: ['get', 'Name', '(', null, ' '],
    after: { '': { get: 0.8, Name: 0 }, get: { Name: 0.7, '(': 0.2, get: 0 }, getName: { '(': 1 } },
  };

  it('tells a whole word from the beginning of a longer one', () => {
    const probabilities = found(search(getters, 'x'));
    // "getName": 0.8 x 0.7, and then something that is no word. "get": 0.8 x (1 - 0.7).
    expect(probabilities.getName).toBeCloseTo(0.56, 12);
    expect(probabilities.get).toBeCloseTo(0.24, 12);
    expect(Object.keys(probabilities).slice(0, 2)).toEqual(['getName', 'get']);
  });

  it('leaves out the leaf itself, and only that', () => {
    expect(search(getters, 'getName').map(({ text }) => text)).not.toContain('getName');
    expect(search(getters, 'getName')[0]?.text).toBe('get');
    expect(search(getters, 'get')[0]?.text).toBe('getName');
  });

  it('takes a sign that is no operator as a leaf of its own', () => {
    const brackets: Grammar = {
      pieces: ['(', ')', '+', 'a'],
      after: { '': { '(': 0.9, ')': 0.1, '+': 0, a: 0 }, '(': { ')': 1 } },
    };
    expect(found(search(brackets, 'x'))['(']).toBeCloseTo(0.9, 12);
    expect(found(search(brackets, 'x'))[')']).toBeCloseTo(0.1, 12);
    expect(search(brackets, 'x').map(({ text }) => text)).not.toContain('()');
  });

  it('goes on with an operator by signs of operators alone', () => {
    const operators: Grammar = {
      pieces: ['=', '<', 'a', ' '],
      after: { '': { '<': 1 }, '<': { '=': 0.25, a: 0.5, ' ': 0.25 }, '<=': { ' ': 1 } },
    };
    const probabilities = found(search(operators, 'x'));
    expect(probabilities['<']).toBeCloseTo(0.75, 12);
    expect(probabilities['<=']).toBeCloseTo(0.25, 12);
    expect(Object.keys(probabilities)).not.toContain('<a');
  });

  it('finds leaves of six tokens and none of seven', () => {
    const letters: Grammar = {
      pieces: ['a', 'b', ' '],
      after: {
        '': { a: 1 },
        ...Object.fromEntries([1, 2, 3, 4, 5, 6].map((n) => ['a'.repeat(n), { a: 0.5, ' ': 0.5 }])),
      },
    };
    const probabilities = found(search(letters, 'x'));
    expect(probabilities.a).toBeCloseTo(0.5, 12);
    expect(probabilities.aaaaaa).toBeCloseTo(0.5 ** 6, 12);
    expect(Object.keys(probabilities).every((leaf) => leaf.length <= 6)).toBe(true);
  });

  it('goes on with no more signs than an operator has', () => {
    const signs: Grammar = { pieces: ['=', 'a'], after: {} };
    const leaves = Object.keys(found(search(signs, 'x')));
    expect(leaves).toContain('====');
    expect(leaves.filter((leaf) => leaf.startsWith('=')).every((leaf) => leaf.length <= 4)).toBe(true);
    expect(leaves.filter((leaf) => /=a|a=/.test(leaf))).toEqual([]);
  });

  it('keeps what stands before the leaf in its first token', () => {
    const spaced: Grammar = {
      pieces: [' sum', ' ', 'total', 'sum', ')'],
      after: {
        '': { ' sum': 0.5, ' ': 0.4, total: 0.1 },
        ' sum': { ')': 1 },
        ' ': { total: 0.5, sum: 0.5 },
        ' total': { ')': 1 },
      },
    };
    const probabilities = found(search(spaced, 'x', { lead: ' ' }));
    // " sum" at once, 0.5, or " " and "sum", 0.2, of which the likelier way counts; "total" without its space does not.
    expect(probabilities.sum).toBeCloseTo(0.5, 12);
    expect(probabilities.total).toBeCloseTo(0.2, 12);
  });

  it('gives at most as many as were asked for, most likely first, no probability above 1', () => {
    const pieces = ['a', 'b', '+', '=', '(', ' ', null, ' a', '_'];
    const weights = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: pieces.length, maxLength: pieces.length });
    fc.assert(
      fc.property(
        fc.array(weights, { minLength: 7, maxLength: 7 }),
        fc.constantFrom('', ' '),
        fc.nat(6),
        (rows, lead, count) => {
          const alternatives = leafAlternatives({
            nextTokens: (before) => {
              const row = rows[before.length % rows.length]!;
              return Float64Array.from(row, (weight) => weight / row.reduce((sum, one) => sum + one, 0));
            },
            lexicon: lexiconOf(pieces),
            before: new Uint16Array(),
            lead,
            leaf: 'a',
            count,
          });
          expect(alternatives.length).toBeLessThanOrEqual(count);
          const logprobs = alternatives.map(({ logprobNats }) => logprobNats);
          expect(logprobs).toEqual([...logprobs].sort((a, b) => b - a));
          expect(alternatives.reduce((sum, { logprobNats }) => sum + Math.exp(logprobNats), 0)).toBeLessThanOrEqual(
            1 + 1e-12,
          );
          for (const { text } of alternatives) {
            expect(lexemeKind(text)).not.toBeNull();
            expect(text).not.toBe('a');
          }
        },
      ),
    );
  });
});

describe('NgramEngine.alternatives', () => {
  const loop = (bound: string): string =>
    `for (let index = 0; index ${bound} items.length; index++) visit(items[index]);\n`;
  const engine = engineThatLearned([
    ['a.ts', loop('<').repeat(3)],
    ['b.ts', `${loop('<')}if (user.getName() === name) log(user.getName());\n`.repeat(3)],
  ]);

  async function alternativesFor(text: string, leaf: string, count = 5): Promise<readonly string[]> {
    const start = text.lastIndexOf(leaf);
    const answers = await engine.alternatives({
      text,
      path: 'new.ts',
      leaf: { start, end: start + leaf.length },
      count,
    });
    return answers.map((answer) => answer.text);
  }

  it('puts the operator first that always stands there', async () => {
    expect((await alternativesFor(loop('<='), '<='))[0]).toBe('<');
  });

  it('puts the identifier first that always stands there', async () => {
    expect((await alternativesFor('for (let index = 0; index < rows.length', 'rows'))[0]).toBe('items');
    expect((await alternativesFor('if (user.get() === name)', 'get'))[0]).toBe('getName');
  });

  it('says the same whichever leaf stands there now', async () => {
    const before = 'if (user.getName() === ';
    const [ascii, other] = [
      await alternativesFor(`${before}qqq)`, 'qqq'),
      await alternativesFor(`${before}zzz)`, 'zzz'),
    ];
    expect(ascii[0]).toBe('name');
    expect(other).toEqual(ascii);
  });

  it('says the same for a word that is split from the blank before it', async () => {
    const before = 'if (user.getName() ===';
    const rare = ['zebra', 'qqq', '\u{20BB7}', 'xylophone', 'name2'];
    for (const leaf of rare)
      expect([leaf, (await alternativesFor(`${before} ${leaf}`, leaf))[0]]).toEqual([leaf, 'name']);
  });

  it('says the same for a leaf whose first character takes several tokens', async () => {
    const before = 'if (user.getName() === (';
    expect(await alternativesFor(`${before}\u{20BB7}`, '\u{20BB7}')).toEqual(
      await alternativesFor(`${before}qqq`, 'qqq'),
    );
  });

  it('has nothing to say behind the end of the text', async () => {
    expect(await engine.alternatives({ text: 'a', path: 'new.ts', leaf: { start: 1, end: 1 }, count: 3 })).toEqual([]);
  });

  it('rejects with the reason of the signal when aborted', async () => {
    const reason = new Error('enough');
    const abortSignal = AbortSignal.abort(reason);
    const request = { text: 'a', path: 'new.ts', leaf: { start: 0, end: 1 }, count: 3, abortSignal };
    await expect(engine.alternatives(request)).rejects.toBe(reason);
  });
});
