import type { ParseArgsConfig } from 'node:util';
import type { EngineChoice } from '../app/engineChoice.ts';
import { CandorError } from '../core/candorError.ts';

/** Options that choose an engine, as `parseArgs` wants them. */
export const ENGINE_OPTIONS = {
  engine: { type: 'string', default: 'ngram' },
  model: { type: 'string' },
  'base-url': { type: 'string' },
  gpu: { type: 'boolean', default: false },
  mix: { type: 'boolean', default: false },
} as const satisfies ParseArgsConfig['options'];

export interface EngineValues {
  readonly engine: string;
  readonly model?: string | undefined;
  readonly 'base-url'?: string | undefined;
  readonly gpu: boolean;
  readonly mix: boolean;
}

/** The engines that each option is for. */
const ENGINES_OF: Readonly<Record<Exclude<keyof EngineValues, 'engine'>, readonly string[]>> = {
  model: ['llama', 'openai'],
  'base-url': ['openai'],
  gpu: ['llama'],
  mix: ['llama'],
};

/** @throws CandorError `bad-call` for an engine that there is not, or options that do not belong to it */
export function readEngineChoice(values: EngineValues): EngineChoice {
  const { engine, model, 'base-url': baseUrl, gpu: usesGpu, mix: isMixed } = values;
  refuseForeignOptions(values);
  switch (engine) {
    case 'ngram':
      return { engine };
    case 'llama':
      if (model !== undefined) return { engine, model, usesGpu, isMixed };
      throw new CandorError('bad-call', 'The llama engine needs a model. Name a GGUF file: --model=PATH.');
    case 'openai':
      if (baseUrl !== undefined) return { engine, baseUrl, ...(model !== undefined && { model }) };
      throw new CandorError('bad-call', 'The openai engine needs a server. Name its address: --base-url=URL.');
    default:
      throw new CandorError(
        'bad-call',
        `There is no engine "${engine}" in this version. Choose ngram, llama or openai.`,
      );
  }
}

function refuseForeignOptions({ engine, ...options }: EngineValues): void {
  for (const [option, engines] of Object.entries(ENGINES_OF)) {
    const value = Object.entries(options).find(([name]) => name === option)?.[1];
    if (value === undefined || value === false || engines.includes(engine)) continue;
    const message = `--${option} is not for the engine ${engine}. Leave it out, or choose --engine=${engines.join(' or ')}.`;
    throw new CandorError('bad-call', message);
  }
}
