import { randomUUID } from 'node:crypto';
import { scoredTextFromRows } from '../../core/scoredTextFromRows.ts';
import type { Source } from '../../core/words.ts';
import { joinParts } from '../../wire/joinParts.ts';
import { readArray, readCount, readField, readNumber, readString, type JsonRecord } from '../../wire/jsonReaders.ts';
import { readBody } from '../../wire/readBody.ts';
import type { WirePart, WireRow } from '../../wire/wirePart.ts';
import type { RecordedGeneration } from '../recordedGeneration.ts';
import { createToolCalls } from './toolCalls.ts';

/** What was asked, as far as a record of the reply tells of it. */
export interface RecordedRequest {
  readonly body: JsonRecord;
  readonly client: string | null;
  /** Of the upstream: a model of the same name elsewhere may be another. */
  readonly host: string;
  readonly alternatives: number;
}

/** Gathers what a reply says, from its body or from the chunks of its stream. */
export interface ReplyReader {
  read(body: unknown): void;
  /**
   * What the model wrote: a generation for each choice, and for each text among the arguments of its tools.
   * @param isWhole false: the reply was cut short. Then its beginning counts, for a person may have taken it, if it is long enough
   *   to be known again.
   */
  generations(isWhole: boolean): readonly RecordedGeneration[];
}

/** Of what was cut short, less than this is not worth keeping. */
const FEWEST_UNITS = 12;

/** More answers to one question nobody asks for. */
const MOST_CHOICES = 128;

export function createReplyReader(request: RecordedRequest): ReplyReader {
  const choices = new Map<number, WirePart[]>();
  const toolCalls = createToolCalls();

  function generation(
    kind: RecordedGeneration['kind'],
    text: string,
    part: Said,
    rows: readonly WireRow[],
  ): RecordedGeneration {
    const { alternatives: alternativesRequested, client } = request;
    const scored = scoredTextFromRows({ text, source: sourceOf(request, part), rows, alternativesRequested });
    return { id: randomUUID(), atMs: Date.now(), client, kind, scored };
  }

  return {
    read(body) {
      toolCalls.read(body);
      for (const choice of choicesIn(body)) {
        const part = readBody(body, choice);
        if (part === undefined) continue;
        const parts = choices.get(choice) ?? [];
        choices.set(choice, parts);
        parts.push(isOfSglang(body) ? { ...part, distribution: 'scaled' } : part);
      }
    },
    generations(isWhole) {
      const wholes = [...choices.values()].flatMap((parts) => joinParts(parts) ?? []);
      const fewest = isWhole ? 1 : FEWEST_UNITS;
      const contents = wholes
        .filter(({ text }) => text.trim().length >= fewest)
        .map((whole) => generation('content', whole.text, whole, whole.rows));
      const [first = { model: null, distribution: null }] = wholes;
      const calls = toolCalls.texts().map((text) => generation('tool-call', text, first, []));
      return [...contents, ...calls];
    },
  };
}

/** Which of several answers a body, or a chunk, is about. */
function choicesIn(body: unknown): readonly number[] {
  const list = Array.isArray(body) ? readArray(body) : readArray(readField(body, 'choices'));
  const indexes = list.map((item, at) => readCount(readField(item, 'index')) ?? at);
  // A chunk with no choice at all tells of the usage.
  return indexes.length === 0 ? [0] : [...new Set(indexes)].slice(0, MOST_CHOICES);
}

type Said = Pick<WirePart, 'model' | 'distribution'>;

/** A name as it is kept. */
const MOST_NAME_UNITS = 200;

function sourceOf({ body, host }: RecordedRequest, { model, distribution }: Said): Source {
  const named = (model ?? readString(body.model) ?? 'unknown').slice(0, MOST_NAME_UNITS);
  return {
    engine: 'recorder',
    model: `${named}@${host}`,
    tokenizer: 'of the model',
    distribution: distribution === 'scaled' ? { kind: 'scaled', temperature: temperatureOf(body) } : { kind: 'raw' },
    vocabulary: { kind: 'full' },
    mode: 'generated',
    contextPolicy: 'as the client prompted',
  };
}

/** At 0 a server takes the likeliest token, and tells of it as at 1: no temperature divides by 0. */
function temperatureOf(body: JsonRecord): number {
  const temperature = readNumber(body.temperature) ?? 1;
  return temperature > 0 && temperature < Number.POSITIVE_INFINITY ? temperature : 1;
}

/** SGLang scales what it tells in the shape of OpenAI as well, and nothing but this field of a choice shows that it is SGLang. */
function isOfSglang(body: unknown): boolean {
  return readArray(readField(body, 'choices')).some((choice) => readField(choice, 'matched_stop') !== undefined);
}
