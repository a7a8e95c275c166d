import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ParseArgsConfig } from 'node:util';
import { CALL_LIMITS } from '../app/agents/callLimits.ts';
import { assetsIn } from '../app/assets.ts';
import { CandorError } from '../core/candorError.ts';
import { EXIT } from './exitCodes.ts';
import { parseOptions } from './parseOptions.ts';
import { ENGINE_OPTIONS, readEngineChoice } from './readEngineChoice.ts';
import { readNumber } from './readNumber.ts';
import { sayStandIn } from './sayStandIn.ts';

const OPTIONS = {
  ...ENGINE_OPTIONS,
  root: { type: 'string', multiple: true },
  'time-limit': { type: 'string', default: String(CALL_LIMITS.timeMs / 1000) },
} as const satisfies ParseArgsConfig['options'];

/** `candor mcp`: the agents' server, on standard input and output, until the input ends. */
export async function mcpCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(args, OPTIONS);
  if (positionals.length > 0) {
    throw new CandorError('bad-call', 'candor mcp takes no path. Say what agents may read with --root=DIR.');
  }
  const choice = readEngineChoice({ ...values, read: readOf(values) });
  const folders = (values.root ?? ['.']).map(folderAt);
  const timeLimitMs = 1000 * readNumber('time-limit', values['time-limit'], 1, 3600);
  // A bundle of its own: no other command loads the protocol's library.
  const { serveMcp } = await import('../mcp/serveMcp.ts');
  await serveMcp({
    choice,
    assets: assetsIn(new URL('./', import.meta.url)),
    folders,
    timeLimitMs,
    onOpened: sayStandIn,
    say(line) {
      process.stderr.write(`candor: ${line}\n`);
    },
  });
  return EXIT.done;
}

/** An agent waits for its answer: unless told otherwise the bundled model reads a file's worth, whatever is asked about. */
function readOf({
  engine = 'bundled',
  read,
}: {
  readonly engine?: string;
  readonly read?: string;
}): string | undefined {
  return engine === 'bundled' ? (read ?? '0') : read;
}

/** @throws CandorError `bad-call` when a path is no folder */
function folderAt(path: string): string {
  const folder = resolve(path);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return folder;
  throw new CandorError('bad-call', `--root=${path} is no folder. Name one that agents may read.`);
}
