import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { CandorError } from '../../core/candorError.ts';

/**
 * Checks that the head of a GGUF file is whole: every count and length in it fits into the file. Readers that believe a
 * damaged head ask for terabytes, or read on behind the file's end for ever. Whether the head makes sense as a model is
 * llama.cpp's to say. Takes the time of reading the head, some megabytes.
 *
 * Source: the specification of ggml, docs/gguf.md; versions 2 and 3, little-endian, as llama.cpp reads them.
 *
 * @throws CandorError `corrupt`; an error of the system where the file cannot be read
 */
export function checkGguf(path: string): void {
  const file = openSync(path, 'r');
  try {
    const head = new HeadReader(file);
    if (head.u32() !== MAGIC || !VERSIONS.has(head.u32())) throw damaged();
    const tensorCount = head.u64();
    const metadataCount = head.u64();
    for (let read = 0; read < metadataCount; read++) {
      head.skipString();
      skipValue(head, head.u32());
    }
    for (let read = 0; read < tensorCount; read++) {
      head.skipString();
      head.skip(8 * head.u32());
      head.skip(TENSOR_TYPE_AND_OFFSET_BYTES);
    }
  } finally {
    closeSync(file);
  }
}

/** `GGUF`, read as a number. */
const MAGIC = 0x4655_4747;
const VERSIONS: ReadonlySet<number> = new Set([2, 3]);
const TENSOR_TYPE_AND_OFFSET_BYTES = 12;
const [STRING, ARRAY] = [8, 9];
/** Bytes of a value by its type; strings and arrays have no fixed size. */
const VALUE_BYTES = [1, 1, 2, 2, 4, 4, 4, 1, undefined, undefined, 8, 8, 8];

function skipValue(head: HeadReader, type: number): void {
  if (type === STRING) {
    head.skipString();
  } else if (type === ARRAY) {
    const itemType = head.u32();
    const count = head.u64();
    if (itemType === STRING) for (let read = 0; read < count; read++) head.skipString();
    else head.skip(count * bytesOf(itemType));
  } else {
    head.skip(bytesOf(type));
  }
}

function bytesOf(type: number): number {
  const bytes = VALUE_BYTES[type];
  if (bytes === undefined) throw damaged();
  return bytes;
}

const CHUNK_BYTES = 1 << 20;

/** Reads a file from its start to its end, and not beyond. */
class HeadReader {
  readonly #file: number;
  readonly #size: number;
  readonly #chunk = Buffer.alloc(CHUNK_BYTES);
  /** Part of the file that is in the chunk. */
  #start = 0;
  #end = 0;
  #at = 0;

  constructor(file: number) {
    this.#file = file;
    this.#size = fstatSync(file).size;
  }

  u32(): number {
    return this.#chunk.readUInt32LE(this.#take(4));
  }

  /** A count or a length. Above 2^53 it is not exact, and more than any file has. */
  u64(): number {
    return Number(this.#chunk.readBigUInt64LE(this.#take(8)));
  }

  skipString(): void {
    this.skip(this.u64());
  }

  skip(bytes: number): void {
    this.#at += bytes;
    if (this.#at > this.#size) throw damaged();
  }

  /** Goes on by a few bytes, and says where in the chunk they are. */
  #take(bytes: number): number {
    const from = this.#at;
    this.skip(bytes);
    if (from < this.#start || this.#at > this.#end) {
      this.#start = from;
      this.#end = from + readSync(this.#file, this.#chunk, 0, CHUNK_BYTES, from);
      if (this.#at > this.#end) throw damaged();
    }
    return from - this.#start;
  }
}

function damaged(): CandorError {
  return new CandorError('corrupt', 'The model file is damaged. Fetch it again, or choose another.');
}
