import type { Authors, CalibrationKey, Source, Target } from '../words.ts';

/**
 * The identity of a pair of Source and Target: equal exactly where numbers may be compared. What an engine that learns had
 * learned is left out, for it learns by the hour: that it learns is a part of its context policy. Outcomes of all code, where nothing
 * tells which of it a model wrote, make another key than those of AI-written code.
 */
export function calibrationKeyOf(source: Source, target: Target, authors: Authors): CalibrationKey {
  const { engine, model, tokenizer, distribution, vocabulary, mode, contextPolicy } = source;
  return JSON.stringify([
    [engine, model, tokenizer],
    distribution.kind === 'scaled' ? ['scaled', distribution.temperature] : ['raw'],
    vocabulary.kind === 'top-k' ? ['top-k', vocabulary.k] : ['full'],
    [mode, contextPolicy],
    [target.event, target.horizon ?? null, target.unit, target.definition, authors],
  ]);
}
