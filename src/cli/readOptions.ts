import type { ParseArgsConfig } from 'node:util';
import type { EngineChoice } from '../app/engineChoice.ts';
import { CandorError } from '../core/candorError.ts';
import { ENGINE_OPTIONS, readEngineChoice, type EngineValues } from './readEngineChoice.ts';

/** Options of the commands that score code, as `parseArgs` wants them. */
export const SCORING_OPTIONS = {
  ...ENGINE_OPTIONS,
  format: { type: 'string', default: 'text' },
  out: { type: 'string' },
  top: { type: 'string' },
  workspace: { type: 'string' },
} as const satisfies ParseArgsConfig['options'];

export interface ScoringValues extends EngineValues {
  readonly out?: string | undefined;
  readonly top?: string | undefined;
  readonly workspace?: string | undefined;
}

export interface Options {
  readonly out?: string;
  readonly top?: number;
  readonly workspace?: string;
  readonly choice: EngineChoice;
}

/**
 * What the commands that score code have in common, but for the format.
 * @throws CandorError `bad-call` when one has no sense
 */
export function readOptions(values: ScoringValues): Options {
  const { out, top, workspace } = values;
  if (top !== undefined && !/^\d{1,6}$/.test(top)) {
    throw new CandorError('bad-call', `--top=${top} is no number of things to show. Give a whole number, such as 10.`);
  }
  return {
    ...(out !== undefined && { out }),
    ...(top !== undefined && { top: Number(top) }),
    ...(workspace !== undefined && { workspace }),
    choice: readEngineChoice(values),
  };
}
