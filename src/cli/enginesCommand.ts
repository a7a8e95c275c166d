import type { ParseArgsConfig } from 'node:util';
import { assetsIn } from '../app/assets.ts';
import { listEngines } from '../app/listEngines.ts';
import { CandorError } from '../core/candorError.ts';
import { USUAL_PORTS } from '../engines/openai/findLocalServers.ts';
import { jsonEngines, textEngines } from './enginesReport.ts';
import { EXIT } from './exitCodes.ts';
import { parseOptions } from './parseOptions.ts';
import { progressBar } from './progressBar.ts';
import { ENGINE_OPTIONS, readEngineChoice } from './readEngineChoice.ts';
import { readFormat } from './readFormat.ts';
import { writeResult } from './writeResult.ts';

const OPTIONS = {
  ...ENGINE_OPTIONS,
  format: { type: 'string', default: 'text' },
  out: { type: 'string' },
  local: { type: 'boolean', default: false },
} as const satisfies ParseArgsConfig['options'];

/** `candor engines`: lists what is here to score with, and what it was measured to do. */
export async function enginesCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(args, OPTIONS);
  if (positionals.length > 0) throw new CandorError('bad-call', 'candor engines takes no path. Leave it out.');
  const engine = values.engine ?? (values['base-url'] === undefined ? undefined : 'openai');
  const choice = readEngineChoice({ ...values, engine });
  const format = readFormat(values.format);
  const progress = progressBar(process.stderr);
  try {
    const listing = await listEngines({
      choice,
      localPorts: values.local ? USUAL_PORTS.map(({ port }) => port) : [],
      assets: assetsIn(new URL('./', import.meta.url)),
      onProgress: progress.update,
    });
    progress.end();
    await writeResult(format === 'json' ? jsonEngines(listing) : textEngines(listing, values.local), values.out);
    return EXIT.done;
  } finally {
    progress.end();
  }
}
