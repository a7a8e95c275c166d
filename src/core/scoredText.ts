import { CandorError } from './candorError.ts';
import type { Alternative, Source, Token } from './words.ts';

/**
 * What an engine may say about each token beside its log-probability, one entry a token. An engine leaves out what it
 * does not know, and NaN stands for a single token of which nothing is known.
 */
export interface TokenMeasures {
  /** Log-probability of the token where it stands, in nats, at most 0; NaN: unscored. */
  readonly logprobsNats: Float64Array;
  /** Entropy of the distribution that the token was drawn from, in nats, at least 0. */
  readonly entropiesNats?: Float64Array;
  /** Rank of the token among all that could stand there, from 1. */
  readonly ranks?: Float64Array;
  /** Length, in tokens, of the longest context in which this very token had been seen before; NaN: never seen. */
  readonly seenContexts?: Float64Array;
  /** Length, in tokens, of the longest context before the token that had been seen, whatever came after it. */
  readonly knownContexts?: Float64Array;
}

/** The parts of a ScoredText. Only ends are given: a token starts where the one before it ends. */
export interface ScoredTextParts {
  readonly text: string;
  readonly source: Source;
  /** End of each token, in UTF-16 units, strictly increasing; the last one is the text's length. */
  readonly tokenEnds: Uint32Array;
  readonly measures: TokenMeasures;
  /** By token index; most likely first. A token without an entry has no known alternatives. */
  readonly alternatives?: ReadonlyMap<number, readonly Alternative[]>;
}

/**
 * A text, the tokens that tile it, and who scored them.
 *
 *     text     |f o o|( |b a r|) |
 *     ends           3 4      7 8
 *
 * Only the ends are kept, so there can be no gap and no overlap: joined, the tokens are the text. The constructor is
 * private and `of` checks the rest, so whoever holds a ScoredText may rely on it.
 */
export class ScoredText {
  readonly text: string;
  readonly source: Source;
  readonly tokenEnds: Uint32Array;
  readonly measures: TokenMeasures;
  readonly alternatives: ReadonlyMap<number, readonly Alternative[]>;

  private constructor(parts: ScoredTextParts) {
    this.text = parts.text;
    this.source = parts.source;
    this.tokenEnds = parts.tokenEnds;
    this.measures = parts.measures;
    this.alternatives = parts.alternatives ?? new Map();
  }

  /**
   * Builds a ScoredText from parts that fit.
   * @throws CandorError `bad-input` when ends do not rise to the text's length, when a column has another length than
   * the tokens, or when a log-probability is above 0.
   */
  static of(parts: ScoredTextParts): ScoredText {
    const { text, tokenEnds, measures } = parts;
    let previousEnd = 0;
    for (const end of tokenEnds) {
      if (end <= previousEnd) throw doesNotTile(`a token ends at ${end}, the one before it at ${previousEnd}`);
      previousEnd = end;
    }
    if (previousEnd !== text.length) {
      throw doesNotTile(`the last token ends at ${previousEnd}, the text at ${text.length}`);
    }
    const { logprobsNats, entropiesNats, ranks, seenContexts, knownContexts } = measures;
    const columns = [logprobsNats, entropiesNats, ranks, seenContexts, knownContexts];
    for (const column of columns) {
      if (column !== undefined && column.length !== tokenEnds.length) {
        throw doesNotTile(`${column.length} measures were given for ${tokenEnds.length} tokens`);
      }
    }
    for (const logprob of measures.logprobsNats) {
      if (logprob > 0) throw doesNotTile(`a log-probability of ${logprob} is above 0`);
    }
    return new ScoredText(parts);
  }

  get tokenCount(): number {
    return this.tokenEnds.length;
  }

  /** Offset at which token `index` starts. */
  tokenStart(index: number): number {
    return index === 0 ? 0 : (this.tokenEnds[index - 1] ?? this.text.length);
  }

  /** Offset at which token `index` ends. */
  tokenEnd(index: number): number {
    return this.tokenEnds[index] ?? this.text.length;
  }

  /** Token `index` as an object; for loops over many tokens read the columns instead. */
  token(index: number): Token {
    const start = this.tokenStart(index);
    const end = this.tokenEnd(index);
    const logprobNats = this.measures.logprobsNats[index] ?? Number.NaN;
    const alternatives = this.alternatives.get(index);
    return {
      text: this.text.slice(start, end),
      start,
      end,
      ...(Number.isNaN(logprobNats) ? {} : { logprobNats }),
      ...(alternatives === undefined ? {} : { alternatives }),
    };
  }

  *tokens(): IterableIterator<Token> {
    for (let index = 0; index < this.tokenCount; index++) yield this.token(index);
  }
}

function doesNotTile(detail: string): CandorError {
  return new CandorError('bad-input', `The scored tokens do not fit their text: ${detail}. Score the text again.`);
}
