import { parseArgs, type ParseArgsConfig } from 'node:util';
import { CandorError } from '../core/candorError.ts';

type OptionsConfig = NonNullable<ParseArgsConfig['options']>;

/**
 * Arguments as options and paths.
 * @throws CandorError `bad-call` for an option that is unknown or lacks its value
 */
export function parseOptions<T extends OptionsConfig>(
  args: readonly string[],
  options: T,
): ReturnType<typeof parseArgs<{ options: T; allowPositionals: true }>> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (cause) {
    const detail = cause instanceof Error ? (cause.message.split(/[.\n]/, 1)[0] ?? '') : '';
    throw new CandorError('bad-call', `${detail}. "candor --help" lists the options.`, { cause });
  }
}
