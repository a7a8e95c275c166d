import { resolve } from 'node:path';
import type { ParseArgsConfig } from 'node:util';
import { snippetsInWords } from '../app/recorder/clientSnippets.ts';
import { recorderPlace } from '../app/recorder/recorderPlace.ts';
import type { RecordedGeneration } from '../capture/recordedGeneration.ts';
import { startRecorder } from '../capture/recorder/startRecorder.ts';
import { CandorError } from '../core/candorError.ts';
import { EXIT } from './exitCodes.ts';
import { parseOptions } from './parseOptions.ts';
import { readFormat } from './readFormat.ts';
import { readNumber } from './readNumber.ts';
import { workspaceOf } from './workspaceOf.ts';

const OPTIONS = {
  upstream: { type: 'string' },
  port: { type: 'string' },
  format: { type: 'string', default: 'text' },
  workspace: { type: 'string' },
} as const satisfies ParseArgsConfig['options'];

/**
 * `candor record`: the recording proxy, until it is interrupted. With `--format=json`, for programs, it also ends with its
 * standard input.
 */
export async function recordCommand(args: readonly string[]): Promise<number> {
  const { values, positionals } = parseOptions(args, OPTIONS);
  const { upstream } = values;
  if (upstream === undefined || positionals.length > 0) {
    throw new CandorError('bad-call', 'candor record needs the server to record: --upstream=URL.');
  }
  const isJson = readFormat(values.format) === 'json';
  // What is recorded belongs to the workspace, wherever the command is run.
  const place = await recorderPlace(values.workspace ?? workspaceOf([resolve('.')], undefined));
  const port = values.port === undefined ? place.port : readNumber('port', values.port, 1, 65_535);
  const say = (line: string, json: object): void => {
    process.stdout.write(`${isJson ? JSON.stringify(json) : line}\n`);
  };
  const recorder = await startRecorder({
    upstream,
    port,
    secret: place.secret,
    onGeneration: (generation) => {
      say(inWords(generation), { event: 'recorded', ...inNumbers(generation) });
    },
  });
  say(`Recording what goes to ${upstream}, at\n\n    ${recorder.address}\n\n${snippetsInWords(recorder.address)}`, {
    event: 'listening',
    address: recorder.address,
  });
  await interrupted(isJson);
  await recorder.close();
  return EXIT.done;
}

function interrupted(endsWithInput: boolean): Promise<void> {
  return new Promise((end) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const)
      process.once(signal, () => {
        end();
      });
    if (!endsWithInput) return;
    process.stdin.once('end', end).once('close', end).resume();
  });
}

/** What was recorded, without any of its text. */
function inNumbers({ client, kind, scored }: RecordedGeneration): {
  readonly client: string | null;
  readonly kind: RecordedGeneration['kind'];
  readonly model: string;
  readonly tokens: number;
  readonly scored: number;
} {
  const known = scored.measures.logprobsNats.filter((logprob) => !Number.isNaN(logprob));
  return { client, kind, model: scored.source.model, tokens: scored.tokenCount, scored: known.length };
}

function inWords(generation: RecordedGeneration): string {
  const { client, kind, model, tokens, scored } = inNumbers(generation);
  return `${client ?? 'a client'}: ${kind} of ${model}, ${scored} of ${tokens} tokens with their probability`;
}
