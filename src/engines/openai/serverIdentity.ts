import { CandorError } from '../../core/candorError.ts';
import { isRecord, readArray, readField, readString } from '../../wire/jsonReaders.ts';
import type { ServerClient } from './serverClient.ts';
import type { ServerKind } from './serverKind.ts';

/** What a server says that it is. What it can do is measured all the same. */
export interface ServerIdentity {
  readonly kind: ServerKind;
  readonly version: string | null;
}

/**
 * Where each kind of server says what it is, those first that nobody imitates. `versionIn` gives undefined for an answer
 * that is none of that kind; some servers answer any route.
 *
 * Sources: the API references of llama.cpp (`/props`), SGLang, Ollama, LM Studio and vLLM.
 */
const SIGNS: readonly {
  readonly kind: ServerKind;
  readonly path: string;
  readonly versionIn: (answer: unknown) => unknown;
}[] = [
  { kind: 'llama-server', path: '/props', versionIn: (answer) => readField(answer, 'build_info') },
  { kind: 'sglang', path: '/server_info', versionIn: sglangVersion },
  { kind: 'sglang', path: '/get_server_info', versionIn: sglangVersion },
  { kind: 'ollama', path: '/api/version', versionIn: (answer) => readField(answer, 'version') },
  { kind: 'lm-studio', path: '/api/v0/models', versionIn: lmStudioVersion },
  { kind: 'vllm', path: '/version', versionIn: (answer) => readField(answer, 'version') },
];

/** Asks a server what it is. One that does not say so, or does not answer, is `unknown`. */
export async function serverIdentity(client: ServerClient, signal?: AbortSignal): Promise<ServerIdentity> {
  const versions = await Promise.all(
    SIGNS.map(async ({ path, versionIn }) => {
      try {
        return versionIn(await client.get(path, signal));
      } catch (error) {
        if (CandorError.is(error) && signal?.aborted !== true) return undefined;
        throw error;
      }
    }),
  );
  const found = versions.findIndex((version) => version === null || typeof version === 'string');
  return { kind: SIGNS[found]?.kind ?? 'unknown', version: shownVersion(versions[found]) };
}

function sglangVersion(answer: unknown): unknown {
  const isSglang = ['tokenizer_path', 'internal_states'].some((name) => readField(answer, name) !== undefined);
  return isSglang ? (readField(answer, 'version') ?? null) : undefined;
}

/** LM Studio says no version, but lists its models with their state. */
function lmStudioVersion(answer: unknown): null | undefined {
  const models = readArray(readField(answer, 'data'));
  return models.some((model) => isRecord(model) && readString(model.state) !== null) ? null : undefined;
}

/** A version as it may be shown and kept: one short line, or none. */
function shownVersion(version: unknown): string | null {
  const text = readString(version);
  return text !== null && /^[\x20-\x7e]{1,80}$/.test(text) ? text : null;
}
