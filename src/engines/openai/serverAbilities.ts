import type { VocabularyCoverage } from '../../core/words.ts';

/** What a server was measured to do with a model. The one who asked for the measuring keeps it. */
export interface ServerAbilities {
  /** The name by which the server knows the model. */
  readonly model: string;
  /** The route on which it writes with log-probabilities. */
  readonly generation: 'completions' | 'chat' | 'none';
  /**
   * Of what the rows of a written text are. `scaled`: by the temperature of the request, so at temperature 1 they are
   * what the model gave. `unknown` is treated alike.
   */
  readonly distribution: 'raw' | 'scaled' | 'unknown';
  readonly vocabulary: VocabularyCoverage;
  readonly maxTopK: number;
  /** How it scores a text that it is given, in one pass; such rows are always raw. */
  readonly promptScoring: 'prompt-logprobs' | 'echo' | 'sglang' | 'none';
  /** How it is given the text after the place to write at. */
  readonly fillInTheMiddle: 'suffix' | 'infill' | 'none';
}
