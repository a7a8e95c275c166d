import type { MapName } from './calibrationStudy.ts';

const COUNTS = [25, 50, 100, 200, 500];

/** Of the published means, at most: they come from 200 runs and test samples of limited size. */
export const PUBLISHED_STANDARD_ERROR = 0.0013;

/** Mean excess Brier over 200 runs each at n = 25, 50, 100, 200, 500, from a simulation written apart from this code. */
const EXCESS_BRIER: Readonly<Record<string, Partial<Record<MapName, readonly number[]>>>> = {
  A: {
    Platt: [0.0139, 0.0077, 0.0039, 0.0019, 0.0008],
    'ridge-Platt': [0.0096, 0.0058, 0.0033, 0.0017, 0.0007],
    beta: [0.0175, 0.0095, 0.0048, 0.0023, 0.0009],
    isotonic: [0.031, 0.0192, 0.0118, 0.0066, 0.0035],
    'Venn-Abers': [0.0118, 0.0093, 0.0065, 0.0042, 0.0025],
    'ridge and VA': [0.0094, 0.0064, 0.0039, 0.0023, 0.0011],
  },
  B: {
    Platt: [0.0247, 0.0181, 0.0138, 0.0106, 0.0102],
    'ridge-Platt': [0.0205, 0.0169, 0.0134, 0.0106, 0.0102],
    beta: [0.0247, 0.0168, 0.0129, 0.0101, 0.0097],
    isotonic: [0.0289, 0.0193, 0.0111, 0.0069, 0.0037],
    'Venn-Abers': [0.0156, 0.0112, 0.0069, 0.0043, 0.0025],
    'ridge and VA': [0.0164, 0.0123, 0.0083, 0.0055, 0.0045],
  },
};

/** The excess Brier published for a map on a population with so many labels; undefined where none was. */
export function publishedExcessBrier(population: string, count: number, name: MapName): number | undefined {
  return EXCESS_BRIER[population]?.[name]?.[COUNTS.indexOf(count)];
}
