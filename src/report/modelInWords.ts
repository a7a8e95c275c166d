import type { Source } from '../core/words.ts';

/** Letters of a digest that tell models apart. */
const DIGEST_LETTERS = 12;

/**
 * Which model scored, in a few words: `openai (qwen2.5-coder, temperature 0.8, over its 20 likeliest tokens)`. Not made inert: the name of a
 * model is its maker's.
 *
 * @param more what else is known of it
 */
export function modelInWords(
  { engine, model, distribution, vocabulary }: Source,
  more: readonly string[] = [],
): string {
  const name = /^[0-9a-f]{32,}$/.test(model) ? `${model.slice(0, DIGEST_LETTERS)}…` : model.slice(0, 60);
  const words = [
    name,
    ...(distribution.kind === 'scaled' ? [`temperature ${distribution.temperature}`] : []),
    ...(vocabulary.kind === 'top-k' ? [`over its ${vocabulary.k} likeliest tokens`] : []),
    ...more,
  ];
  return `${engine} (${words.join(', ')})`;
}
