import type { ParseArgsConfig } from 'node:util';
import type { EngineChoice } from '../app/engineChoice.ts';
import { CandorError } from '../core/candorError.ts';
import { parseOptions } from './parseOptions.ts';
import { ENGINE_OPTIONS, readEngineChoice } from './readEngineChoice.ts';
import { readFormat, type Format } from './readFormat.ts';

const OPTIONS = {
  ...ENGINE_OPTIONS,
  format: { type: 'string', default: 'text' },
  out: { type: 'string' },
  top: { type: 'string' },
  workspace: { type: 'string' },
  diff: { type: 'string' },
} as const satisfies ParseArgsConfig['options'];

export interface Options {
  readonly format: Format;
  readonly out?: string;
  readonly top?: number;
  readonly workspace?: string;
  /** Only what changed since this commit is asked about. */
  readonly since?: string;
  readonly choice: EngineChoice;
  readonly paths: readonly string[];
}

/**
 * Reads the arguments of the commands that score code.
 * @throws CandorError `bad-call` when one is unknown or has no sense
 */
export function readOptions(args: readonly string[]): Options {
  const { values, positionals } = parseOptions(withWholeDiff(args), OPTIONS);
  const { format, out, top, workspace, diff: since } = values;
  if (top !== undefined && !/^\d{1,6}$/.test(top)) {
    throw new CandorError('bad-call', `--top=${top} is no number of things to show. Give a whole number, such as 10.`);
  }
  return {
    format: readFormat(format),
    ...(out !== undefined && { out }),
    ...(top !== undefined && { top: Number(top) }),
    ...(workspace !== undefined && { workspace }),
    ...(since !== undefined && { since }),
    choice: readEngineChoice(values),
    paths: positionals,
  };
}

/** `--diff` may stand without its value, which `parseArgs` does not know of. */
function withWholeDiff(args: readonly string[]): readonly string[] {
  const end = args.includes('--') ? args.indexOf('--') : args.length;
  return args.map((arg, index) => (arg === '--diff' && index < end ? '--diff=HEAD' : arg));
}
