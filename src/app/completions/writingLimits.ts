import type { EngineChoice } from '../engineChoice.ts';
import type { CompletionLimits } from './completeAt.ts';

/** UTF-16 units that an engine is shown. The bundled model sees 256 tokens; a server's, or one of the user's, a good deal more. */
export const SHOWN_UNITS: Readonly<Record<EngineChoice['engine'], number>> = {
  ngram: 0,
  bundled: 600,
  llama: 4000,
  openai: 6000,
};

/** What is written at once. */
export const WRITTEN: Omit<CompletionLimits, 'mostUnits'> = { mostTokens: 128, mostLines: 12 };
