import { parseArgs, type ParseArgsConfig } from 'node:util';
import type { EngineChoice } from '../app/engineChoice.ts';
import { CandorError } from '../core/candorError.ts';

/** Options that commands share, as `parseArgs` wants them. */
export const OUTPUT_OPTIONS = {
  format: { type: 'string', default: 'text' },
  out: { type: 'string' },
  top: { type: 'string' },
  engine: { type: 'string', default: 'ngram' },
  model: { type: 'string' },
  workspace: { type: 'string' },
} as const satisfies ParseArgsConfig['options'];

export interface Options {
  readonly format: 'text' | 'json';
  readonly out?: string;
  readonly top?: number;
  readonly workspace?: string;
  readonly choice: EngineChoice;
  readonly paths: readonly string[];
}

/**
 * Reads a command's arguments.
 * @throws CandorError `bad-call` when one is unknown or has no sense
 */
export function readOptions(args: readonly string[]): Options {
  const { values, positionals } = parse(args);
  const { format, out, top, engine, model, workspace } = values;
  if (format !== 'text' && format !== 'json') {
    throw new CandorError('bad-call', `There is no format "${format}". Choose text or json.`);
  }
  if (top !== undefined && !/^\d{1,6}$/.test(top)) {
    throw new CandorError('bad-call', `--top=${top} is no number of things to show. Give a whole number, such as 10.`);
  }
  return {
    format,
    ...(out !== undefined && { out }),
    ...(top !== undefined && { top: Number(top) }),
    ...(workspace !== undefined && { workspace }),
    choice: readChoice(engine, model),
    paths: positionals,
  };
}

function readChoice(engine: string, model: string | undefined): EngineChoice {
  switch (engine) {
    case 'ngram':
      if (model === undefined) return { engine };
      throw new CandorError('bad-call', 'The n-gram engine has no model. Leave out --model, or choose --engine=llama.');
    case 'llama':
      if (model !== undefined) return { engine, modelPath: model };
      throw new CandorError('bad-call', 'The llama engine needs a model. Name a GGUF file: --model=PATH.');
    default:
      throw new CandorError('bad-call', `There is no engine "${engine}" in this version. Choose ngram or llama.`);
  }
}

function parse(
  args: readonly string[],
): ReturnType<typeof parseArgs<{ options: typeof OUTPUT_OPTIONS; allowPositionals: true }>> {
  try {
    return parseArgs({ args: [...args], options: OUTPUT_OPTIONS, allowPositionals: true });
  } catch (cause) {
    const detail = cause instanceof Error ? (cause.message.split(/[.\n]/, 1)[0] ?? '') : '';
    throw new CandorError('bad-call', `${detail}. "candor --help" lists the options.`, { cause });
  }
}
