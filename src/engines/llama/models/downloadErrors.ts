import { CandorError } from '../../../core/candorError.ts';
import type { Access } from './downloadRequest.ts';

/** How a user can do without the download: the address of the file, and where to put it. No query: it may hold a key. */
export function byHand(urls: readonly string[], target: string): string {
  const { origin, pathname } = new URL(urls[0] ?? '');
  const others = urls.length > 1 ? `, with the other ${urls.length - 1} parts beside it` : '';
  return `Fetch ${origin}${pathname} by hand and put it at ${target}${others}.`;
}

export function unreachable(hint: string, cause: Error): CandorError {
  return new CandorError('engine-failed', `The model cannot be downloaded: ${cause.message}. ${hint}`, { cause });
}

/** What a server's refusal means to the user. */
export function refused(url: string, status: number, access: Access, hint: string): CandorError {
  const { host, origin } = new URL(url);
  if (status === 404 || status === 410) {
    return new CandorError('not-found', `${host} has no such model or revision (${status}). Check its name.`);
  }
  if ((status === 401 || status === 403) && origin === access.origin) {
    const message =
      access.token !== null
        ? `${host} refuses this model to your HF_TOKEN (${status}). Accept the model's terms on its page, or check its name.`
        : `${host} gives this model to known users only, or has none of that name (${status}). Accept the model's terms on its page and set HF_TOKEN, or check its name.`;
    return new CandorError('engine-failed', message);
  }
  return new CandorError('engine-failed', `${host} refuses the model (${status}). ${hint}`);
}

export function undeclared(url: string, hint: string): CandorError {
  const message = `${new URL(url).host} declares no SHA-256 for this file, so it cannot be checked. ${hint}`;
  return new CandorError('unsupported', message);
}

export function wrongBytes(): CandorError {
  const message =
    'The download is not the file that was promised (its SHA-256 differs) and was deleted. Ask again; if it happens again, do not use that source.';
  return new CandorError('corrupt', message);
}

export function noModel(): CandorError {
  const message = 'What was downloaded is no GGUF file and was deleted. Check the address of the model.';
  return new CandorError('corrupt', message);
}

export function noSpace(neededBytes: number | null, folder: string, cause?: unknown): CandorError {
  const needed = neededBytes === null ? 'more space' : `${gigabytes(neededBytes)} GB more`;
  return new CandorError('engine-failed', `The model needs ${needed} in ${folder}. Make room and ask again.`, {
    cause,
  });
}

export function lostLock(): CandorError {
  return new CandorError('engine-failed', 'Another process took over this download. Ask again.');
}

/** Errors of the file system, in the user's words; others as they are. */
export function fileError(error: unknown, folder: string): unknown {
  if (isErrno(error, 'ENOSPC') || isErrno(error, 'EDQUOT')) return noSpace(null, folder, error);
  if (!(error instanceof Error && 'syscall' in error) || CandorError.is(error)) return error;
  const message = `The folder of models cannot be written: ${folder}. Check who may write it, or choose another.`;
  return new CandorError('engine-failed', message, { cause: error });
}

export function isErrno(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

function gigabytes(bytes: number): string {
  return (bytes / 1e9).toFixed(2);
}
