import { describe, expect, it } from 'vitest';
import { opinionMeasures } from '../../../src/assess/opinions/opinionMeasures.ts';
import { clusterMeasures, clusterSizesOf } from '../../../src/core/opinions/clusterMeasures.ts';
import { truthProbability } from '../../../src/core/opinions/truthProbability.ts';
import { verbalConfidence } from '../../../src/core/opinions/verbalConfidence.ts';
import { ScoredText } from '../../../src/core/scoredText.ts';
import { evaluateSignals } from '../../../src/core/signals/evaluateSignals.ts';
import type { TokenView } from '../../../src/core/signals/tokenView.ts';
import { someSource } from '../core/someSource.ts';
import { readPublished } from './readPublished.ts';

interface Uqlm {
  readonly clusters: readonly {
    readonly original: string;
    readonly samples: readonly string[];
    readonly clusterCount: number;
    readonly functionalEquivalenceRate: number;
    readonly functionalEntropyNats: number;
    readonly functionalNegentropy: number;
    readonly functionalSetsConfidence: number;
    readonly sampleEntropyNats: number;
  }[];
  readonly tokens: readonly {
    readonly logprobsNats: readonly number[];
    readonly alternatives: readonly (readonly number[])[];
    readonly meanNegentropy: number;
    readonly minimumNegentropy: number;
    readonly topTwoMargin: number;
    readonly minimumProbability: number;
    readonly geometricMeanProbability: number;
  }[];
  readonly answers: readonly { readonly word: string; readonly chance: number; readonly truth: number }[];
  readonly phrases: readonly { readonly text: string; readonly confidence: number | null }[];
}

const { clusters, tokens, answers, phrases } = readPublished('uqlm') as Uqlm;

const oneToken = (text: string): ScoredText =>
  ScoredText.of({
    text,
    source: someSource,
    tokenEnds: Uint32Array.of(text.length),
    measures: { logprobsNats: Float64Array.of(-1) },
  });

describe('UQLM, the authors’ code', () => {
  it('measures clusters alike, the original one of the answers', () => {
    expect(clusters.length).toBeGreaterThan(30);
    for (const { original, samples, ...published } of clusters) {
      const ours = clusterMeasures(clusterSizesOf(original, samples))!;
      expect(ours.sampleCount).toBe(samples.length);
      expect(ours.clusterCount).toBe(published.clusterCount);
      expect(ours.functionalEquivalenceRate).toBeCloseTo(published.functionalEquivalenceRate, 12);
      expect(ours.functionalEntropyNats).toBeCloseTo(published.functionalEntropyNats, 12);
      expect(ours.functionalNegentropy).toBeCloseTo(published.functionalNegentropy, 12);
      expect(ours.functionalSetsConfidence).toBeCloseTo(published.functionalSetsConfidence, 12);
    }
  });

  it('measures them alike where a report is made of them, the entropy of the samples alone included', () => {
    for (const { original, samples, ...published } of clusters) {
      const behaviour = [original, ...samples].map((name) => name.charCodeAt(0));
      const measures = opinionMeasures({
        samples: samples.map((_, index) => oneToken(String.fromCharCode(65 + index))),
        // No two are the same code, so that what they do is all in which they can agree.
        syntax: {
          clusters: behaviour.map((_, index) => index),
          broken: behaviour.map(() => false),
          words: behaviour.map((_, index) => [String(index)]),
        },
        behaviour,
      });
      expect(measures.functionalEquivalenceRate).toBeCloseTo(published.functionalEquivalenceRate, 12);
      expect(measures.functionalEntropy).toBeCloseTo(published.functionalEntropyNats, 12);
      expect(measures.functionalNegentropy).toBeCloseTo(published.functionalNegentropy, 12);
      expect(measures.functionalSetsConfidence).toBeCloseTo(published.functionalSetsConfidence, 12);
      expect(measures.sampleEntropy).toBeCloseTo(published.sampleEntropyNats, 12);
    }
  });

  it('gives the signals of tokens that came from it the same values', () => {
    for (const { logprobsNats, alternatives, ...published } of tokens) {
      const view: TokenView = {
        logprobsNats: Float64Array.from(logprobsNats),
        alternatives: alternatives.map((list) => list.map((logprobNats) => ({ text: '', logprobNats }))),
      };
      const signals = evaluateSignals(view);
      expect(signals.meanNegentropy).toBeCloseTo(published.meanNegentropy, 12);
      expect(signals.topTwoMargin).toBeCloseTo(published.topTwoMargin, 12);
      expect(signals.geometricMeanProbability).toBeCloseTo(published.geometricMeanProbability, 12);
      expect(Math.exp(signals.minimumLogprob!)).toBeCloseTo(published.minimumProbability, 12);
      // Ours is the mean of the five lowest, which is the lowest where there is but one token.
      if (logprobsNats.length === 1) expect(signals.lowestNegentropies).toBeCloseTo(published.minimumNegentropy, 12);
      else expect(signals.lowestNegentropies).toBeGreaterThan(published.minimumNegentropy - 1e-12);
    }
  });

  // It sees the first token alone and gives the other label what is left; it asks once. Ours shares out what both labels have.
  it('believes a claim as much, where the labels have the whole mass and the order does not matter', () => {
    for (const { word, chance, truth } of answers) {
      const [own, other] = [Math.log(chance), Math.log(1 - chance)];
      const labels = word === 'True' ? { trueNats: own, falseNats: other } : { trueNats: other, falseNats: own };
      expect(truthProbability(labels, labels)!.probability).toBeCloseTo(truth, 12);
    }
  });

  it('reads the six phrases alike, and takes more for one of them', () => {
    const alone = phrases.filter(({ text }) => !/[,]|cannot/.test(text));
    expect(new Set(alone.map(({ confidence }) => confidence)).size).toBe(6);
    for (const { text, confidence } of alone) expect(verbalConfidence(text), text).toBe(confidence);
    // It looks for a phrase anywhere; ours for one that stands alone, or it would take the opposite for the answer.
    const inside = phrases.find(({ text }) => text.startsWith('no chance of failing'))!;
    expect(inside.confidence).toBe(1);
    expect(verbalConfidence(inside.text)).toBeNull();
    const none = phrases.find(({ text }) => text === 'I cannot say')!;
    expect([none.confidence, verbalConfidence(none.text)]).toEqual([null, null]);
  });
});
