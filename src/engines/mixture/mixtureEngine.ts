import { CandorError } from '../../core/candorError.ts';
import { ScoredText } from '../../core/scoredText.ts';
import type { Alternative, Source } from '../../core/words.ts';
import type { AlternativesRequest, Capabilities, Engine, GenerateRequest, ScoreRequest } from '../engine.ts';
import { mixByMatchLength } from './mixByMatchLength.ts';

/** Name of the rule and its constants: raised whenever a probability could come out differently. */
const RULE = 'fixed-share-0.02-by-match-length';

/**
 * A neural engine and the n-gram's cache of the workspace as one: the first knows the language, the second this code.
 *
 * The two must speak the same tokens. Probabilities over different tokenizers are of different events, and no weight makes
 * one distribution of them; such engines stay two signals.
 */
export class MixtureEngine implements Engine {
  readonly name = 'mixture';
  readonly capabilities: Capabilities;
  readonly #neural: Engine;
  readonly #cache: Engine;

  /**
   * @param neural takes the lead: it writes, and its capabilities are the mixture's
   * @param cache an engine that tells `knownContexts`
   * @throws CandorError `unsupported` when the tokenizers differ
   */
  constructor(neural: Engine, cache: Engine) {
    if (neural.source.tokenizer !== cache.source.tokenizer) {
      const message = `${neural.name} and ${cache.name} have different tokenizers and cannot be mixed. Choose one.`;
      throw new CandorError('unsupported', message);
    }
    this.capabilities = neural.capabilities;
    this.#neural = neural;
    this.#cache = cache;
  }

  get source(): Source {
    const [neural, cache] = [this.#neural.source, this.#cache.source];
    return {
      ...neural,
      engine: this.name,
      model: `${RULE}(${neural.model}, ${cache.model})`,
      contextPolicy: `${neural.contextPolicy}; ${cache.contextPolicy}`,
      ...(cache.snapshot !== undefined && { snapshot: cache.snapshot }),
    };
  }

  /**
   * The mixed log-probability of each token. Entropies and ranks of a mixture need both distributions whole, so they are
   * absent; alternatives are those that both engines name.
   */
  async score(request: ScoreRequest): Promise<ScoredText> {
    const [neural, cache] = await Promise.all([this.#neural.score(request), this.#cache.score(request)]);
    const { knownContexts, seenContexts } = cache.measures;
    if (knownContexts === undefined || !sameEnds(neural.tokenEnds, cache.tokenEnds)) {
      const message = `${this.#neural.name} and ${this.#cache.name} cut this text differently. Choose one of them.`;
      throw new CandorError('engine-failed', message);
    }
    const { logprobsNats, neuralWeights } = mixByMatchLength({
      neuralLogprobsNats: neural.measures.logprobsNats,
      cacheLogprobsNats: cache.measures.logprobsNats,
      knownContexts,
    });
    return ScoredText.of({
      text: request.text,
      source: this.source,
      tokenEnds: neural.tokenEnds,
      measures: { logprobsNats, knownContexts, ...(seenContexts && { seenContexts }) },
      alternatives: mixAlternatives(neural, cache, neuralWeights),
    });
  }

  /** What the cache offers: it alone knows the whole distribution at every step of a leaf. */
  alternatives(request: AlternativesRequest): Promise<readonly Alternative[]> {
    return this.#cache.alternatives(request);
  }

  /** The neural engine writes, and says so in the Source. */
  generate(request: GenerateRequest): Promise<ScoredText> {
    return this.#neural.generate(request);
  }

  async close(): Promise<void> {
    await Promise.all([this.#neural.close(), this.#cache.close()]);
  }
}

function mixAlternatives(
  neural: ScoredText,
  cache: ScoredText,
  neuralWeights: Float64Array,
): ReadonlyMap<number, readonly Alternative[]> {
  const mixed = new Map<number, readonly Alternative[]>();
  for (const [token, others] of neural.alternatives) {
    const weight = neuralWeights[token] ?? 0.5;
    const inCache = new Map(cache.alternatives.get(token)?.map(({ text, logprobNats }) => [text, logprobNats]));
    const both = others.flatMap(({ text, logprobNats }): Alternative[] => {
      const other = inCache.get(text);
      if (other === undefined) return [];
      return [{ text, logprobNats: Math.log(weight * Math.exp(logprobNats) + (1 - weight) * Math.exp(other)) }];
    });
    mixed.set(
      token,
      both.sort((a, b) => b.logprobNats - a.logprobNats),
    );
  }
  return mixed;
}

function sameEnds(a: Uint32Array, b: Uint32Array): boolean {
  return a.length === b.length && a.every((end, token) => end === b[token]);
}
