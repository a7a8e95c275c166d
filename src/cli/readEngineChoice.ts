import type { ParseArgsConfig } from 'node:util';
import {
  DEFAULT_CHOICE,
  MOST_CONCURRENCY,
  type BundledChoice,
  type EngineChoice,
  type OpenaiChoice,
} from '../app/engineChoice.ts';
import { CandorError } from '../core/candorError.ts';
import { readNumber } from './readNumber.ts';

/** Options that choose an engine, as `parseArgs` wants them. */
export const ENGINE_OPTIONS = {
  engine: { type: 'string' },
  read: { type: 'string' },
  model: { type: 'string' },
  'base-url': { type: 'string' },
  concurrency: { type: 'string' },
  'answer-time': { type: 'string' },
  gpu: { type: 'boolean', default: false },
  mix: { type: 'boolean', default: false },
} as const satisfies ParseArgsConfig['options'];

export interface EngineValues {
  readonly engine?: string | undefined;
  readonly read?: string | undefined;
  readonly model?: string | undefined;
  readonly 'base-url'?: string | undefined;
  readonly concurrency?: string | undefined;
  readonly 'answer-time'?: string | undefined;
  readonly gpu: boolean;
  readonly mix: boolean;
}

/** The engines that each option is for. */
const ENGINES_OF: Readonly<Record<Exclude<keyof EngineValues, 'engine'>, readonly string[]>> = {
  read: ['bundled'],
  model: ['llama', 'openai'],
  'base-url': ['openai'],
  concurrency: ['openai'],
  'answer-time': ['openai'],
  gpu: ['llama'],
  mix: ['llama'],
};

/** @throws CandorError `bad-call` for an engine that there is not, or options that do not belong to it */
export function readEngineChoice(values: EngineValues): EngineChoice {
  const { engine, read, model, 'base-url': baseUrl, gpu: usesGpu, mix: isMixed } = values;
  refuseForeignOptions(values);
  switch (engine) {
    case undefined:
      return { ...DEFAULT_CHOICE, ...shareOf(read) };
    case 'ngram':
      return { engine };
    case 'bundled':
      return { ...DEFAULT_CHOICE, ...shareOf(read), isOptional: false };
    case 'llama':
      if (model !== undefined) return { engine, model, usesGpu, isMixed };
      throw new CandorError('bad-call', 'The llama engine needs a model. Name a GGUF file: --model=PATH.');
    case 'openai':
      if (baseUrl !== undefined) return { engine, baseUrl, ...(model !== undefined && { model }), ...paceOf(values) };
      throw new CandorError('bad-call', 'The openai engine needs a server. Name its address: --base-url=URL.');
    default:
      throw new CandorError(
        'bad-call',
        `There is no engine "${engine}" in this version. Choose bundled, ngram, llama or openai.`,
      );
  }
}

/** The option is in percent. */
function shareOf(read: string | undefined): Partial<BundledChoice> {
  if (read === undefined) return {};
  const percent = /^\d{1,3}$/.test(read) ? Number(read) : Infinity;
  if (percent <= 100) return { share: percent / 100 };
  throw new CandorError('bad-call', `--read=${read} is no share of the code. Give a percentage from 0 to 100.`);
}

/** Of a server; longer answers than five minutes are given up by Node. */
function paceOf(values: EngineValues): Pick<OpenaiChoice, 'concurrency' | 'answerTimeMs'> {
  const { concurrency, 'answer-time': seconds } = values;
  return {
    ...(concurrency !== undefined && { concurrency: readNumber('concurrency', concurrency, 1, MOST_CONCURRENCY) }),
    ...(seconds !== undefined && { answerTimeMs: 1000 * readNumber('answer-time', seconds, 1, 300) }),
  };
}

function refuseForeignOptions({ engine = DEFAULT_CHOICE.engine, ...options }: EngineValues): void {
  for (const [option, engines] of Object.entries(ENGINES_OF)) {
    const value = Object.entries(options).find(([name]) => name === option)?.[1];
    if (value === undefined || value === false || engines.includes(engine)) continue;
    const message = `--${option} is not for the engine ${engine}. Leave it out, or choose --engine=${engines.join(' or ')}.`;
    throw new CandorError('bad-call', message);
  }
}
