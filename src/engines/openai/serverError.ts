import { APIConnectionTimeoutError, APIError } from 'openai';
import { CandorError } from '../../core/candorError.ts';
import type { CallFailure } from './nextTry.ts';
import { toldWaitMs } from './toldWaitMs.ts';

/** The line broke while an answer came. */
export class LostConnection extends Error {}

/** Why a call failed, as far as it matters for another try. */
export function callFailure(error: unknown): CallFailure {
  if (error instanceof CandorError) return { kind: 'final' };
  if (error instanceof APIConnectionTimeoutError) return { kind: 'stalled' };
  const status = statusOf(error);
  if (status === undefined || status === 408) return { kind: 'broken' };
  if (status === 429 || status === 503) return { kind: 'refused', toldMs: toldMsOf(error) };
  return { kind: isBreakdown(status) ? 'broken' : 'final' };
}

/**
 * What went wrong with a request, in one sentence. Nothing of the answer, the request or the key is in it, and it has no
 * `cause`: what a server writes into an error may be what it was sent.
 *
 * @param tries how often it was asked
 */
export function serverError(error: unknown, tries = 1): CandorError {
  if (error instanceof CandorError) return error;
  if (error instanceof APIConnectionTimeoutError) return timedOut(tries);
  if (error instanceof LostConnection) return cutReply(tries);
  const status = statusOf(error);
  if (status !== undefined) return statusError(status, tries, toldMsOf(error));
  return failed('The model server cannot be reached', tries, 'Check its address and that it is running.');
}

export function timedOut(tries = 1): CandorError {
  return failed('The model server did not answer in time', tries, 'Try again, or ask for less at once.');
}

export function cutReply(tries = 1): CandorError {
  const what = 'The answer of the model server was cut off or is no JSON';
  return failed(what, tries, 'Try again, and check its address.');
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

/** Of a server that scores texts and does not take this one: a fault of the text, which says nothing about others. */
export function refusedText(error: CandorError): CandorError {
  return new CandorError('engine-failed', `The model server scores texts, but not this one. ${error.message}`);
}

function statusOf(error: unknown): number | undefined {
  const status: unknown = error instanceof APIError ? error.status : undefined;
  return typeof status === 'number' ? status : undefined;
}

/** What the server told a call that it refuses; null for nothing. */
function toldMsOf(error: unknown): number | null {
  const headers: unknown = error instanceof APIError ? error.headers : undefined;
  return headers instanceof Headers ? toldWaitMs(headers, Date.now()) : null;
}

/** 501 is not one: the server has no such route, and will have none the next time. */
function isBreakdown(status: number): boolean {
  return status >= 500 && status !== 501;
}

function statusError(status: number, tries: number, toldMs: number | null): CandorError {
  if (status === 401 || status === 403) {
    return failed(`The model server refused the key (${status})`, tries, 'Give it another one.');
  }
  if (status === 404 || status === 405) {
    const message = `The model server does not know the model or the route (${status}). Check its address and the model.`;
    return new CandorError('not-found', message);
  }
  if (status === 429 || status === 503) {
    const what = `The model server has too much to do (${status})${toldInWords(toldMs)}`;
    return failed(what, tries, 'Wait a while, or check the limits of your account.');
  }
  if (status >= 300 && status < 400) {
    const what = `The model server redirects to another address (${status})`;
    return failed(what, tries, 'Give that address instead.');
  }
  if (status === 408 || isBreakdown(status)) {
    return failed(`The model server broke down (${status})`, tries, 'Look at its log, then try again.');
  }
  const message = `The model server does not accept the request (${status}). Choose another model or server for it.`;
  return new CandorError('unsupported', message);
}

function failed(what: string, tries: number, whatToDo: string): CandorError {
  return new CandorError('engine-failed', `${what}${tries > 1 ? `, asked ${tries} times` : ''}. ${whatToDo}`);
}

/** Said of waits that a person has to plan for. */
function toldInWords(toldMs: number | null): string {
  return toldMs === null || toldMs < 60_000 ? '' : ` and wants to be left alone for ${Math.ceil(toldMs / 60_000)} min`;
}
