import { unscoreDrafted } from './draftedRows.ts';
import { isRecord, readArray, readCount, readCounts, readField, readPath, readString } from './jsonReaders.ts';
import { hasProbability, llamaRow } from './llamaRow.ts';
import { withMissingRows } from './missingRows.ts';
import { emptyPart, type WirePart } from './wirePart.ts';

/**
 * llama-server's own `/completion` and `/infill`, whole or a chunk of a stream; a list of answers for several prompts.
 *
 * Source: llama.cpp's `tools/server/README.md`.
 */
export function readLlamaServer(body: unknown, choice = 0): WirePart | undefined {
  const answer = Array.isArray(body) ? answerAt(readArray(body), choice) : body;
  if (!isRecord(answer) || !FIELDS.some((name) => Object.hasOwn(answer, name))) return undefined;
  const list = readArray(answer.completion_probabilities);
  const tokenIds = readCounts(answer.tokens);
  const isScaled = list.some(hasProbability) || readPath(answer, 'generation_settings', 'post_sampling_probs') === true;
  return unscoreDrafted({
    ...emptyPart('llama-server'),
    text: readString(answer.content) ?? '',
    rows: withMissingRows(list.map(llamaRow), tokenIds),
    tokenIds,
    finishReason: finishReason(answer),
    distribution: isScaled ? 'scaled' : list.length > 0 ? 'raw' : null,
    draftedTokens: readCount(readPath(answer, 'timings', 'draft_n')),
    generatedTokens: readCount(answer.tokens_predicted),
    promptTokens: readCount(answer.tokens_evaluated),
    model: readString(answer.model),
  });
}

/** Whether the answer of `/slots` says that some slot drafts tokens ahead, so that its rows cannot be believed. */
export function slotsSpeculate(body: unknown): boolean {
  return readArray(body).some((slot) => readField(slot, 'speculative') === true);
}

/** Any of these shows that llama-server speaks. */
const FIELDS = ['completion_probabilities', 'tokens_predicted', 'tokens_evaluated', 'stop_type', 'id_slot', 'slot_id'];

function answerAt(answers: readonly unknown[], choice: number): unknown {
  return answers.find((answer, at) => (readCount(readField(answer, 'index')) ?? at) === choice);
}

/** The reason, which older builds spread over three fields. */
function finishReason(answer: unknown): string | null {
  const type = readString(readField(answer, 'stop_type'));
  if (type !== null) return type === 'none' ? null : type;
  return ['eos', 'word', 'limit'].find((reason) => readField(answer, `stopped_${reason}`) === true) ?? null;
}
