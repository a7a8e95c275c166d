import type { Source } from '../../core/words.ts';

/** Who scored, in a few words: not made inert yet, for the name of a model is its maker's. */
export function sourceInWords({ engine, model, distribution, vocabulary }: Source, learnedTokenCount: number): string {
  const learned =
    learnedTokenCount > 0 ? `, ${learnedTokenCount.toLocaleString('en')} tokens of this workspace learned` : '';
  const scaled = distribution.kind === 'scaled' ? `, temperature ${distribution.temperature}` : '';
  const cut = vocabulary.kind === 'top-k' ? `, over its ${vocabulary.k} likeliest tokens` : '';
  const name = /^[0-9a-f]{32,}$/.test(model) ? `${model.slice(0, 12)}…` : model.slice(0, 60);
  return `${engine} (${name}${scaled}${cut}${learned})`;
}
