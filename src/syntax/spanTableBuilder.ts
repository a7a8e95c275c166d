import { SPAN_FLAGS, type SpanTable } from '../core/spanTable.ts';

/**
 * Fills a SpanTable in preorder: `open` a span, add all that lies below it, `close` it. All columns grow together, by
 * doubling, and `finish` cuts them to length without copying, each with a buffer of its own that can be transferred.
 */
export class SpanTableBuilder {
  length = 0;
  leafCount = 0;
  starts: Uint32Array<ArrayBuffer>;
  ends: Uint32Array<ArrayBuffer>;
  parents: Int32Array<ArrayBuffer>;
  subtreeEnds: Uint32Array<ArrayBuffer>;
  types: Uint16Array<ArrayBuffer>;
  categories: Uint8Array<ArrayBuffer>;
  flags: Uint8Array<ArrayBuffer>;
  leafStarts: Uint32Array<ArrayBuffer>;
  leafEnds: Uint32Array<ArrayBuffer>;
  leaves: Uint32Array<ArrayBuffer>;
  nameSpans: Int32Array<ArrayBuffer>;

  /** `capacity`: for how many spans there is room before the columns grow. */
  constructor(capacity: number) {
    this.starts = new Uint32Array(capacity);
    this.ends = new Uint32Array(capacity);
    this.parents = new Int32Array(capacity);
    this.subtreeEnds = new Uint32Array(capacity);
    this.types = new Uint16Array(capacity);
    this.categories = new Uint8Array(capacity);
    this.flags = new Uint8Array(capacity);
    this.leafStarts = new Uint32Array(capacity);
    this.leafEnds = new Uint32Array(capacity);
    this.leaves = new Uint32Array(capacity);
    this.nameSpans = new Int32Array(capacity);
  }

  /** Adds a span below `parent` (its own index for the root) and returns its index. */
  open(start: number, end: number, parent: number, type: number, category: number, flags: number): number {
    if (this.length === this.starts.length) this.#resize(Math.max(16, this.length * 2));
    const span = this.length++;
    this.starts[span] = start;
    this.ends[span] = end;
    this.parents[span] = parent;
    this.types[span] = type;
    this.categories[span] = category;
    this.flags[span] = flags;
    this.leafStarts[span] = this.leafCount;
    this.nameSpans[span] = -1;
    return span;
  }

  /** Makes the span that was opened last a leaf. */
  markLeaf(span: number): void {
    this.flags[span] = (this.flags[span] ?? 0) | SPAN_FLAGS.leaf;
    this.leaves[this.leafCount++] = span;
  }

  /** Says that all descendants of `span` have been added. */
  close(span: number): void {
    this.subtreeEnds[span] = this.length;
    this.leafEnds[span] = this.leafCount;
  }

  /** The table of all spans. The builder must not be used after it. */
  finish(language: string, textLength: number, typeNames: readonly string[]): SpanTable {
    this.#resize(this.length);
    const leaves = new Uint32Array(this.leaves.buffer.transfer(this.leafCount * 4));
    const { length, starts, ends, parents, subtreeEnds, types, categories, flags } = this;
    const { leafStarts, leafEnds, nameSpans } = this;
    return {
      language,
      textLength,
      length,
      starts,
      ends,
      parents,
      subtreeEnds,
      types,
      categories,
      flags,
      leafStarts,
      leafEnds,
      leaves,
      nameSpans,
      typeNames,
    };
  }

  #resize(capacity: number): void {
    this.starts = new Uint32Array(this.starts.buffer.transfer(capacity * 4));
    this.ends = new Uint32Array(this.ends.buffer.transfer(capacity * 4));
    this.parents = new Int32Array(this.parents.buffer.transfer(capacity * 4));
    this.subtreeEnds = new Uint32Array(this.subtreeEnds.buffer.transfer(capacity * 4));
    this.types = new Uint16Array(this.types.buffer.transfer(capacity * 2));
    this.categories = new Uint8Array(this.categories.buffer.transfer(capacity));
    this.flags = new Uint8Array(this.flags.buffer.transfer(capacity));
    this.leafStarts = new Uint32Array(this.leafStarts.buffer.transfer(capacity * 4));
    this.leafEnds = new Uint32Array(this.leafEnds.buffer.transfer(capacity * 4));
    this.leaves = new Uint32Array(this.leaves.buffer.transfer(capacity * 4));
    this.nameSpans = new Int32Array(this.nameSpans.buffer.transfer(capacity * 4));
  }
}

/** The buffers of a table's columns: what a worker transfers instead of copying. */
export function spanTableBuffers(spans: SpanTable): ArrayBufferLike[] {
  return [
    spans.starts.buffer,
    spans.ends.buffer,
    spans.parents.buffer,
    spans.subtreeEnds.buffer,
    spans.types.buffer,
    spans.categories.buffer,
    spans.flags.buffer,
    spans.leafStarts.buffer,
    spans.leafEnds.buffer,
    spans.leaves.buffer,
    spans.nameSpans.buffer,
  ];
}
