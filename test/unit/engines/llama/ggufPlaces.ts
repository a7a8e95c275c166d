/** Where the parts of a GGUF file's head lie, in bytes from its start: to break them one by one. Version 3, docs/gguf.md of ggml. */
export interface GgufPlaces {
  readonly metadata: ReadonlyMap<string, MetadataPlace>;
  readonly tensors: readonly TensorPlace[];
  /** End of the head; the tensors' data begins behind it. */
  readonly headEnd: number;
}

export interface MetadataPlace {
  /** Length of the key, then the key. */
  readonly key: number;
  /** The value's type; of an array, the type of what it holds and their number follow. */
  readonly type: number;
  readonly value: number;
  readonly end: number;
}

export interface TensorPlace {
  readonly name: number;
  /** Number of dimensions, then each one's size. */
  readonly dimensions: number;
  readonly type: number;
  readonly offset: number;
}

export const TENSOR_COUNT_AT = 8;
export const METADATA_COUNT_AT = 16;
const FIRST_AT = 24;
const SIZES = [1, 1, 2, 2, 4, 4, 4, 1, 0, 0, 8, 8, 8];
const [STRING, ARRAY] = [8, 9];

export function ggufPlaces(file: Buffer): GgufPlaces {
  let at = FIRST_AT;
  const u32 = (): number => file.readUInt32LE((at += 4) - 4);
  const u64 = (): number => Number(file.readBigUInt64LE((at += 8) - 8));
  const skipString = (): void => {
    const length = u64();
    at += length;
  };
  const skip = (type: number): void => {
    if (type === STRING) skipString();
    else if (type === ARRAY) {
      const [itemType, count] = [u32(), u64()];
      for (let item = 0; item < count; item++) skip(itemType);
    } else at += SIZES[type] ?? 0;
  };
  const metadata = new Map<string, MetadataPlace>();
  for (let left = Number(file.readBigUInt64LE(METADATA_COUNT_AT)); left > 0; left--) {
    const key = at;
    skipString();
    const [name, type] = [file.toString('utf8', key + 8, at), at];
    const valueType = u32();
    const value = at;
    skip(valueType);
    metadata.set(name, { key, type, value, end: at });
  }
  const tensors: TensorPlace[] = [];
  for (let left = Number(file.readBigUInt64LE(TENSOR_COUNT_AT)); left > 0; left--) {
    const name = at;
    skipString();
    const dimensions = at;
    const count = u32();
    at += 8 * count;
    tensors.push({ name, dimensions, type: at, offset: at + 4 });
    at += 12;
  }
  return { metadata, tensors, headEnd: at };
}
