import type { LlamaHttpModel, Ranked } from './llamaHttpModel.ts';

/** How a server is asked to write. */
export interface Writing {
  readonly prompt: readonly number[];
  readonly maxTokens: number;
  readonly topK: number;
  /** 0: the likeliest token each time. */
  readonly temperature: number;
  readonly seed: number;
  /** Tokens that must be written, one after the other, and nothing after them. */
  readonly forced?: readonly number[];
  /** The samplers that cut the vocabulary; absent: off. */
  readonly cut?: { readonly topK: number; readonly topP: number; readonly minP: number };
}

/** A token that the model wrote, seen before and after sampling. */
export interface Written extends Ranked {
  readonly top: readonly Ranked[];
  /** Of what temperature and samplers left: here a log-probability as well, and -Infinity for what they cut away. */
  readonly sampled: { readonly logprobNats: number; readonly top: readonly Ranked[] };
  /** Whether the model said by it that it is done. */
  readonly isEnd: boolean;
}

/** Writes token by token. Ends with the token by which the model ends, or after `maxTokens`. */
export async function* writeTokens(
  model: LlamaHttpModel,
  { prompt, maxTokens, topK, temperature, seed, forced, cut }: Writing,
  signal: AbortSignal,
): AsyncGenerator<Written> {
  const giveBack = await model.hold();
  try {
    const random = randomNumbers(seed);
    const ids = [...prompt];
    const most = Math.min((forced ?? model.script)?.length ?? Infinity, maxTokens, model.contextTokens - prompt.length);
    for (let place = 0; place < most; place++) {
      signal.throwIfAborted();
      const mustBe = forced?.[place];
      const scripted = forced === undefined ? model.script?.[place] : undefined;
      const id = mustBe ?? scripted;
      // Nothing but a temperature looks at the whole distribution.
      const few = { topK: Math.max(1, topK), ...(id === undefined ? {} : { id }) };
      const raw = await model.next(ids, signal, temperature <= 0 ? few : undefined);
      // A grammar leaves one token, so sampling has nothing to choose from; the raw numbers know nothing of it.
      const allowed = mustBe === undefined ? raw : raw.filter(({ id }) => id === mustBe);
      const reshaped = reshape(allowed, temperature, cut);
      const chosen = scripted === undefined ? draw(reshaped, random()) : scriptedOf(reshaped, scripted);
      const own = raw.find(({ id }) => id === chosen.id) ?? chosen;
      yield {
        ...own,
        top: raw.slice(0, topK),
        sampled: { logprobNats: chosen.logprobNats, top: reshaped.slice(0, topK) },
        isEnd: model.isEnd(chosen.id),
      };
      if (model.isEnd(chosen.id)) return;
      ids.push(chosen.id);
    }
  } finally {
    giveBack();
  }
}

/** What the samplers leave of a distribution: the cuts first, then the temperature, as llama.cpp orders them. */
function reshape(raw: readonly Ranked[], temperature: number, cut: Writing['cut']): readonly Ranked[] {
  const [best] = raw;
  if (best === undefined) throw new Error('no token is allowed');
  if (temperature <= 0) return [{ ...best, logprobNats: 0 }];
  let kept = raw;
  if (cut !== undefined && cut.topK > 0) kept = kept.slice(0, cut.topK);
  if (cut !== undefined && cut.topP < 1) {
    let sum = 0;
    const end = kept.findIndex(({ logprobNats }) => (sum += Math.exp(logprobNats)) >= cut.topP);
    if (end >= 0) kept = kept.slice(0, end + 1);
  }
  if (cut !== undefined && cut.minP > 0) {
    kept = kept.filter(({ logprobNats }) => logprobNats >= best.logprobNats + Math.log(cut.minP));
  }
  return normalised(kept.map(({ id, logprobNats }) => ({ id, logprobNats: logprobNats / temperature })));
}

/** The same over what is there, so that the probabilities sum to 1. */
export function normalised(ranked: readonly Ranked[]): readonly Ranked[] {
  const largest = ranked[0]?.logprobNats ?? 0;
  const total = Math.log(ranked.reduce((sum, { logprobNats }) => sum + Math.exp(logprobNats - largest), 0));
  return ranked.map(({ id, logprobNats }) => ({ id, logprobNats: logprobNats - largest - total }));
}

/** At temperature 0 nothing is left but the likeliest token, and any other would have been sure to be it. */
function scriptedOf(ranked: readonly Ranked[], id: number): Ranked {
  return ranked.find((other) => other.id === id) ?? { id, logprobNats: 0 };
}

function draw(ranked: readonly Ranked[], random: number): Ranked {
  let sum = 0;
  const drawn = ranked.find(({ logprobNats }) => (sum += Math.exp(logprobNats)) > random) ?? ranked.at(-1);
  if (drawn === undefined) throw new Error('no token is left to draw');
  return drawn;
}

/** Even numbers from 0 to 1 (mulberry32). */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
