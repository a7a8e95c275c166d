import { randomUUID } from 'node:crypto';
import { scoredTextFromRows } from '../../core/scoredTextFromRows.ts';
import type { Distribution, Source } from '../../core/words.ts';
import { joinParts } from '../../wire/joinParts.ts';
import {
  isRecord,
  readArray,
  readCount,
  readField,
  readNumber,
  readString,
  type JsonRecord,
} from '../../wire/jsonReaders.ts';
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
    part: Pick<WirePart, 'model' | 'distribution'>,
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
        parts.push(part);
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

function sourceOf(
  { body, host }: RecordedRequest,
  { model, distribution }: Pick<WirePart, 'model' | 'distribution'>,
): Source {
  const named = model ?? readString(body.model) ?? 'unknown';
  const raw: Distribution = { kind: 'raw' };
  const options = isRecord(body.options) ? body.options : body;
  const temperature = readNumber(options.temperature) ?? 1;
  return {
    engine: 'recorder',
    model: `${named}@${host}`,
    tokenizer: 'of the model',
    distribution: distribution === 'scaled' ? { kind: 'scaled', temperature } : raw,
    vocabulary: { kind: 'full' },
    mode: 'generated',
    contextPolicy: 'as the client prompted',
  };
}
