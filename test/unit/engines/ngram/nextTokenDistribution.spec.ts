import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BACK_OFF_WEIGHTS } from '../../../../src/engines/ngram/interpolate.ts';
import { nextTokenDistribution, nextTokensOf } from '../../../../src/engines/ngram/nextTokenDistribution.ts';
import { Scope } from '../../../../src/engines/ngram/scope.ts';
import { TokenIndex, type NgramShape } from '../../../../src/engines/ngram/tokenIndex.ts';

const shape: NgramShape = { order: 5, vocabularySize: 8, endOfText: 7 };
const someText = fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 30 });
const someTexts = fc.array(someText, { maxLength: 4 });

type Texts = readonly (readonly number[])[];

function indexOf(texts: Texts): TokenIndex {
  const arrays = texts.map((text) => Uint16Array.from(text));
  return TokenIndex.of(arrays, shape);
}

/** What follows a context in texts, by reading them from end to end; `weight` 1 to add it, -1 to take it away. */
function countFollowers(counts: Map<number, number>, texts: Texts, context: readonly number[], weight: number): void {
  const all = [...texts.flatMap((text) => [shape.endOfText, ...text])];
  const padded = [...all, ...new Array<number>(shape.order).fill(shape.endOfText)];
  for (let at = 0; at < all.length; at++) {
    if (!context.every((token, offset) => padded[at + offset] === token)) continue;
    const token = padded[at + context.length]!;
    counts.set(token, (counts.get(token) ?? 0) + weight);
  }
}

interface PlainScope {
  readonly added: Texts;
  readonly removed: Texts;
  readonly weight: number;
}

/** The definition, without an index: all contexts counted by reading, all tokens refined one after the other. */
function plainDistribution(before: readonly number[], scopes: readonly PlainScope[]): Float64Array {
  const beliefs = new Float64Array(shape.vocabularySize).fill(1 / shape.vocabularySize);
  const sequence = [shape.endOfText, ...before];
  const refine = (counts: ReadonlyMap<number, number>, weight: number): void => {
    const seen = [...counts].filter(([, count]) => count > 0);
    const total = seen.reduce((sum, [, count]) => sum + count, 0);
    if (total === 0) return;
    const k = weight * seen.length;
    for (let token = 0; token < beliefs.length; token++) beliefs[token] = beliefs[token]! * (k / (total + k));
    for (const [token, count] of seen) beliefs[token] = beliefs[token]! + count / (total + k);
  };
  for (let depth = 0; depth < shape.order && depth <= sequence.length; depth++) {
    const context = sequence.slice(sequence.length - depth);
    for (const { added, removed, weight } of scopes) {
      const counts = new Map<number, number>();
      countFollowers(counts, added, context, 1);
      countFollowers(counts, removed, context, -1);
      refine(counts, weight);
    }
    const soFar = new Map<number, number>();
    for (let at = Math.max(depth, 1); at < sequence.length; at++) {
      if (!context.every((token, offset) => sequence[at - depth + offset] === token)) continue;
      soFar.set(sequence[at]!, (soFar.get(sequence[at]!) ?? 0) + 1);
    }
    refine(soFar, BACK_OFF_WEIGHTS.textSoFar);
  }
  return beliefs;
}

describe('nextTokenDistribution', () => {
  it('is, bit for bit, what counting without an index gives, at every place of a text', () => {
    fc.assert(
      fc.property(someTexts, someTexts, someText, someText, (others, near, own, text) => {
        const plain: readonly PlainScope[] = [
          { added: [...others, ...near, own], removed: [own], weight: 12 },
          { added: near, removed: [], weight: 32 },
        ];
        const scopes = plain.map(({ added, removed, weight }) => {
          const layers = [
            { index: indexOf(added), sign: 1 },
            { index: indexOf(removed), sign: -1 },
          ] as const;
          return new Scope(layers, weight);
        });
        const nextTokens = nextTokensOf(scopes, shape);
        for (let length = 0; length <= text.length; length++) {
          const before = text.slice(0, length);
          const expected = plainDistribution(before, plain);
          expect(nextTokens(Uint16Array.from(before))).toEqual(expected);
          expect(nextTokenDistribution(Uint16Array.from(before), scopes, shape)).toEqual(expected);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('keeps what follows common contexts, and says the same again', () => {
    const wide = Array.from({ length: 9000 }, (_, at) => (at % 3 === 0 ? 1 : at % 7));
    const scopes = [new Scope([{ index: indexOf([wide]), sign: 1 }], 12)];
    const plain = [{ added: [wide], removed: [], weight: 12 }];
    for (const before of [[], [1], [2, 1], [1], [3, 3, 1]]) {
      expect(nextTokenDistribution(Uint16Array.from(before), scopes, shape)).toEqual(plainDistribution(before, plain));
    }
  });
});
