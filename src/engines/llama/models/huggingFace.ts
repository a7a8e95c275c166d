import { CandorError } from '../../../core/candorError.ts';
import { refused, undeclared, unreachable } from './downloadErrors.ts';
import type { DownloadLimits } from './downloadLimits.ts';
import { Interruption, interruptionOf, isPassing, request, withRetries, type Access } from './downloadRequest.ts';

/** The server that has the models, and who asks. */
export interface Hub {
  /** Without a slash at its end. */
  readonly endpoint: string;
  readonly access: Access;
}

/** The names that huggingface_hub reads, too. */
export interface HubEnvironment {
  readonly HF_ENDPOINT?: string | undefined;
  readonly HF_TOKEN?: string | undefined;
}

/** A file as the hub declares it. */
export interface DeclaredFile {
  readonly sha256: string;
  readonly sizeBytes: number | null;
  /** The commit that the revision is now; null where the hub does not say. */
  readonly commit: string | null;
}

/**
 * The hub of an environment: `HF_ENDPOINT`, or huggingface.co; `HF_TOKEN` is for that origin alone.
 * @throws CandorError `bad-call` for values that are none
 */
export function hubOf(environment: HubEnvironment): Hub {
  const endpoint = (environment.HF_ENDPOINT ?? '').trim() || 'https://huggingface.co';
  const url = URL.parse(endpoint);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new CandorError('bad-call', 'HF_ENDPOINT is no address. Write https://HOST, or leave it out.');
  }
  const token = (environment.HF_TOKEN ?? '').trim();
  if (!/^[\x21-\x7e]*$/.test(token)) {
    throw new CandorError('bad-call', 'HF_TOKEN holds a character that no token has. Copy it again, or leave it out.');
  }
  return { endpoint: url.href.replace(/\/+$/, ''), access: { origin: url.origin, token: token === '' ? null : token } };
}

/** Address of a file: `ENDPOINT/OWNER/REPO/resolve/REVISION/PATH`. */
export function hubUrl({ endpoint }: Hub, repository: string, revision: string, file: string): string {
  const path = file.split('/').map(encodeURIComponent).join('/');
  return `${endpoint}/${repository}/resolve/${encodeURIComponent(revision)}/${path}`;
}

/**
 * Asks what a file must be. The hub answers with a redirect to where the bytes are, and says in its own headers what
 * they must hash to: `x-linked-etag` (the SHA-256 of a large file), `x-linked-size` and `x-repo-commit`, as
 * huggingface_hub reads them.
 *
 * @throws CandorError `not-found`, `unsupported` when there is no hash, `engine-failed`; the signal's reason
 */
export async function declaredFile(
  hub: Hub,
  url: string,
  hint: string,
  limits: DownloadLimits,
  signal: AbortSignal | undefined,
): Promise<DeclaredFile> {
  const isAnswer = (response: Response): boolean => response.headers.has('x-linked-etag');
  const ask = async (ended: AbortSignal): Promise<DeclaredFile> => {
    const response = await request(url, { method: 'HEAD', headers: {}, access: hub.access, signal: ended, isAnswer });
    const { status, headers } = response;
    if (isPassing(status)) throw interruptionOf(response);
    if (status >= 400) throw refused(url, status, hub.access, hint);
    const [, sha256] = /^(?:W\/)?"?([0-9a-f]{64})"?$/.exec(headers.get('x-linked-etag') ?? '') ?? [];
    if (sha256 === undefined) throw undeclared(url, hint);
    const size = Number(headers.get('x-linked-size') ?? Number.NaN);
    return {
      sha256,
      sizeBytes: Number.isSafeInteger(size) && size > 0 ? size : null,
      commit: /^[0-9a-f]{40}$/.exec(headers.get('x-repo-commit') ?? '')?.[0] ?? null,
    };
  };
  return withRetries(ask, limits, signal).catch((error: unknown) => {
    throw error instanceof Interruption ? unreachable(hint, error) : error;
  });
}
