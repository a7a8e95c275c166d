import { BACK_OFF_WEIGHTS, interpolate } from './interpolate.ts';
import { PairTable } from './pairTable.ts';
import type { Ranges, Scope } from './scope.ts';
import type { NgramShape } from './tokenIndex.ts';

export interface TokenScores {
  /** Log-probability of each token given all before it, in nats. */
  readonly logprobsNats: Float64Array;
  /** Length of the longest context in which the token had been seen; NaN where it never had been. */
  readonly seenContexts: Float64Array;
  /** Length of the longest context before each token that had been seen, whatever came after it. */
  readonly knownContexts: Float64Array;
}

/**
 * Probability of each token of a text, by all contexts before it that are shorter than the order.
 *
 * From no context to the longest, and inside each from the widest scope to the nearest, each step refines the belief of
 * the one before (the nested cache of Hellendoorn & Devanbu 2017, with weighted Witten-Bell smoothing):
 *
 *     1/V -> no context:  workspace, folder, this text so far
 *         -> one token:   workspace, folder, this text so far
 *         -> ...
 *
 * The work goes level by level, not token by token: each different context of the text is looked up once.
 *
 * @param text the tokens to score, without the `endOfText` that comes before and after them
 * @param scopes widest first
 * @param scopesHoldText whether this very text was learned in each scope, so that its own counts are to be taken out;
 *   otherwise the scopes are free of it
 */
export function scoreTokens(
  text: Uint16Array,
  scopes: readonly Scope[],
  shape: NgramShape,
  scopesHoldText = false,
): TokenScores {
  const sequence = new Uint16Array(text.length + 2).fill(shape.endOfText);
  sequence.set(text, 1);

  const refined: Refined = {
    beliefs: new Float64Array(text.length + 1).fill(1 / shape.vocabularySize),
    seenContexts: new Float64Array(text.length + 1).fill(Number.NaN),
    knownContexts: new Float64Array(text.length + 1),
  };
  let level = ContextLevel.empty(scopes, text.length + 1, scopesHoldText);
  for (let depth = 0; depth < shape.order && level.size > 0; depth++) {
    const next = level.continueWith(sequence);
    for (let slot = 0; slot < scopes.length; slot++) level.believeScope(slot, next, refined);
    level.believeTextSoFar(next, refined);
    level = next.asContexts();
  }
  return {
    logprobsNats: refined.beliefs.subarray(1).map(Math.log),
    seenContexts: refined.seenContexts.slice(1),
    knownContexts: refined.knownContexts.slice(1),
  };
}

/** What is known of each position so far, the end of text before the first token included. */
interface Refined {
  readonly beliefs: Float64Array;
  readonly seenContexts: Float64Array;
  readonly knownContexts: Float64Array;
}

/** For one scope: the ranges of a level's contexts, and what they sum up to. */
interface ScopeColumns {
  readonly scope: Scope;
  readonly ranges: Ranges;
  readonly counts: Int32Array;
  /** How many of the tokens that follow each context do so in the text itself alone. */
  readonly usedUp: Int32Array;
  /** -1 until asked for. */
  readonly types: Int32Array;
}

/** The different contexts of one length in the text, and where each place of the text has its own. */
class ContextLevel {
  readonly depth: number;
  readonly size: number;
  /** For each position of the sequence, the context right before it; -1: none worth a look. */
  readonly contextAt: Int32Array;
  readonly columns: readonly ScopeColumns[];
  /** How often each context occurs in the text itself. */
  readonly occurrences: Int32Array;
  readonly #scopesHoldText: boolean;

  private constructor(
    depth: number,
    contextAt: Int32Array,
    columns: readonly ScopeColumns[],
    occurrences: Int32Array,
    scopesHoldText: boolean,
  ) {
    this.depth = depth;
    this.size = occurrences.length;
    this.contextAt = contextAt;
    this.columns = columns;
    this.occurrences = occurrences;
    this.#scopesHoldText = scopesHoldText;
  }

  /** The context of no tokens; `length` counts the text's tokens and the end of text before them. */
  static empty(scopes: readonly Scope[], length: number, scopesHoldText: boolean): ContextLevel {
    const columns = scopes.map((scope): ScopeColumns => {
      const ranges = scope.everything();
      const count = scope.count(ranges) - (scopesHoldText ? length : 0);
      return { scope, ranges, counts: Int32Array.of(count), usedUp: Int32Array.of(0), types: Int32Array.of(-1) };
    });
    // The end of text after the text only ends contexts; as a token it is the next text's.
    const contextAt = new Int32Array(length + 1);
    contextAt[length] = -1;
    return new ContextLevel(0, contextAt, columns, Int32Array.of(length), scopesHoldText);
  }

  /** The contexts one token longer: each of these, continued with the token that stands after it. */
  continueWith(sequence: Uint16Array): ContextLevel {
    const table = new PairTable(sequence.length);
    const continued = new Int32Array(sequence.length).fill(-1);
    for (let position = 0; position < sequence.length; position++) {
      const context = this.contextAt[position] ?? -1;
      if (context >= 0) continued[position] = table.intern(context, sequence[position] ?? 0);
    }
    const occurrences = new Int32Array(table.size);
    for (const node of continued) {
      if (node >= 0) occurrences[node] = (occurrences[node] ?? 0) + 1;
    }
    const own = this.#scopesHoldText ? occurrences : new Int32Array(table.size);
    const columns = this.columns.map((column) => narrowColumns(column, table, this.depth, own));
    return new ContextLevel(this.depth + 1, continued, columns, occurrences, this.#scopesHoldText);
  }

  /** Refines the beliefs by one scope's counts of these contexts and of their continuations. */
  believeScope(slot: number, next: ContextLevel, { beliefs, seenContexts, knownContexts }: Refined): void {
    const column = this.columns[slot];
    const nextCounts = next.columns[slot]?.counts;
    if (column === undefined || nextCounts === undefined) return;
    for (let position = 1; position < beliefs.length; position++) {
      const context = this.contextAt[position] ?? -1;
      if (context < 0) continue;
      const total = column.counts[context] ?? 0;
      if (total === 0) continue;
      knownContexts[position] = this.depth;
      const count = nextCounts[next.contextAt[position] ?? -1] ?? 0;
      const types = typesOf(column, context, this.depth);
      beliefs[position] = interpolate(beliefs[position] ?? 0, count, total, types, column.scope.backOffWeight);
      if (count > 0) seenContexts[position] = this.depth;
    }
  }

  /** Refines the beliefs by the text itself, as far as it goes before each token. */
  believeTextSoFar(next: ContextLevel, { beliefs, seenContexts, knownContexts }: Refined): void {
    const totals = new Int32Array(this.size);
    const types = new Int32Array(this.size);
    const counts = new Int32Array(next.size);
    for (let position = 1; position < beliefs.length; position++) {
      const context = this.contextAt[position] ?? -1;
      if (context < 0) continue;
      const node = next.contextAt[position] ?? -1;
      const count = counts[node] ?? 0;
      const total = totals[context] ?? 0;
      if (total > 0) knownContexts[position] = this.depth;
      const believed = beliefs[position] ?? 0;
      beliefs[position] = interpolate(believed, count, total, types[context] ?? 0, BACK_OFF_WEIGHTS.textSoFar);
      if (count > 0) seenContexts[position] = this.depth;
      else types[context] = (types[context] ?? 0) + 1;
      counts[node] = count + 1;
      totals[context] = total + 1;
    }
  }

  /**
   * The same level seen as contexts of the tokens that follow: moved one place on, without the contexts that nobody else
   * has and that come only once in the text, which nothing can be learned from.
   */
  asContexts(): ContextLevel {
    const contextAt = new Int32Array(this.contextAt.length).fill(-1);
    let living = 0;
    for (let position = 0; position + 1 < contextAt.length; position++) {
      const node = this.contextAt[position] ?? -1;
      if (node < 0 || !this.#lives(node)) continue;
      contextAt[position + 1] = node;
      living++;
    }
    const occurrences = living === 0 ? new Int32Array(0) : this.occurrences;
    return new ContextLevel(this.depth, contextAt, this.columns, occurrences, this.#scopesHoldText);
  }

  #lives(node: number): boolean {
    if ((this.occurrences[node] ?? 0) > 1) return true;
    return this.columns.some((column) => (column.counts[node] ?? 0) > 0);
  }
}

/** The number of types after a context, worked out when first asked for. */
function typesOf(column: ScopeColumns, context: number, depth: number): number {
  let types = column.types[context] ?? -1;
  if (types < 0) {
    types = column.scope.countTypes(column.ranges, context * column.scope.rangeLength, depth);
    types -= column.usedUp[context] ?? 0;
    column.types[context] = types;
  }
  return types;
}

/**
 * Ranges and counts, in one scope, of all continued contexts in the table.
 * @param own how often each occurs in the text itself, as far as the scope holds the text
 */
function narrowColumns(column: ScopeColumns, table: PairTable, depth: number, own: Int32Array): ScopeColumns {
  const { scope, ranges, counts, usedUp } = column;
  const { rangeLength } = scope;
  const continued: ScopeColumns = {
    scope,
    ranges: new Uint32Array(table.size * rangeLength),
    counts: new Int32Array(table.size),
    usedUp: new Int32Array(table.size),
    types: new Int32Array(table.size).fill(-1),
  };
  for (let node = 0; node < table.size; node++) {
    const context = table.first(node);
    // Of a context that only the text itself has nothing is left to look up, at this length or longer.
    if (counts[context] === 0) continue;
    const place = context * rangeLength;
    const count = scope.narrow(ranges, place, depth, table.second(node), continued.ranges, node * rangeLength);
    const ownCount = own[node] ?? 0;
    continued.counts[node] = count - ownCount;
    if (ownCount > 0 && count === ownCount) usedUp[context] = (usedUp[context] ?? 0) + 1;
  }
  return continued;
}
