import { ScoredText, type TokenMeasures } from '../scoredText.ts';
import type { Alternative, Source } from '../words.ts';
import { count, list, number, orNull, record, text, type JsonRecord } from './fieldReaders.ts';
import { parseSource } from './parseSource.ts';

type Column = readonly (number | null)[];

/** A ScoredText as it crosses to another process: JSON has no NaN, so null stands for what is not known. */
export interface ScoredTextJson {
  readonly text: string;
  readonly source: Source;
  readonly tokenEnds: readonly number[];
  readonly measures: Readonly<Record<keyof TokenMeasures, Column | null>>;
  /** Index of a token, and its alternatives. */
  readonly alternatives: readonly (readonly [token: number, alternatives: readonly Alternative[]])[];
}

export function scoredTextToJson({ text, source, tokenEnds, measures, alternatives }: ScoredText): ScoredTextJson {
  return {
    text,
    source,
    tokenEnds: [...tokenEnds],
    measures: {
      logprobsNats: columnToJson(measures.logprobsNats),
      entropiesNats: columnToJson(measures.entropiesNats),
      ranks: columnToJson(measures.ranks),
      seenContexts: columnToJson(measures.seenContexts),
      knownContexts: columnToJson(measures.knownContexts),
    },
    alternatives: [...alternatives],
  };
}

/** @throws CandorError `corrupt` for what is no scored text, `bad-input` for tokens that do not fit their text */
export function scoredTextFromJson(json: unknown): ScoredText {
  const fields = record(json);
  const measures = record(fields.measures);
  return ScoredText.of({
    text: text(fields.text),
    source: parseSource(fields.source),
    tokenEnds: Uint32Array.from(list(fields.tokenEnds, count)),
    measures: {
      logprobsNats: columnOf(measures, 'logprobsNats') ?? new Float64Array(),
      ...optional(measures, 'entropiesNats'),
      ...optional(measures, 'ranks'),
      ...optional(measures, 'seenContexts'),
      ...optional(measures, 'knownContexts'),
    },
    alternatives: new Map(
      list(fields.alternatives, (entry) => {
        const [token, alternatives] = list(entry, (part) => part);
        return [count(token), list(alternatives, alternativeOf)] as const;
      }),
    ),
  });
}

function columnToJson(column: Float64Array | undefined): Column | null {
  return column === undefined ? null : Array.from(column, (value) => (Number.isNaN(value) ? null : value));
}

function optional(measures: JsonRecord, name: keyof TokenMeasures): Partial<TokenMeasures> {
  const column = columnOf(measures, name);
  return column === null ? {} : { [name]: column };
}

function columnOf(measures: JsonRecord, name: keyof TokenMeasures): Float64Array | null {
  const values = orNull(measures[name] ?? null, (column) => list(column, (value) => orNull(value, number)));
  return values === null ? null : Float64Array.from(values, (value) => value ?? Number.NaN);
}

function alternativeOf(json: unknown): Alternative {
  const fields = record(json);
  return { text: text(fields.text), logprobNats: number(fields.logprobNats) };
}
