import { seededRandom } from '../../../core/seededRandom.ts';
import type { Shape, ValueKind } from './parameterShapes.ts';

const NUMBERS = ['0', '1', '-1', '2', '3', '5', '10', '0.5', '-2.5', '100', '-0', '7', 'NaN', 'Infinity', '2147483648'];
const STRINGS = [
  '""',
  '"a"',
  '"b"',
  '"abc"',
  '"Hello, World"',
  '"a,b,c"',
  '" x "',
  '"12"',
  '"aba"',
  '"é🙂"',
  '"a\\nb"',
];
const BOOLEANS = ['true', 'false'];
/** What a function may be called with: they take what they are given and answer the same each time. */
const FUNCTIONS = [
  '(x) => x',
  '(x, y) => x < y ? -1 : x > y ? 1 : 0',
  '(x) => !!x',
  '() => undefined',
  '(x, y) => [x, y]',
];
const NOTHINGS = ['undefined', 'null'];
const KINDS: readonly ValueKind[] = ['number', 'string', 'boolean', 'array', 'object'];

/** Nothing where there should be something, once in so many values. */
const NOTHING_ONE_IN = 16;
/** A property left out, once in so many. */
const LEFT_OUT_ONE_IN = 8;
const MOST_ELEMENTS = 5;

/**
 * Arguments to try functions with: expressions of arrays, one value for each shape, chosen to fit it, with now and then
 * nothing. Values of other kinds would tell functions apart that differ only in what nobody gives them. The same seed gives
 * the same inputs; every value is written out, so that each call has its own.
 */
export function sampleInputs(shapes: readonly Shape[], count: number, seed: number): readonly string[] {
  const random = seededRandom(seed);
  const pick = <Item>(items: readonly Item[], fallback: Item): Item =>
    items[Math.floor(random.uniform() * items.length)] ?? fallback;
  const isOneIn = (number: number): boolean => random.uniform() * number < 1;

  const valueOf = (shape: Shape | null): string => {
    if (isOneIn(NOTHING_ONE_IN)) return pick(NOTHINGS, 'null');
    const kinds = shape === null || shape.kinds.size === 0 ? KINDS : [...shape.kinds].sort();
    switch (pick(kinds, 'number')) {
      case 'number':
        return pick(NUMBERS, '0');
      case 'string':
        return pick(STRINGS, '""');
      case 'boolean':
        return pick(BOOLEANS, 'true');
      case 'function':
        return `(${pick(FUNCTIONS, '(x) => x')})`;
      case 'array':
        return arrayOf(shape?.element ?? null);
      case 'object':
        return objectOf(shape);
    }
  };
  const arrayOf = (element: Shape | null): string => {
    // Elements of one array are mostly of one kind.
    const kind = element === null || element.kinds.size === 0 ? pick<ValueKind>(['number', 'string'], 'number') : null;
    const shape: Shape | null =
      kind === null ? element : { kinds: new Set([kind]), properties: new Map(), element: null };
    const length = Math.floor(random.uniform() * (MOST_ELEMENTS + 1));
    return `[${Array.from({ length }, () => valueOf(shape)).join(', ')}]`;
  };
  const objectOf = (shape: Shape | null): string => {
    const properties = shape === null || shape.properties.size === 0 ? [['a', null] as const] : [...shape.properties];
    const written = properties.flatMap(([name, inner]) => {
      const isLeftOut = isOneIn(LEFT_OUT_ONE_IN);
      return isLeftOut ? [] : [`${JSON.stringify(name)}: ${valueOf(inner)}`];
    });
    return `({ ${written.join(', ')} })`;
  };
  return Array.from({ length: count }, () => `[${shapes.map(valueOf).join(', ')}]`);
}
