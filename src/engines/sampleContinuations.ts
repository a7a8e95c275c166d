import { CandorError } from '../core/candorError.ts';
import type { ScoredText } from '../core/scoredText.ts';
import { seededRandom } from '../core/seededRandom.ts';
import type { Engine, GenerateRequest } from './engine.ts';
import { stopWhenEnough, type IsEnough } from './stopWhenEnough.ts';

/** How many texts are wanted from one place, and how they are drawn. */
export interface Samples {
  readonly count: number;
  /** As in `Sampling`. */
  readonly temperature: number;
  /** A whole number; each continuation has a seed of its own, made from this one and its place among the others. */
  readonly seed: number;
  /** Ends a continuation early. Absent: each goes on until the model ends it, or to `maxTokens`. */
  readonly isEnough?: IsEnough;
  /** Most that are written at once. A few, so that others who ask the engine are not kept waiting behind them all. */
  readonly mostAtOnce?: number;
}

export interface SampledContinuation {
  /** Its place among those that were asked for, from 0: they come as they are done. */
  readonly index: number;
  readonly scored: ScoredText;
}

const MOST_AT_ONCE = 2;

/**
 * Draws several continuations of one place, each as soon as it is done. They are independent draws, and the same ones for the
 * same seed as far as the engine keeps to seeds; more of them begin with those that fewer would be.
 *
 * The place is evaluated once by each of the contexts that a local model computes in, and a server is asked once for each
 * continuation, for few know how to write several.
 *
 * Whoever stops taking them ends those that are under way. Rejects with the signal's reason when the request is aborted, and with
 * the first error of any of them.
 * @throws CandorError `bad-call` for a count that is none; else as `Engine.generate`
 */
export async function* sampleContinuations(
  engine: Pick<Engine, 'generate'>,
  request: Omit<GenerateRequest, 'sampling' | 'onText' | 'stopSignal'>,
  { count, temperature, seed, isEnough, mostAtOnce = MOST_AT_ONCE }: Samples,
): AsyncGenerator<SampledContinuation, void, undefined> {
  if (!(Number.isSafeInteger(count) && count >= 0 && mostAtOnce >= 1)) {
    throw new CandorError(
      'bad-call',
      'A number of continuations is a whole one, of which one at least is written at once.',
    );
  }
  const unwanted = new AbortController();
  const given = request.abortSignal === undefined ? [] : [request.abortSignal];
  const abortSignal = AbortSignal.any([unwanted.signal, ...given]);
  const random = seededRandom(seed);
  const underWay = new Map<number, Promise<SampledContinuation>>();
  let begun = 0;
  const begin = (): void => {
    for (; begun < count && underWay.size < mostAtOnce; begun++) {
      const sampling = { temperature, seed: someSeed(random.uniform()) };
      const writing = writeUntilEnough(engine, { ...request, sampling, abortSignal }, isEnough);
      const index = begun;
      underWay.set(
        index,
        writing.then((scored) => ({ index, scored })),
      );
    }
  };
  try {
    begin();
    while (underWay.size > 0) {
      const done = await Promise.race(underWay.values());
      underWay.delete(done.index);
      begin();
      yield done;
    }
  } finally {
    unwanted.abort();
    await Promise.allSettled(underWay.values());
  }
}

async function writeUntilEnough(
  engine: Pick<Engine, 'generate'>,
  request: GenerateRequest,
  isEnough: IsEnough | undefined,
): Promise<ScoredText> {
  if (isEnough === undefined) return engine.generate(request);
  const [stop, failed] = [new AbortController(), new AbortController()];
  const onText = stopWhenEnough(isEnough, stop, (error) => {
    failed.abort(error);
  });
  const signals = [failed.signal, request.abortSignal].filter((signal) => signal !== undefined);
  const abortSignal = AbortSignal.any(signals);
  return engine.generate({ ...request, onText, stopSignal: stop.signal, abortSignal });
}

/** From 1 on, since some servers take 0 for any seed. */
function someSeed(share: number): number {
  return 1 + Math.floor(share * (2 ** 31 - 1));
}
