import type { VocabularyCoverage } from '../../core/words.ts';

/** Ways to have a text gone on from; `WRITING_ROUTES` says how each is asked. */
export const WRITING_WAYS = ['completions', 'chat', 'llama-server', 'ollama', 'sglang'] as const;
export type WritingWay = (typeof WRITING_WAYS)[number];

/** Ways to have a text written before a given one; `FILLING_ROUTES` says how each is asked. */
export const FILLING_WAYS = ['suffix', 'ollama', 'infill', 'fim'] as const;
export type FillingWay = (typeof FILLING_WAYS)[number];

/** Ways to have a given text scored in one pass; `SCORING_ROUTES` says how each is asked. */
export const SCORING_WAYS = ['prompt-logprobs', 'echo', 'sglang'] as const;
export type ScoringWay = (typeof SCORING_WAYS)[number];

/** What a server was measured to do with a model. The one who asked for the measuring keeps it. */
export interface ServerAbilities {
  /** The name by which the server knows the model. */
  readonly model: string;
  /** How it writes with log-probabilities. */
  readonly generation: WritingWay | 'none';
  /** Whether it answers in a chat all the same. Looked for only where it writes no log-probabilities; else absent. */
  readonly answersInWords?: boolean;
  /**
   * Of what the rows of a written text are. `scaled`: by the temperature of the request, so at temperature 1 they are
   * what the model gave. `unknown` is treated alike.
   */
  readonly distribution: 'raw' | 'scaled' | 'unknown';
  readonly vocabulary: VocabularyCoverage;
  readonly maxTopK: number;
  /** How it scores a text that it is given; such rows are always raw. `forced-grammar` takes a step a token. */
  readonly promptScoring: ScoringWay | 'forced-grammar' | 'none';
  /** How it is given the text after the place to write at. */
  readonly fillInTheMiddle: FillingWay | 'none';
}
