import type { LeafIndices } from './regionTrace.ts';

/** So many leaves in a row are no accident; a region with fewer must stand there as a whole. */
const SHINGLE = 12;

/** Around what was found of a region, so many times its length is looked at for the rest. */
const SLACK = 0.5;

/**
 * Looks for a region in a text of which nothing is known, by runs of its leaves.
 *
 *     region   a b c d e f g ...              runs of 12 vote for the place at which the region would begin;
 *     text     ... x a b c d e y f g ...      the place with most votes wins, with some slack on both sides
 *
 * @returns where it stands, or most of it; null where nothing of it is found, or where it stands more than once
 */
export function locateRegion(region: Uint32Array, text: Uint32Array): LeafIndices | null {
  const size = Math.min(SHINGLE, region.length);
  if (size === 0) return null;
  const starts = startsOfRuns(text, size);
  const votes = new Map<number, number>();
  for (let at = 0; at + size <= region.length; at++) {
    const found = starts.get(region.subarray(at, at + size).join()) ?? [];
    for (const place of found) votes.set(place - at, (votes.get(place - at) ?? 0) + 1);
  }
  const [best, second] = [...votes].sort(([, one], [, other]) => other - one);
  if (best === undefined) return null;
  if (second?.[1] === best[1] && isApart(best[0], second[0], region)) return null;
  const slack = Math.ceil(SLACK * region.length);
  const [begin] = best;
  const isWhole = best[1] === region.length - size + 1;
  if (isWhole) return { first: begin, end: begin + region.length };
  return { first: Math.max(0, begin - slack), end: Math.min(text.length, begin + region.length + slack) };
}

type RunStarts = ReadonlyMap<string, readonly number[]>;

/** Of the texts that are looked at: many regions are looked for in one. */
const known = new WeakMap<Uint32Array, Map<number, RunStarts>>();

/** Where each run of so many leaves begins in a text. */
function startsOfRuns(text: Uint32Array, size: number): RunStarts {
  const bySize = known.get(text) ?? new Map<number, RunStarts>();
  known.set(text, bySize);
  const before = bySize.get(size);
  if (before !== undefined) return before;
  const starts = new Map<string, number[]>();
  for (let at = 0; at + size <= text.length; at++) {
    const key = text.subarray(at, at + size).join();
    const others = starts.get(key);
    if (others === undefined) starts.set(key, [at]);
    else others.push(at);
  }
  bySize.set(size, starts);
  return starts;
}

/** Two places that lie within one region's length of each other are two parts of one, with something new in between. */
function isApart(one: number, other: number, { length }: Uint32Array): boolean {
  return Math.abs(one - other) >= length;
}
