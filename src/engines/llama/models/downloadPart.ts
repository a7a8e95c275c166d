import { createHash, type Hash } from 'node:crypto';
import { constants } from 'node:fs';
import { open, readFile, rename, rm, writeFile, type FileHandle } from 'node:fs/promises';
import { parseJson, readField, readString } from '../../../wire/jsonReaders.ts';
import { noModel, wrongBytes } from './downloadErrors.ts';

const MAGIC = Buffer.from('GGUF');
const READ_BYTES = 1 << 20;

/** The beginning of a file that is being downloaded, on the disk, and its hash so far. */
export interface Part {
  readonly lengthBytes: number;
  /** The server's mark of the version that it is the beginning of, if that is a strong one. */
  readonly etag: string | null;
  /** Forgets what is there and begins anew. */
  restart(etag: string | null): Promise<void>;
  /** @throws CandorError `corrupt`, once it is no GGUF file; the part is then gone */
  append(bytes: Uint8Array): Promise<void>;
  /** Gives it its name. @throws CandorError `corrupt` when it is not what was promised; the part is then gone */
  finish(): Promise<void>;
  /** Takes it from the disk. */
  discard(): Promise<void>;
  /** Leaves it on the disk as it is. */
  close(): Promise<void>;
}

/**
 * Opens what an earlier attempt left of the file `target`, or nothing. Beside `target.part` lies `target.part.json`: the
 * hash that the whole must have and the server's mark. It is written before the first byte, so a part is never taken for
 * the beginning of another file; what is there is hashed again, so it does not matter how the attempt ended.
 *
 * @param onBytes called with the number of bytes found, as they are hashed
 */
export async function openPart(
  target: string,
  sha256: string,
  onBytes: (lengthBytes: number) => void,
  signal: AbortSignal | undefined,
): Promise<Part> {
  const [path, recordPath] = [`${target}.part`, `${target}.part.json`];
  const record = parseJson(await readFile(recordPath, 'utf8').catch(() => ''));
  const isOurs = readField(record, 'sha256') === sha256;
  let etag = isOurs ? readString(readField(record, 'etag')) : null;
  if (!isOurs) {
    await removeBoth();
    await writeRecord(null);
  }
  const file = await open(path, constants.O_RDWR | constants.O_CREAT);
  let hash = createHash('sha256');
  let lengthBytes = 0;
  try {
    lengthBytes = await hashFile(file, hash, onBytes, signal);
  } catch (error) {
    await file.close();
    throw error;
  }

  async function discard(): Promise<void> {
    await file.close();
    await removeBoth();
  }

  async function removeBoth(): Promise<void> {
    await rm(path, { force: true });
    await rm(recordPath, { force: true });
  }

  async function writeRecord(newEtag: string | null): Promise<void> {
    const aside = `${recordPath}.new`;
    await writeFile(aside, JSON.stringify({ sha256, etag: newEtag }));
    await rename(aside, recordPath);
  }

  return {
    get lengthBytes() {
      return lengthBytes;
    },
    get etag() {
      return etag;
    },
    async restart(newEtag) {
      await file.truncate(0);
      await writeRecord(newEtag);
      [etag, hash, lengthBytes] = [newEtag, createHash('sha256'), 0];
    },
    async append(bytes) {
      for (let at = 0; at < bytes.length;) {
        const { bytesWritten } = await file.write(bytes, at, bytes.length - at, lengthBytes);
        hash.update(bytes.subarray(at, at + bytesWritten));
        at += bytesWritten;
        lengthBytes += bytesWritten;
      }
      if (lengthBytes - bytes.length < MAGIC.length && !(await beginsAsModel(file, lengthBytes))) {
        await discard();
        throw noModel();
      }
    },
    async finish() {
      const isModel = lengthBytes >= MAGIC.length && (await beginsAsModel(file, lengthBytes));
      const isPromised = hash.digest('hex') === sha256;
      if (!isPromised || !isModel) {
        await discard();
        throw isPromised ? noModel() : wrongBytes();
      }
      await file.sync();
      await file.close();
      await rename(path, target);
      await rm(recordPath, { force: true });
    },
    discard,
    close: () => file.close(),
  };
}

/** Whether what is there so far can become a GGUF file. */
async function beginsAsModel(file: FileHandle, lengthBytes: number): Promise<boolean> {
  const length = Math.min(MAGIC.length, lengthBytes);
  const { buffer } = await file.read(Buffer.alloc(length), 0, length, 0);
  return buffer.equals(MAGIC.subarray(0, length));
}

async function hashFile(
  file: FileHandle,
  hash: Hash,
  onBytes: (lengthBytes: number) => void,
  signal: AbortSignal | undefined,
): Promise<number> {
  const buffer = Buffer.alloc(READ_BYTES);
  let length = 0;
  for (;;) {
    signal?.throwIfAborted();
    const { bytesRead } = await file.read(buffer, 0, buffer.length, length);
    if (bytesRead === 0) return length;
    hash.update(buffer.subarray(0, bytesRead));
    length += bytesRead;
    onBytes(length);
  }
}
