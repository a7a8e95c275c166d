import { CandorError } from '../candorError.ts';

// Readers of the fields of parsed JSON that Candor wrote itself: what is amiss throws a CandorError `corrupt`, for nobody can mend it by
// hand. Whoever knows what the JSON is of says so in a message of its own.

/** A JSON object. */
export type JsonRecord = Readonly<Record<string, unknown>>;

function isRecord(json: unknown): json is JsonRecord {
  return typeof json === 'object' && json !== null && !Array.isArray(json);
}

export function record(json: unknown): JsonRecord {
  if (!isRecord(json)) throw corrupt();
  return json;
}

export function list<T>(json: unknown, item: (json: unknown) => T): readonly T[] {
  if (!Array.isArray(json)) throw corrupt();
  return json.map(item);
}

export function text(json: unknown): string {
  if (typeof json !== 'string') throw corrupt();
  return json;
}

/** No number of a fitted model comes near it, and a judgement with it would overflow. */
const LARGEST = 1e100;

export function number(json: unknown): number {
  if (typeof json !== 'number' || !(Math.abs(json) <= LARGEST)) throw corrupt();
  return json;
}

export function positive(json: unknown): number {
  const value = number(json);
  if (!(value > 0)) throw corrupt();
  return value;
}

export function count(json: unknown): number {
  const value = number(json);
  if (!Number.isInteger(value) || value < 0) throw corrupt();
  return value;
}

/** In [0, 1]. */
export function share(json: unknown): number {
  const value = number(json);
  if (!(value >= 0 && value <= 1)) throw corrupt();
  return value;
}

export function oneOf<Name extends string>(json: unknown, names: readonly Name[]): Name {
  const name = names.find((one) => one === json);
  if (name === undefined) throw corrupt();
  return name;
}

export function orNull<T>(json: unknown, read: (json: unknown) => T): T | null {
  return json === null ? null : read(json);
}

/** True or false. */
export function flag(json: unknown): boolean {
  if (typeof json !== 'boolean') throw corrupt();
  return json;
}

/** A value of each of an object's fields. */
export function dictionary<T>(json: unknown, value: (json: unknown) => T): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record(json)).map(([name, field]) => [name, value(field)]));
}

export function corrupt(): CandorError {
  return new CandorError('corrupt', 'What Candor had kept is damaged. Calibrate again, or install Candor again.');
}
