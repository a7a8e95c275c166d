import { firstThat } from '../../core/firstThat.ts';
import type { CodeLeaves } from '../../syntax/codeLeaves.ts';
import { declaringLeaves } from '../../syntax/versions/declaringLeaves.ts';
import type { LeafHasher } from './leafHasher.ts';

/** What is kept of a region's leaves, by which it is known again: no text. Arrays of equal length, in text order. */
export interface RegionTrace {
  readonly hashes: Uint32Array;
  /** 1: names something that the document declares or imports outside of the region, so that a rename from there is no change. */
  readonly outsideNames: Uint8Array;
}

/** Leaves by index into a text's CodeLeaves: first .. end-1. */
export interface LeafIndices {
  readonly first: number;
  readonly end: number;
}

/** The comparable leaves that lie in a stretch of the text, in whole. */
export function leavesIn({ ordinals, spans }: CodeLeaves, start: number, end: number): LeafIndices {
  const startOf = (leaf: number): number => spans.starts[spans.leaves[ordinals[leaf] ?? 0] ?? 0] ?? 0;
  const endOf = (leaf: number): number => spans.ends[spans.leaves[ordinals[leaf] ?? 0] ?? 0] ?? 0;
  const first = firstThat(ordinals.length, (leaf) => startOf(leaf) >= start);
  const afterEnd = firstThat(ordinals.length, (leaf) => endOf(leaf) > end);
  return { first, end: Math.max(first, afterEnd) };
}

/** Where leaves stand in the text; at least one leaf. */
export function rangeOfLeaves(
  { ordinals, spans }: CodeLeaves,
  { first, end }: LeafIndices,
): { readonly start: number; readonly end: number } {
  const spanOf = (leaf: number): number => spans.leaves[ordinals[leaf] ?? 0] ?? 0;
  return { start: spans.starts[spanOf(first)] ?? 0, end: spans.ends[spanOf(end - 1)] ?? 0 };
}

export function traceOf(leaves: CodeLeaves, { first, end }: LeafIndices, hash: LeafHasher): RegionTrace {
  const outside = new Set<string>();
  for (const leaf of declaringLeaves(leaves)) {
    if (leaf < first || leaf >= end) outside.add(leaves.words[leaf] ?? '');
  }
  const words = leaves.words.slice(first, end);
  return {
    hashes: Uint32Array.from(words, hash),
    outsideNames: Uint8Array.from(words, (word) => (outside.has(word) ? 1 : 0)),
  };
}
