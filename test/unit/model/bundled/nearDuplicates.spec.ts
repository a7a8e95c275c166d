import { describe, expect, it } from 'vitest';
import { nearDuplicateFilter } from '../../../../model/bundled/nearDuplicates.ts';

/** A file of so many functions, each unlike those of other names. */
const fileOf = (name: string, count: number): string =>
  Array.from(
    { length: count },
    (_, index) => `def ${name}_${index}(${name}, limit_${index}):\n    return ${name}[${index * 7}:limit_${index}]\n`,
  ).join('\n');

describe('nearDuplicateFilter', () => {
  it('keeps texts that have little in common', () => {
    const isRepeated = nearDuplicateFilter();
    expect(['parcel', 'route', 'driver', 'stop'].map((name) => isRepeated(fileOf(name, 20)))).toEqual(
      Array(4).fill(false),
    );
  });

  it('finds a copy, one laid out otherwise, and one with a few lines changed', () => {
    const isRepeated = nearDuplicateFilter();
    const text = fileOf('parcel', 40);
    expect(isRepeated(text)).toBe(false);
    expect(isRepeated(text)).toBe(true);
    expect(isRepeated(text.replaceAll('\n', '\r\n\t'))).toBe(true);
    expect(isRepeated(text.replace('parcel_3(', 'van_3(').replace('[35:', '[36:'))).toBe(true);
    expect(isRepeated(`${text}\n${fileOf('route', 4)}`)).toBe(true);
  });

  it('keeps a file of which a small part was seen', () => {
    const isRepeated = nearDuplicateFilter();
    isRepeated(fileOf('parcel', 10));
    expect(isRepeated(`${fileOf('parcel', 10)}\n${fileOf('route', 30)}`)).toBe(false);
  });

  it('says nothing of texts too short to tell', () => {
    const isRepeated = nearDuplicateFilter();
    expect([isRepeated('x = 1'), isRepeated('x = 1')]).toEqual([false, false]);
  });
});
