import { APIConnectionTimeoutError, APIError } from 'openai';
import { CandorError } from '../../core/candorError.ts';

/**
 * What went wrong with a request, in one sentence. Nothing of the answer, the request or the key is in it, and it has no
 * `cause`: what a server writes into an error may be what it was sent.
 */
export function serverError(error: unknown): CandorError {
  if (error instanceof CandorError) return error;
  if (error instanceof APIConnectionTimeoutError) return timedOut();
  const status: unknown = error instanceof APIError ? error.status : undefined;
  if (typeof status === 'number') return statusError(status);
  const message = 'The model server cannot be reached. Check its address and that it is running.';
  return new CandorError('engine-failed', message);
}

export function timedOut(): CandorError {
  const message = 'The model server did not answer in time. Try again, or ask for less at once.';
  return new CandorError('engine-failed', message);
}

export function cutReply(): CandorError {
  const message = 'The answer of the model server was cut off or is no JSON. Try again, and check its address.';
  return new CandorError('engine-failed', message);
}

export function tooLong(): CandorError {
  return new CandorError('engine-failed', 'The answer of the model server is too long. Ask for less at once.');
}

export function brokenStream(): CandorError {
  const message = 'The model server broke down while it answered. Look at its log, then try again.';
  return new CandorError('engine-failed', message);
}

export function unknownFormat(): CandorError {
  const message = 'The model server answered in a format that Candor does not know. Check its address.';
  return new CandorError('engine-failed', message);
}

function statusError(status: number): CandorError {
  if (status === 401 || status === 403) {
    return new CandorError('engine-failed', `The model server refused the key (${status}). Give it another one.`);
  }
  if (status === 404 || status === 405) {
    const message = `The model server does not know the model or the route (${status}). Check its address and the model.`;
    return new CandorError('not-found', message);
  }
  if (status === 429) {
    const message = `The model server has too much to do (${status}). Wait a while, or check the limits of your account.`;
    return new CandorError('engine-failed', message);
  }
  if (status >= 300 && status < 400) {
    const message = `The model server redirects to another address (${status}). Give that address instead.`;
    return new CandorError('engine-failed', message);
  }
  if (status >= 500 && status !== 501) {
    return new CandorError(
      'engine-failed',
      `The model server broke down (${status}). Look at its log, then try again.`,
    );
  }
  const message = `The model server does not accept the request (${status}). Choose another model or server for it.`;
  return new CandorError('unsupported', message);
}
