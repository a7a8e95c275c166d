import { CandorError } from '../../core/candorError.ts';
import { ScoredText } from '../../core/scoredText.ts';
import type { Alternative, Source } from '../../core/words.ts';
import type { AlternativesRequest, Capabilities, Engine, GenerateRequest, ScoreRequest } from '../engine.ts';
import { commonEnds, regroup, type RegroupedTokens } from './commonTokens.ts';
import { mixByMatchLength } from './mixByMatchLength.ts';

/** Name of the rule and its constants: raised whenever a probability could come out differently. */
const RULE = 'fixed-share-0.005-of-7-weights-by-match-length';

const PART_ONLY = 'weights learned along the part that was asked for';

/**
 * A neural engine and the n-gram's cache of the workspace as one: the first knows the language, the second this code.
 *
 * The two must speak the same tokens. Probabilities over different tokenizers are of different events, and no weight makes
 * one distribution of them; such engines stay two signals.
 */
export class MixtureEngine implements Engine {
  readonly name: string;
  readonly capabilities: Capabilities;
  readonly #neural: Engine;
  readonly #cache: Engine;

  /**
   * @param neural takes the lead: it writes, and its capabilities are the mixture's
   * @param cache an engine that tells `knownContexts`
   * @param name by which users choose this mixture
   * @throws CandorError `unsupported` when the tokenizers differ
   */
  constructor(neural: Engine, cache: Engine, name = 'mixture') {
    if (neural.source.tokenizer !== cache.source.tokenizer) {
      const message = `${neural.name} and ${cache.name} have different tokenizers and cannot be mixed. Choose one.`;
      throw new CandorError('unsupported', message);
    }
    this.name = name;
    this.capabilities = neural.capabilities;
    this.#neural = neural;
    this.#cache = cache;
  }

  get source(): Source {
    return this.#sourceOf(this.#neural.source, this.#cache.source);
  }

  #sourceOf(neural: Source, cache: Source, { within }: Partial<ScoreRequest> = {}): Source {
    const learned = [cache.snapshot, within && PART_ONLY].filter((part) => part !== undefined);
    return {
      ...neural,
      engine: this.name,
      model: `${RULE}(${neural.model}, ${cache.model})`,
      contextPolicy: `${neural.contextPolicy}; ${cache.contextPolicy}`,
      ...(learned.length > 0 && { snapshot: learned.join('; ') }),
    };
  }

  /**
   * The mixed log-probability of each token. Entropies and ranks of a mixture need both distributions whole, so they are
   * absent; alternatives are those that the neural engine holds likeliest, as far as the cache can say how likely they are.
   *
   * Where only a part was asked for, weights are learned along that part. The snapshot says so: like what the cache read, they
   * are something learned.
   *
   * The parts cut text by the same rule, but their tables of Unicode may be of different years. Around a character that only
   * one of them knows, a token is the least run that ends in both.
   */
  async score(request: ScoreRequest): Promise<ScoredText> {
    const scored = await this.#scoreBoth(request);
    const tokenEnds = commonEnds(scored[0].tokenEnds, scored[1].tokenEnds);
    const [neural, cache] = [regroup(scored[0], tokenEnds), regroup(scored[1], tokenEnds)];
    const { knownContexts, seenContexts } = cache;
    const { logprobsNats, neuralWeights } = mixByMatchLength({
      neuralLogprobsNats: neural.logprobsNats,
      cacheLogprobsNats: cache.logprobsNats,
      knownContexts,
    });
    return ScoredText.of({
      text: request.text,
      // As they were when they scored: the cache may have learned more since.
      source: this.#sourceOf(scored[0].source, scored[1].source, request),
      tokenEnds,
      measures: { logprobsNats, knownContexts, seenContexts },
      alternatives: mixAlternatives(neural, cache, neuralWeights),
    });
  }

  /** The cache is asked about what the neural engine holds likely. */
  async #scoreBoth(request: ScoreRequest): Promise<readonly [ScoredText, ScoredText]> {
    const { detail } = request;
    if (detail === undefined) return Promise.all([this.#neural.score(request), this.#cache.score(request)]);
    const neural = await this.#neural.score(request);
    const named = new Map(
      Array.from(neural.alternatives, ([token, others]) => [
        neural.tokenEnds[token - 1] ?? 0,
        others.map(({ text }) => text),
      ]),
    );
    return [neural, await this.#cache.score({ ...request, detail: { ...detail, named } })];
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
  neural: RegroupedTokens,
  cache: RegroupedTokens,
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
