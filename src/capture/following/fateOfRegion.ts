import type { CodeLeaves } from '../../syntax/codeLeaves.ts';
import { areListItems } from '../../syntax/versions/areListItems.ts';
import { declaringLeaves } from '../../syntax/versions/declaringLeaves.ts';
import { matchLeaves, UNMATCHED } from '../../syntax/versions/matchLeaves.ts';
import { slideInserted } from '../../syntax/versions/matchVersions.ts';
import type { LeafHasher } from './leafHasher.ts';
import { locateRegion } from './locateRegion.ts';
import type { LeafIndices, RegionTrace } from './regionTrace.ts';

/** What became of a region between its arrival and a later text, by the rules of docs/targets.md. */
export interface RegionFate {
  /** `changed`: a leaf or an inner gap; `extended`: a list inside it has more items, and nothing else happened. */
  readonly event: 'unchanged' | 'extended' | 'changed';
  /** Share of its leaves that live, in [0, 1]. */
  readonly retainedShare: number;
  /** Where it is: from its first living leaf to its last; null: no leaf lives. */
  readonly place: LeafIndices | null;
}

/** A text as regions are looked for in it: its leaves, and their hashes in the same order. */
export interface HashedText {
  readonly leaves: CodeLeaves;
  readonly hashes: Uint32Array;
}

/** A shorter run of leaves that appears elsewhere is no proof that it was moved. */
const SHORTEST_MOVE = 12;

const IDENTIFIER = /^[\p{L}_$][\p{L}\p{N}_$]*$/u;

export function hashedText(leaves: CodeLeaves, hash: LeafHasher): HashedText {
  return { leaves, hashes: Uint32Array.from(leaves.words, hash) };
}

/**
 * Compares a region with a later text of its document.
 *
 *     region     a ( b ) { c }
 *     text    x; a ( b , d ) { c } y;      hint [a .. }]: `, d` is a new argument, so the region is `extended`
 *
 * @param hint where its edits have left it; null: nobody followed them, and it is looked for in the whole text
 * @returns null where it was looked for and not found: it may be gone, or be another text by now
 */
export function fateOfRegion(trace: RegionTrace, now: HashedText, hint: LeafIndices | null): RegionFate | null {
  const slid = laterLeaves(trace, now, hint);
  if (slid === null) return null;
  const living = slid.filter((leaf) => leaf !== UNMATCHED);
  const isLeafChanged = living.length < slid.length;
  const gaps = Array.from({ length: Math.max(0, slid.length - 1) }, (_, gap) => changeOfGap(now, slid, gap));
  const isChanged = isLeafChanged || gaps.includes('inserted');
  return {
    event: isChanged ? 'changed' : gaps.includes('extended') ? 'extended' : 'unchanged',
    retainedShare: slid.length === 0 ? 0 : living.length / slid.length,
    place: living.length === 0 ? null : { first: minimum(living), end: maximum(living) + 1 },
  };
}

/**
 * For each leaf of a region the index of the same leaf in a later text of its document, or UNMATCHED for one that does not live.
 *
 * @param hint as in `fateOfRegion`
 * @returns null where the region was looked for and not found
 */
export function laterLeaves(trace: RegionTrace, now: HashedText, hint: LeafIndices | null): Int32Array | null {
  const window = hint ?? locateRegion(trace.hashes, now.hashes);
  if (window === null) return null;
  const matches = matchesIn(trace, now, window);
  carryRenames(trace, now, matches);
  carryMoves(trace.hashes, now.hashes, matches);
  return slideInserted(now.leaves, matches);
}

/** For each leaf of the region the index of the same leaf inside the window, or UNMATCHED. */
function matchesIn({ hashes }: RegionTrace, now: HashedText, { first, end }: LeafIndices): Int32Array {
  return matchLeaves(asWords(hashes), asWords(now.hashes.subarray(first, end))).map((leaf) =>
    leaf === UNMATCHED ? UNMATCHED : leaf + first,
  );
}

/** What is compared are words; hashes are spelt as such. */
function asWords(hashes: Uint32Array): readonly string[] {
  return Array.from(hashes, (hash) => hash.toString(36));
}

/**
 * Matches names of what is declared outside where another name stands by now, which is declared outside as well, while the old
 * one no longer is: it was renamed there.
 */
function carryRenames(
  { hashes, outsideNames }: RegionTrace,
  { leaves, hashes: now }: HashedText,
  matches: Int32Array,
): void {
  if (!outsideNames.includes(1) || !matches.includes(UNMATCHED)) return;
  const declared = new Set(Array.from(declaringLeaves(leaves), (leaf) => now[leaf] ?? 0));
  for (let start = 0; start < matches.length; start++) {
    if (matches[start] !== UNMATCHED) continue;
    let end = start + 1;
    while (end < matches.length && matches[end] === UNMATCHED) end++;
    const before = start === 0 ? UNMATCHED : (matches[start - 1] ?? UNMATCHED);
    const after = matches[end] ?? UNMATCHED;
    // A run of one or more names between two neighbours that live, or at an end of the region beside one that does.
    const place = before !== UNMATCHED ? before + 1 : after - (end - start);
    const isSubstituted =
      (before === UNMATCHED || after === UNMATCHED || after - before - 1 === end - start) && place >= 0;
    for (let leaf = start; isSubstituted && leaf < end; leaf++) {
      const at = place + leaf - start;
      const [old, name] = [hashes[leaf] ?? 0, now[at] ?? 0];
      const isName = outsideNames[leaf] === 1 && IDENTIFIER.test(leaves.words[at] ?? '');
      if (isName && declared.has(name) && !declared.has(old)) matches[leaf] = at;
    }
    start = end - 1;
  }
}

/** Matches runs of leaves that are gone where the same run stands elsewhere in the text. */
function carryMoves(hashes: Uint32Array, now: Uint32Array, matches: Int32Array): void {
  const taken = new Set(matches);
  const isGone = (leaf: number): boolean => leaf < matches.length && matches[leaf] === UNMATCHED;
  for (let start = 0; start < matches.length; start++) {
    let length = 0;
    while (isGone(start + length)) length++;
    if (length < SHORTEST_MOVE) {
      start += length;
      continue;
    }
    const run = longestRun(hashes.subarray(start, start + length), now, taken);
    if (run === null) continue;
    for (let offset = 0; offset < run.length; offset++) {
      matches[start + offset] = run.at + offset;
      taken.add(run.at + offset);
    }
    start += run.length - 1;
  }
}

/** The place at which most of a run's beginning stands; null where that is too little. */
function longestRun(
  run: Uint32Array,
  now: Uint32Array,
  taken: ReadonlySet<number>,
): { readonly at: number; readonly length: number } | null {
  let [at, longest] = [0, 0];
  for (let start = 0; start < now.length; start++) {
    let length = 0;
    while (length < run.length && now[start + length] === run[length] && !taken.has(start + length)) length++;
    if (length > longest) [at, longest] = [start, length];
  }
  return longest < SHORTEST_MOVE ? null : { at, length: longest };
}

/** What happened between two neighbouring leaves: null for nothing that is a gap's own affair. */
function changeOfGap({ leaves }: HashedText, matches: Int32Array, gap: number): 'inserted' | 'extended' | null {
  const [left, right] = [matches[gap] ?? UNMATCHED, matches[gap + 1] ?? UNMATCHED];
  if (left === UNMATCHED || right === UNMATCHED || right <= left + 1) return null;
  const { text, spans, ordinals } = leaves;
  const isExtension = areListItems(text, spans, ordinals[left + 1] ?? 0, (ordinals[right - 1] ?? 0) + 1);
  return isExtension ? 'extended' : 'inserted';
}

function minimum(values: Int32Array): number {
  return values.reduce((low, value) => Math.min(low, value));
}

function maximum(values: Int32Array): number {
  return values.reduce((high, value) => Math.max(high, value));
}
