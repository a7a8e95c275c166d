import type { Distribution, Source, VocabularyCoverage } from '../words.ts';
import { count, number, oneOf, record, text } from './fieldReaders.ts';

/**
 * Reads a Source from parsed JSON; unknown fields are left out.
 * @throws CandorError `corrupt` for anything that is amiss
 */
export function parseSource(json: unknown): Source {
  const { engine, model, tokenizer, distribution, vocabulary, mode, contextPolicy, snapshot } = record(json);
  return {
    engine: text(engine),
    model: text(model),
    tokenizer: text(tokenizer),
    distribution: distributionOf(distribution),
    vocabulary: vocabularyOf(vocabulary),
    mode: oneOf(mode, ['generated', 'teacher-forced']),
    contextPolicy: text(contextPolicy),
    ...(snapshot !== undefined && { snapshot: text(snapshot) }),
  };
}

function distributionOf(json: unknown): Distribution {
  const { kind, temperature } = record(json);
  return kind === 'scaled' ? { kind, temperature: number(temperature) } : { kind: oneOf(kind, ['raw']) };
}

function vocabularyOf(json: unknown): VocabularyCoverage {
  const { kind, k } = record(json);
  return kind === 'top-k' ? { kind, k: count(k) } : { kind: oneOf(kind, ['full']) };
}
