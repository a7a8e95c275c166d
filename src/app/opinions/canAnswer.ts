import type { EngineChoice } from '../engineChoice.ts';

/** Whether a question is worth asking: a person chose the engine for what it knows. The bundled model was never taught to answer. */
export function canAnswer({ engine }: EngineChoice): boolean {
  return engine === 'llama' || engine === 'openai';
}
