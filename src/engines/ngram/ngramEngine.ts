import { CandorError } from '../../core/candorError.ts';
import { ScoredText, type TokenMeasures } from '../../core/scoredText.ts';
import type { Alternative, Source } from '../../core/words.ts';
import type { AlternativesRequest, Capabilities, Engine, ScoreRequest, TextRange } from '../engine.ts';
import type { Encoding } from '../tokenizer/encoding.ts';
import type { Tokenizer } from '../tokenizer/tokenizer.ts';
import { Corpus } from './corpus.ts';
import { leafAlternatives } from './leafAlternatives.ts';
import { lexiconOf, type Lexicon } from '../lexemes.ts';
import { likeliestTokens } from './likeliestTokens.ts';
import { nextTokensOf, type NextTokens } from './nextTokenDistribution.ts';
import { shareBase, type SharedBase } from './sharedBase.ts';
import { loadSnapshot, saveSnapshot } from './snapshotFile.ts';
import type { NgramShape } from './tokenIndex.ts';

/** Longest run of tokens that is counted. */
const ORDER = 10;

/** Name of the formula and its constants: raised whenever a probability could come out differently. */
const MODEL = 'ngram-10-witten-bell-12-32-5';

/** The shape of all counts over a tokenizer's vocabulary. */
export function ngramShape(tokenizer: Tokenizer): NgramShape {
  return { order: ORDER, vocabularySize: tokenizer.vocabularySize, endOfText: tokenizer.special('<|endoftext|>') };
}

/**
 * The naturalness of code in its own workspace (Hindle et al. 2012; Ray et al. 2016): how predictable each token is from
 * the code around it, by counting. It needs no model and no network, and it learns from file to file.
 *
 * Over sub-word tokens the vocabulary is open and every probability is proper.
 */
export class NgramEngine implements Engine {
  readonly name = 'ngram';
  readonly capabilities: Capabilities;
  readonly #tokenizer: Tokenizer;
  readonly #shape: NgramShape;
  #corpus: Corpus;
  readonly #lexicon: Lexicon;
  /** Who looks at one text asks for it several times: by its path and text, what was read last. */
  #lastReading: Reading | undefined;
  /** By its path, the distributions that were asked for last. */
  #lastNextTokens: { readonly path: string; readonly nextTokens: NextTokens } | undefined;
  /** Made when it is first needed. */
  #idsOfPieces: ReadonlyMap<string | null, number> | undefined;

  /** @param corpus what was learned before; of the shape that `ngramShape` gives for the tokenizer */
  constructor(tokenizer: Tokenizer, corpus?: Corpus) {
    this.#tokenizer = tokenizer;
    this.capabilities = {
      score: 'prefill',
      generate: false,
      fillInTheMiddle: false,
      maxTopK: tokenizer.vocabularySize,
      distribution: { kind: 'raw' },
      vocabulary: { kind: 'full' },
    };
    this.#shape = ngramShape(tokenizer);
    this.#corpus = corpus ?? new Corpus(this.#shape);
    this.#lexicon = lexiconOf(Array.from({ length: tokenizer.vocabularySize }, (_, id) => textOf(tokenizer, id)));
  }

  get source(): Source {
    return {
      engine: this.name,
      model: MODEL,
      tokenizer: this.#tokenizer.digest,
      distribution: this.capabilities.distribution,
      vocabulary: this.capabilities.vocabulary,
      mode: 'teacher-forced',
      contextPolicy: 'workspace without this file, folder without this file, this file so far',
      snapshot: this.#corpus.identity,
    };
  }

  /** Number of tokens learned. */
  get learnedTokenCount(): number {
    return this.#corpus.tokenCount;
  }

  /** Learns a file's text, in place of what it held before. `path` as in `ScoreRequest`. */
  learn(path: string, text: string): void {
    this.#corpus.learn(path, this.#tokenizer.encode(text).ids);
    this.#forgetAnswers();
  }

  /** Forgets a file. */
  forget(path: string): void {
    this.#corpus.forget(path);
    this.#forgetAnswers();
  }

  /** Forgets all. */
  forgetAll(): void {
    this.#corpus = new Corpus(this.#shape);
    this.#forgetAnswers();
  }

  /** What was learned, for other threads to score by. */
  share(): SharedBase {
    return shareBase(this.#corpus);
  }

  /** Keeps what was learned in a file that only the user may read. */
  async saveLearned(file: string): Promise<void> {
    await saveSnapshot(file, this.#corpus, this.#tokenizer.digest);
  }

  /**
   * Takes what a file holds in place of what was learned.
   * @returns false where there is none that this engine can use; then all stays as it was
   * @throws CandorError `corrupt` or `unreadable` for a damaged file
   */
  async loadLearned(file: string): Promise<boolean> {
    const corpus = await loadSnapshot(file, this.#shape, this.#tokenizer.digest);
    if (corpus !== null) this.#corpus = corpus;
    this.#forgetAnswers();
    return corpus !== null;
  }

  score(request: ScoreRequest): Promise<ScoredText> {
    return new Promise((resolve) => {
      request.abortSignal?.throwIfAborted();
      resolve(this.#score(request));
    });
  }

  alternatives(request: AlternativesRequest): Promise<readonly Alternative[]> {
    return new Promise((resolve) => {
      request.abortSignal?.throwIfAborted();
      resolve(this.#alternatives(request));
    });
  }

  generate(): Promise<ScoredText> {
    const message = 'The n-gram engine scores text and writes none. Choose an engine with a model.';
    return Promise.reject(new CandorError('unsupported', message));
  }

  /** Nothing is held that memory would not give back by itself. */
  close(): Promise<void> {
    return Promise.resolve();
  }

  #score(request: ScoreRequest): ScoredText {
    const { text, path, detail } = request;
    const { ids, visible, tokenEnds, measures } = this.#read(path, text);
    const plain = { text, source: this.source, tokenEnds, measures };
    if (detail === undefined) return ScoredText.of(plain);

    const nextTokens = this.#nextTokensAt(path);
    const entropiesNats = new Float64Array(tokenEnds.length).fill(Number.NaN);
    const ranks = new Float64Array(tokenEnds.length).fill(Number.NaN);
    const alternatives = new Map<number, readonly Alternative[]>();
    visible.forEach((fragment, token) => {
      const start = tokenEnds[token - 1] ?? 0;
      const end = tokenEnds[token] ?? 0;
      if (fragment > 0 && visible[token - 1] !== fragment - 1) return;
      if (!detail.ranges.some((range) => start < range.end && range.start < end)) return;
      request.abortSignal?.throwIfAborted();
      const distribution = nextTokens(ids.subarray(0, fragment));
      entropiesNats[token] = entropyNats(distribution);
      ranks[token] = rankOf(ids[fragment] ?? 0, distribution);
      const named = detail.named?.get(start) ?? [];
      alternatives.set(token, this.#likeliest(distribution, detail.topK, named));
    });
    const detailed: TokenMeasures = { ...measures, entropiesNats, ranks };
    return ScoredText.of({ ...plain, measures: detailed, alternatives });
  }

  #alternatives({ text, path, leaf, count }: AlternativesRequest): readonly Alternative[] {
    const { ids, ends } = this.#encodingOf(path, text);
    const first = firstTokenOf(leaf, text, ends);
    if (first < 0) return [];
    return leafAlternatives({
      nextTokens: this.#nextTokensAt(path),
      lexicon: this.#lexicon,
      before: ids.subarray(0, first),
      lead: text.slice(first === 0 ? 0 : ends[first - 1], leaf.start),
      leaf: text.slice(leaf.start, leaf.end),
      count,
    });
  }

  #read(path: string, text: string): Reading {
    const last = this.#lastReading;
    if (last?.path === path && last.text === text) return last;
    const { ids, ends } = this.#encodingOf(path, text);
    const { logprobsNats, seenContexts, knownContexts } = this.#corpus.score(path, ids);
    const visible = wholeTokens(ends);
    const measures = {
      logprobsNats: sumFragments(logprobsNats, visible),
      seenContexts: takeWhole(seenContexts, visible),
      knownContexts: takeFirst(knownContexts, visible),
    };
    const tokenEnds = visible.length === ends.length ? ends : Uint32Array.from(visible, (index) => ends[index] ?? 0);
    this.#lastReading = { path, text, ids, ends, visible, tokenEnds, measures };
    return this.#lastReading;
  }

  /** A text that was learned as it stands need not be cut into tokens again. */
  #encodingOf(path: string, text: string): Encoding {
    const last = this.#lastReading;
    if (last?.path === path && last.text === text) return last;
    const ids = this.#corpus.get(path);
    const ends = ids === undefined ? null : this.#tokenizer.endsIn(text, ids);
    return ids === undefined || ends === null ? this.#tokenizer.encode(text) : { ids, ends };
  }

  #nextTokensAt(path: string): NextTokens {
    if (this.#lastNextTokens?.path !== path) {
      const nextTokens = nextTokensOf(this.#corpus.scopesFor(path), this.#shape);
      this.#lastNextTokens = { path, nextTokens };
    }
    return this.#lastNextTokens.nextTokens;
  }

  #forgetAnswers(): void {
    this.#lastReading = undefined;
    this.#lastNextTokens = undefined;
  }

  #idOf(text: string): number | undefined {
    this.#idsOfPieces ??= new Map(this.#lexicon.pieces.map((piece, id) => [piece, id]));
    return this.#idsOfPieces.get(text);
  }

  /** Most likely first; what was named besides comes after, as far as it is one token. */
  #likeliest(distribution: Float64Array, count: number, named: readonly string[]): readonly Alternative[] {
    const { pieces } = this.#lexicon;
    const likeliest = likeliestTokens(distribution, count, (id) => pieces[id] !== null);
    const besides = named.map((text) => this.#idOf(text)).filter((id) => id !== undefined);
    return Array.from(new Set([...likeliest, ...besides]), (id) => ({
      text: pieces[id] ?? '',
      logprobNats: Math.log(distribution[id] ?? 0),
    }));
  }
}

/** A text in tokens, and what was said of them. */
interface Reading extends Encoding {
  readonly path: string;
  readonly text: string;
  /** Indices of the tokens that have a width in the text. */
  readonly visible: readonly number[];
  /** Of those. */
  readonly tokenEnds: Uint32Array;
  readonly measures: TokenMeasures;
}

/** The token in which a leaf begins, so that others could begin there as well; -1 behind the end of the text. */
function firstTokenOf(leaf: TextRange, text: string, ends: Uint32Array): number {
  const startOf = (token: number): number => ends[token - 1] ?? 0;
  let first = ends.findIndex((end) => end > leaf.start);
  // The fragments of a character that come before its last have no width: they are the leaf's too.
  while (first > 0 && startOf(first - 1) === startOf(first)) first--;
  // A rare word is split from the blank before it, which is one token with a common word.
  const isSplitFromBlank = first > 0 && /^[^\S\r\n]$/.test(text.slice(startOf(first - 1), leaf.start));
  return isSplitFromBlank ? first - 1 : first;
}

/** The text of a token that is whole characters of a text; null for fragments of characters and for specials. */
function textOf(tokenizer: Tokenizer, id: number): string | null {
  const piece = tokenizer.piece(id);
  return typeof piece === 'string' && id < tokenizer.special('<|endoftext|>') ? piece : null;
}

/** Indices of the tokens that complete a character; fragments before them have no width in the text. */
function wholeTokens(ends: Uint32Array): readonly number[] {
  const whole: number[] = [];
  let start = 0;
  for (let index = 0; index < ends.length; index++) {
    const end = ends[index] ?? 0;
    if (end > start) whole.push(index);
    start = end;
  }
  return whole;
}

/** The log-probability of a character that came in several fragments is the sum of theirs. */
function sumFragments(values: Float64Array, whole: readonly number[]): Float64Array {
  if (whole.length === values.length) return values;
  const sums = new Float64Array(whole.length);
  let next = 0;
  for (let token = 0; token < whole.length; token++) {
    let sum = 0;
    for (const last = whole[token] ?? 0; next <= last; next++) sum += values[next] ?? 0;
    sums[token] = sum;
  }
  return sums;
}

function takeWhole(values: Float64Array, whole: readonly number[]): Float64Array {
  if (whole.length === values.length) return values;
  return Float64Array.from(whole, (index) => values[index] ?? Number.NaN);
}

/** Of a character in several fragments, what stands before the first of them. */
function takeFirst(values: Float64Array, whole: readonly number[]): Float64Array {
  if (whole.length === values.length) return values;
  return Float64Array.from(whole, (_, token) => values[(whole[token - 1] ?? -1) + 1] ?? Number.NaN);
}

function entropyNats(distribution: Float64Array): number {
  let entropy = 0;
  for (const p of distribution) if (p > 0) entropy -= p * Math.log(p);
  return entropy;
}

/** 1 for the likeliest; equals share the better rank. */
function rankOf(token: number, distribution: Float64Array): number {
  const own = distribution[token] ?? 0;
  let rank = 1;
  for (const p of distribution) if (p > own) rank++;
  return rank;
}
