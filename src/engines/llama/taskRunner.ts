import { decodeUtf8, encodeUtf8 } from '../../core/utf8.ts';
import type { Alternative } from '../../core/words.ts';
import type { TextRange } from '../engine.ts';
import { MOST_LEAF_TOKENS } from '../leafBeam.ts';
import type { BytePairs } from '../tokenizer/bytePairs.ts';
import type { Lanes } from './lanes.ts';
import { healPrefix } from './healPrefix.ts';
import { likelyLeaves } from './likelyLeaves.ts';
import type {
  AlternativesTask,
  GenerateTask,
  ModelDescription,
  Result,
  ScoredIds,
  ScoreTask,
  Task,
} from './llamaMessages.ts';
import { ScoreMemory } from './scoreMemory.ts';
import { scoreTokens, windowShape, type Wanted } from './scoreTokens.ts';
import { windowOf, windowPolicy } from './scoringWindows.ts';
import { startTokens } from './tokenEvaluator.ts';
import { tokenByteLength, tokenText, type Vocabulary } from './vocabulary.ts';
import { promptTokens, writeTokens, type MiddleSigns, type WrittenToken } from './writeTokens.ts';

/** A model in memory. */
export interface LoadedModel {
  readonly modelDigest: string;
  readonly tokenizerDigest: string;
  readonly bytePairs: BytePairs | null;
  readonly vocabulary: Vocabulary;
  readonly threads: number;
  readonly device: string;
  readonly lanes: Lanes;
  /** null: the model was not taught to fill in the middle. */
  readonly signs: MiddleSigns | null;
  /** Tokens of a text in which nothing is a sign to the model. */
  readonly tokenize: (text: string) => readonly number[];
  /** Tokens by which the model says that it is done. */
  readonly ends: ReadonlySet<number>;
}

/** Who listens to a task. */
export interface TaskListener {
  readonly onToken: (written: WrittenToken) => void;
  readonly signal: AbortSignal;
  /** Ends what is being written, without an error. */
  readonly stopSignal: AbortSignal;
}

export interface TaskRunner {
  /** @throws the signal's reason once it is aborted */
  run(task: Task, listener: TaskListener): Promise<Result>;
}

/** Does what the parent asks: as many tasks at a time as the model has lanes. */
export function createTaskRunner(model: LoadedModel): TaskRunner {
  const { lanes, vocabulary } = model;
  const memory = new ScoreMemory();

  function describe(): ModelDescription {
    return {
      modelDigest: model.modelDigest,
      tokenizerDigest: model.tokenizerDigest,
      bytePairs: model.bytePairs,
      vocabulary,
      contextPolicy: windowPolicy(windowShape(lanes)),
      fillsInTheMiddle: model.signs !== null,
      threads: model.threads,
      device: model.device,
    };
  }

  async function score(task: ScoreTask, signal: AbortSignal): Promise<ScoredIds> {
    const ids = model.tokenize(task.text);
    const sheet = memory.open(ids);
    const wanted = wantedOf(task, ids);
    const evaluatedTokens = await scoreTokens(lanes, sheet, wanted, signal);
    const tops = Array.from(sheet.tops).filter(([place]) => wanted.isDetailed(place));
    return {
      ids: Uint32Array.from(ids),
      // What an earlier task asked for is left out: the same task has the same answer.
      logprobsNats: sheet.logprobsNats.map((nats, place) => (wanted.isScored(place) ? nats : Number.NaN)),
      tops: new Map(tops.map(([place, { tokens }]) => [place, tokens.slice(0, wanted.topK)])),
      evaluatedTokens,
    };
  }

  function wantedOf({ text, within, detail }: ScoreTask, ids: readonly number[]): Wanted {
    const topK = detail?.topK ?? 0;
    return {
      isScored: within === undefined ? () => true : touching(text, ids, within),
      isDetailed: detail === undefined || topK <= 0 ? () => false : touching(text, ids, detail.ranges),
      topK,
    };
  }

  /** Which tokens touch a range. Where the tokens are not the text, by as much more as they differ from it. */
  function touching(text: string, ids: readonly number[], wanted: readonly TextRange[]): (place: number) => boolean {
    const ranges = wanted.map(({ start, end }) => ({ start: byteAt(text, start), end: byteAt(text, end) }));
    const ends = byteEnds(ids);
    const slack = Math.abs((ends.at(-1) ?? 0) - byteAt(text, text.length));
    return (place) => {
      const [start, end] = [(ends[place - 1] ?? 0) - slack, (ends[place] ?? 0) + slack];
      return ranges.some((range) => start < range.end && range.start < end);
    };
  }

  async function alternatives(
    { text, leaf, count }: AlternativesTask,
    signal: AbortSignal,
  ): Promise<readonly Alternative[]> {
    const ids = model.tokenize(text);
    const ends = byteEnds(ids);
    const leafStart = byteAt(text, leaf.start);
    let first = ends.findIndex((end) => end > leafStart);
    // Where the tokens are not the text, nobody knows where among them the leaf begins.
    if (first < 0 || ends.at(-1) !== byteAt(text, text.length)) return [];
    // A rare word is split from the blank before it, which is one token with a common word.
    const isSplitFromBlank =
      ends[first - 1] === leafStart && /^[^\S\r\n]$/.test(tokenText(vocabulary, ids[first - 1] ?? 0) ?? '');
    if (isSplitFromBlank) first--;
    const lead = decodeUtf8(encodeUtf8(text).subarray(ends[first - 1] ?? 0, leafStart));
    const { start } = windowOf(first + MOST_LEAF_TOKENS, windowShape(lanes));
    const before = [...startTokens(lanes), ...ids.slice(Math.min(start, first), first)];
    const search = { vocabulary, before, lead, leaf: text.slice(leaf.start, leaf.end), count };
    return lanes.use(before, signal, (evaluator) => likelyLeaves({ ...search, evaluator }, signal));
  }

  /** End of each token, in bytes of the text that the tokens write. */
  function byteEnds(ids: readonly number[]): readonly number[] {
    let end = 0;
    return ids.map((id) => (end += tokenByteLength(vocabulary, id)));
  }

  async function generate(
    { prefix, suffix, ...task }: GenerateTask,
    { onToken, signal, stopSignal }: TaskListener,
  ): Promise<Result> {
    const { lines, line, begun } = healPrefix(prefix);
    const parts =
      suffix === undefined
        ? { prefix: model.tokenize(lines + line) }
        : { prefix: model.tokenize(lines), suffix: model.tokenize(suffix), middle: model.tokenize(line) };
    const room = Math.min(task.maxTokens, lanes.contextTokens >> 1);
    const prompt = promptTokens(parts, model.signs, lanes, room);
    const isEnd = (token: number): boolean => model.ends.has(token) || tokenByteLength(vocabulary, token) === 0;
    const options = { ...task, isEnd, vocabulary, begun: encodeUtf8(begun), stopSignal };
    const tokens = await lanes.use(prompt, signal, (evaluator) =>
      writeTokens(evaluator, prompt, options, onToken, signal),
    );
    return { kind: 'generated', tokens };
  }

  return {
    async run(task, listener) {
      const { signal } = listener;
      switch (task.kind) {
        case 'describe':
          return { kind: 'described', model: describe() };
        case 'score':
          return { kind: 'scored', scored: await score(task, signal) };
        case 'generate':
          return generate(task.generate, listener);
        case 'alternatives':
          return { kind: 'alternatives', alternatives: await alternatives(task.leaf, signal) };
      }
    },
  };
}

/** Byte of a text's UTF-8 at which a UTF-16 offset lies. */
function byteAt(text: string, offset: number): number {
  return encodeUtf8(text.slice(0, offset)).length;
}
