import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verbalConfidence } from '../../../../src/core/opinions/verbalConfidence.ts';

describe('verbalConfidence', () => {
  it.each([
    ['85%', 0.85],
    ['85 %', 0.85],
    ['0.5%', 0.005],
    ['I am 70 percent sure.', 0.7],
    ['about 70 per cent', 0.7],
    ['100%', 1],
    ['0.85', 0.85],
    ['.85', 0.85],
    ['0.85.', 0.85],
    ['P = 0.85', 0.85],
    ['1.0', 1],
    ['0.0', 0],
    ['Confidence: 85/100', 0.85],
    ['8/10', 0.8],
    ['8.5 out of 10', 0.85],
    ['Confidence: 85', 0.85],
    ['**Confidence level:** 70.', 0.7],
    ['85', 0.85],
    ['`85`', 0.85],
    ['0', 0],
    ['100', 1],
    ['0.85 (that is 85%, or 85/100)', 0.85],
    ['The code is fine.\nConfidence: 0.9\n', 0.9],
  ])('reads %j', (answer, confidence) => {
    expect(verbalConfidence(answer)).toBeCloseTo(confidence, 12);
  });

  it.each([
    ['No chance', 0],
    ['little chance', 0.2],
    ['Less than even.', 0.4],
    ['"Fairly possible"', 0.6],
    ['Confidence: **Very good chance**', 0.8],
    ['The loop is right.\n\n  almost   certain\n', 1],
    ['Very good chance (80%)\n80%\nVery good chance', 0.8],
  ])('knows the phrase in %j', (answer, confidence) => {
    expect(verbalConfidence(answer)).toBeCloseTo(confidence, 12);
  });

  it.each([
    ['nothing', ''],
    ['no confidence', 'The code looks right to me.'],
    ['two that differ', 'between 80% and 90%'],
    ['a number and a phrase that differ', '85%\nLittle chance'],
    ['two phrases', 'No chance\nAlmost certain'],
    ['a range', '80-90%'],
    ['a range of shares', '0.8 to 0.9'],
    ['more than all', '150%'],
    ['more than all of ten', '11/10'],
    ['less than nothing', '-5%'],
    ['a version', 'Python 3.11'],
    ['1, which could be either end', '1'],
    ['1, also after a word', 'Confidence: 1'],
    ['a whole number that is no percent', '850'],
    ['a bare number beside something else', 'It fails on 85 inputs'],
    ['a scale', 'confidence (0-100)'],
    ['a phrase that speaks of something else', 'There is no chance of failure.'],
    ['another word', 'almost certainly'],
    ['another count', '17/20'],
    ['a decimal comma', '0,85'],
  ])('reads nothing from %s', (_, answer) => {
    expect(verbalConfidence(answer)).toBeNull();
  });

  it('reads what was written, in each way of writing it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 99 }), (percent) => {
        const share = (percent / 100).toFixed(2);
        for (const answer of [
          `${percent}%`,
          `${percent}/100`,
          share,
          `Confidence: ${percent}`,
          `${percent}`,
          `${share}, so ${percent} percent`,
        ])
          expect(verbalConfidence(answer)).toBeCloseTo(percent / 100, 12);
      }),
      { seed: 1, numRuns: 98 },
    );
  });

  it('answers anything with a share or nothing, and soon', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom('8', '.', '%', '/', '-', ' ', '\n', ':', 'to', 'out of', 'confidence', 'no chance')),
        (parts) => {
          const confidence = verbalConfidence(parts.join(''));
          if (confidence !== null) {
            expect(confidence).toBeGreaterThanOrEqual(0);
            expect(confidence).toBeLessThanOrEqual(1);
          }
        },
      ),
      { seed: 2, numRuns: 1000 },
    );
    for (const part of ['8', '. ', '**', 'confidence ', '8 ', '8.', '\n:', 'no chance '])
      expect(() => verbalConfidence(part.repeat(100_000))).not.toThrow();
  });
});
