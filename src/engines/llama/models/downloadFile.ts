import { mkdir, stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileError, isErrno, lostLock, noSpace, refused, unreachable, wrongBytes } from './downloadErrors.ts';
import type { DownloadLimits } from './downloadLimits.ts';
import { takeLock } from './downloadLock.ts';
import { openPart, type Part } from './downloadPart.ts';
import { interruptionOf, Interruption, isPassing, request, withRetries, type Access } from './downloadRequest.ts';

/** A file on a server, and what is known of it before it is asked for. */
export interface Download {
  readonly url: string;
  readonly sha256: string;
  /** null: the server says when it sends the file. */
  readonly sizeBytes: number | null;
  /** Where it shall lie. */
  readonly target: string;
}

export interface DownloadOptions {
  readonly access: Access;
  readonly limits: DownloadLimits;
  /** What to tell the user who has to do without: see `byHand`. */
  readonly hint: string;
  readonly onBytes: (doneBytes: number, totalBytes: number | null) => void;
  readonly signal: AbortSignal | undefined;
}

/**
 * Downloads a file so that under its name there is either all of it, with the hash that was promised, or nothing. What
 * comes is written to `target.part`; an interrupted download goes on from there, in this process or a later one. Of
 * several processes one downloads and the others wait.
 *
 * @throws CandorError `corrupt` for a file that is not the promised one, `not-found`, `engine-failed` with what to do
 * next; the signal's reason (the part stays)
 */
export async function downloadFile(download: Download, options: DownloadOptions): Promise<void> {
  const { target, sha256, sizeBytes } = download;
  const { limits, onBytes, signal } = options;
  const folder = dirname(target);
  try {
    await mkdir(folder, { recursive: true });
    const showOther = (): void => {
      void stat(`${target}.part`).then(
        ({ size }) => {
          onBytes(size, sizeBytes);
        },
        () => undefined,
      );
    };
    const lock = await takeLock(`${target}.lock`, limits, showOther, signal);
    try {
      if (await isThere(target)) return;
      const show = (lengthBytes: number): void => {
        onBytes(lengthBytes, sizeBytes);
      };
      const part = await openPart(target, sha256, show, signal);
      try {
        await complete(part, download, options);
        if (!(await lock.isHeld())) throw lostLock();
        await part.finish();
      } finally {
        await part.close();
      }
    } finally {
      await lock.release();
    }
  } catch (error) {
    throw fileError(error, folder);
  }
}

export async function isThere(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isFile();
  } catch (error) {
    if (isErrno(error, 'ENOENT') || isErrno(error, 'ENOTDIR')) return false;
    throw fileError(error, dirname(path));
  }
}

/** Fetches what the part lacks. */
async function complete(part: Part, download: Download, options: DownloadOptions): Promise<void> {
  const { limits, signal, hint } = options;
  if (download.sizeBytes !== null && part.lengthBytes > download.sizeBytes) await part.restart(null);
  if (part.lengthBytes === download.sizeBytes) return;
  await withRetries(
    (ended, alive) => fetchRest(part, download, options, ended, alive),
    limits,
    signal,
    () => part.lengthBytes,
  ).catch((error: unknown) => {
    throw error instanceof Interruption ? unreachable(hint, error) : error;
  });
}

async function fetchRest(
  part: Part,
  { url, sizeBytes, target }: Download,
  { access, hint, onBytes }: DownloadOptions,
  signal: AbortSignal,
  alive: () => void,
): Promise<void> {
  const startBytes = part.lengthBytes;
  const headers: Record<string, string> = startBytes === 0 ? {} : { range: `bytes=${startBytes}-` };
  if (startBytes > 0 && part.etag !== null) headers['if-range'] = part.etag;
  const response = await request(url, { method: 'GET', headers, access, signal });
  try {
    alive();
    const { status } = response;
    const goesOn = status === 206 && rangeStart(response) === startBytes;
    if (status === 416 && unsatisfiedTotal(response) === startBytes) return;
    if (status === 416 || (status === 206 && !goesOn)) {
      // What is there is no beginning of what the server has.
      await part.restart(null);
      throw new Interruption('the server has another file than before');
    }
    // A link that the server gave for a while runs out; the next one is new.
    const isLink = new URL(response.url).origin !== new URL(url).origin;
    if (isPassing(status) || (status === 403 && isLink)) throw interruptionOf(response);
    if (status !== 200 && !goesOn) throw refused(url, status, access, hint);
    if (!goesOn) await part.restart(strongEtag(response));
    const totalBytes = sizeBytes ?? totalOf(response, part.lengthBytes);
    await checkSpace(dirname(target), totalBytes, part.lengthBytes);
    for await (const bytes of bodyOf(response)) {
      alive();
      await part.append(bytes);
      if (totalBytes !== null && part.lengthBytes > totalBytes) {
        await part.discard();
        throw wrongBytes();
      }
      onBytes(part.lengthBytes, totalBytes);
    }
    if (totalBytes !== null && part.lengthBytes < totalBytes) throw new Interruption('the connection was cut');
  } finally {
    if (response.body?.locked === false) await response.body.cancel().catch(() => undefined);
  }
}

/** The body's pieces. What goes wrong on the way is an interruption, whatever it is. */
async function* bodyOf(response: Response): AsyncGenerator<Uint8Array> {
  if (response.body === null) return;
  const reader: AsyncIterator<Uint8Array> = response.body[Symbol.asyncIterator]();
  try {
    for (;;) {
      const next = await reader.next().catch((cause: unknown) => {
        throw new Interruption('the connection was cut', 0, { cause });
      });
      if (next.done === true) return;
      yield next.value;
    }
  } finally {
    await reader.return?.().catch(() => undefined);
  }
}

async function checkSpace(folder: string, totalBytes: number | null, haveBytes: number): Promise<void> {
  if (totalBytes === null) return;
  const { bavail, blocks, bsize } = await statfs(folder);
  const missing = totalBytes - haveBytes - bavail * bsize;
  // A file system that does not count its blocks says nothing about its space.
  if (blocks > 0 && missing > 0) throw noSpace(missing, folder);
}

/** `Content-Range: bytes START-END/TOTAL` (RFC 9110, 14.4). */
function rangeStart(response: Response): number | null {
  const [, start] = /^bytes (\d+)-/.exec(response.headers.get('content-range') ?? '') ?? [];
  return start === undefined ? null : Number(start);
}

/** How much there is, where more was asked for: `Content-Range: bytes *\/TOTAL`. */
function unsatisfiedTotal(response: Response): number | null {
  const [, total] = /^bytes \*\/(\d+)$/.exec(response.headers.get('content-range') ?? '') ?? [];
  return total === undefined ? null : Number(total);
}

function totalOf(response: Response, haveBytes: number): number | null {
  const length = response.headers.get('content-length');
  return length === null ? null : haveBytes + Number(length);
}

/** Only a strong mark says that two answers are the same byte for byte (RFC 9110, 13.1.5). */
function strongEtag(response: Response): string | null {
  const etag = response.headers.get('etag');
  return etag?.startsWith('"') === true ? etag : null;
}
