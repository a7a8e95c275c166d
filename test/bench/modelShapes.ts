import { SMALL_SHAPE, type GgufShape } from '../support/writeRandomGguf.ts';

const QUANTIZED: GgufShape = { ...SMALL_SHAPE, weights: 'q8_0', context: 2048 };

/** Models to measure, by about how many weights they have; our vocabulary of 16,384 is in each. */
const SHAPES: Readonly<Record<string, GgufShape>> = {
  '2.6M': { ...QUANTIZED, width: 64, layers: 10, heads: 4, feedForward: 160 },
  '50M': { ...QUANTIZED, width: 512, layers: 10, heads: 8, feedForward: 1536 },
  '500M': { ...QUANTIZED, width: 1280, layers: 22, heads: 20, feedForward: 3840 },
};

/** The shape of that name. */
export function modelShape(name: string): GgufShape {
  const shape = SHAPES[name];
  if (shape === undefined) throw new Error(`There is no size ${name}. Choose ${Object.keys(SHAPES).join(', ')}.`);
  return shape;
}
