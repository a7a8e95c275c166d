import { number, oneOf, orNull, record, text } from '../../core/json/fieldReaders.ts';
import { scoredTextFromJson, scoredTextToJson } from '../../core/json/scoredTextJson.ts';
import type { RecordedGeneration } from '../recordedGeneration.ts';

/** A generation as it goes from the recorder to those who follow it. */
export function generationToJson({ scored, ...generation }: RecordedGeneration): string {
  return JSON.stringify({ ...generation, scored: scoredTextToJson(scored) });
}

/** @throws CandorError `corrupt`, or `bad-input`, for what is no generation */
export function generationFromJson(json: unknown): RecordedGeneration {
  const fields = record(json);
  return {
    id: text(fields.id),
    atMs: number(fields.atMs),
    client: orNull(fields.client ?? null, text),
    kind: oneOf(fields.kind, ['content', 'tool-call']),
    scored: scoredTextFromJson(fields.scored),
  };
}
