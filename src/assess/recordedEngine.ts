import { CandorError } from '../core/candorError.ts';
import { ScoredText, type TokenMeasures } from '../core/scoredText.ts';
import type { Alternative, Source } from '../core/words.ts';
import type { Engine } from '../engines/engine.ts';

/** What a generator's own tokens say of a stretch of a text: `scored.text` is what stands there. */
export interface RecordedStretch {
  readonly start: number;
  readonly scored: ScoredText;
}

/**
 * An engine that repeats what a generator said of some stretches of one text when it wrote them, and knows nothing of the rest.
 *
 *     text        |   unscored   |to|k|ens|    unscored    |tok|ens|
 *     stretches                  [        ]                [       ]
 *
 * @param stretches in order, not overlapping, at least one, all of one Source
 */
export function recordedEngine(text: string, stretches: readonly RecordedStretch[]): Engine {
  const source = stretches[0]?.scored.source;
  if (source === undefined) {
    throw new CandorError('bad-call', 'Nothing was recorded of this text. Score it with an engine.');
  }
  const scored = ScoredText.of(laidOn(text, stretches, source));
  return {
    name: source.engine,
    capabilities: {
      score: 'prefill',
      generate: false,
      fillInTheMiddle: false,
      maxTopK: 0,
      distribution: source.distribution,
      vocabulary: source.vocabulary,
    },
    source,
    score: (request) => (request.text === text ? Promise.resolve(scored) : Promise.reject(notRecorded())),
    alternatives: () => Promise.resolve([]),
    generate: () => Promise.reject(notRecorded()),
    close: () => Promise.resolve(),
  };
}

type Column = keyof TokenMeasures;

const COLUMNS: readonly Column[] = ['logprobsNats', 'entropiesNats', 'ranks', 'seenContexts', 'knownContexts'];

function laidOn(
  text: string,
  stretches: readonly RecordedStretch[],
  source: Source,
): Parameters<typeof ScoredText.of>[0] {
  const ends: number[] = [];
  const alternatives = new Map<number, readonly Alternative[]>();
  const values = new Map<Column, number[]>(COLUMNS.map((column) => [column, []]));
  const known = COLUMNS.filter((column) => stretches.some(({ scored }) => scored.measures[column] !== undefined));
  const skipTo = (offset: number): void => {
    if (offset <= (ends.at(-1) ?? 0)) return;
    ends.push(offset);
    for (const column of COLUMNS) values.get(column)?.push(Number.NaN);
  };
  for (const { start, scored } of stretches) {
    skipTo(start);
    for (const [token, ofToken] of scored.alternatives) alternatives.set(ends.length + token, ofToken);
    for (const end of scored.tokenEnds) ends.push(start + end);
    for (const column of COLUMNS) {
      const recorded = scored.measures[column] ?? new Float64Array(scored.tokenCount).fill(Number.NaN);
      values.get(column)?.push(...recorded);
    }
  }
  skipTo(text.length);
  const columnOf = (column: Column): Float64Array => Float64Array.from(values.get(column) ?? []);
  const optional = known.filter((column) => column !== 'logprobsNats');
  return {
    text,
    source,
    tokenEnds: Uint32Array.from(ends),
    measures: {
      logprobsNats: columnOf('logprobsNats'),
      ...Object.fromEntries(optional.map((column) => [column, columnOf(column)])),
    },
    alternatives,
  };
}

function notRecorded(): CandorError {
  return new CandorError(
    'unsupported',
    'Only what a generator said when it wrote is known here. Choose an engine to ask.',
  );
}
