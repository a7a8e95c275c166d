/**
 * Readers of JSON that nobody vouches for. A server may send anything: what has another shape than expected is absent
 * (null, or an empty list), and nothing here throws.
 */

export type JsonRecord = Readonly<Record<string, unknown>>;

const NO_ITEMS: readonly unknown[] = [];

/** The value of a JSON text; undefined, which JSON cannot spell, where the text is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A record's own field. What a record inherits (`constructor`) nobody sent. */
export function readField(value: unknown, name: string): unknown {
  return isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

/** The value that lies at the end of a path of fields. */
export function readPath(value: unknown, ...names: readonly string[]): unknown {
  return names.reduce(readField, value);
}

export function readString(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

/** A number; infinite ones count, for JSON may hold `-1e999`. A string that looks like a number is none. */
export function readNumber(value: unknown): number | null {
  return typeof value === 'number' && !Number.isNaN(value) ? value : null;
}

/** A whole number from 0: a count, or the id of a token. */
export function readCount(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

export function readArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : NO_ITEMS;
}

/** A list of whole numbers from 0, or an empty one when any item is something else. */
export function readCounts(value: unknown): readonly number[] {
  const counts: number[] = [];
  for (const item of readArray(value)) {
    const count = readCount(item);
    if (count === null) return [];
    counts.push(count);
  }
  return counts;
}

/** A list of bytes; null for none, and when any item is no byte. */
export function readBytes(value: unknown): readonly number[] | null {
  const bytes = readCounts(value);
  return bytes.length > 0 && bytes.every((byte) => byte <= 0xff) ? bytes : null;
}
