import type { RecordedGeneration } from '../../../../src/capture/recordedGeneration.ts';
import { ScoredText } from '../../../../src/core/scoredText.ts';
import type { Source } from '../../../../src/core/words.ts';

const SOURCE: Source = {
  engine: 'recorded',
  model: 'some-model',
  tokenizer: 'some-tokenizer',
  distribution: { kind: 'raw' },
  vocabulary: { kind: 'full' },
  mode: 'generated',
  contextPolicy: 'whole',
};

/** A generation with tokens as models have them: a word with the space before it, a sign, some white space. */
export function someGeneration(id: string, text: string, uniform: () => number): RecordedGeneration {
  const tokenEnds = Uint32Array.from(
    text.matchAll(/ ?\w{1,6}|\s+(?= \w)|\s+|./gsu),
    (token) => token.index + token[0].length,
  );
  const logprobsNats = Float64Array.from(tokenEnds, () => Math.log(1 - uniform()));
  const entropiesNats = Float64Array.from(tokenEnds, () => uniform());
  const alternatives = new Map(
    Array.from(tokenEnds.keys(), (token) => [token, [{ text: `${id}.${token}`, logprobNats: -1 }]] as const),
  );
  const measures = { logprobsNats, entropiesNats };
  const scored = ScoredText.of({ text, source: SOURCE, tokenEnds, measures, alternatives });
  return { id, atMs: 0, client: null, kind: 'content', scored };
}
