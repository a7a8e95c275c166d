import { SPAN_FLAGS, type SpanTable } from '../../../src/core/spanTable.ts';
import { CATEGORIES } from '../../../src/core/words.ts';

/** Everything that a SpanTable promises, as sentences about where it is broken. Empty: all is well. */
export function brokenPromises(spans: SpanTable, text: string): string[] {
  const broken: string[] = [];
  const check = (holds: boolean, sentence: string): void => {
    if (!holds && broken.length < 10) broken.push(sentence);
  };
  const { length, starts, ends, parents, subtreeEnds, leafStarts, leafEnds, leaves, flags, nameSpans } = spans;
  check(length > 0 && starts[0] === 0 && ends[0] === text.length && parents[0] === 0, 'the root spans the text');
  check(subtreeEnds[0] === length, 'all spans lie below the root');
  check(spans.textLength === text.length, 'the length is that of the text');
  const { types, categories } = spans;
  const columns = [starts, ends, parents, subtreeEnds, types, categories, flags, leafStarts, leafEnds, nameSpans];
  for (const column of columns) {
    check(column.length === length, 'columns are as long as the table');
    check(column.buffer.byteLength === column.byteLength, 'columns have buffers of their own size');
  }
  for (let span = 0; span < length; span++) {
    const at = `span ${span}`;
    const parent = parents[span] ?? 0;
    const flag = flags[span] ?? 0;
    if (span > 0) {
      check(parent < span && span < (subtreeEnds[parent] ?? 0), `${at} comes after its parent`);
      check((subtreeEnds[span] ?? 0) <= (subtreeEnds[parent] ?? 0), `${at} closes before its parent`);
      check((starts[span] ?? 0) >= (starts[parent] ?? 0), `${at} starts inside its parent`);
      check((ends[span] ?? 0) <= (ends[parent] ?? 0), `${at} ends inside its parent`);
      check((starts[span] ?? 0) >= (starts[span - 1] ?? 0), `${at} does not start before the one before it`);
      const before = span - 1 === parent ? -1 : previousSibling(spans, span);
      if (before !== -1) check((ends[before] ?? 0) <= (starts[span] ?? 0), `${at} overlaps its sibling`);
      check(starts[span] !== ends[span] || (flag & SPAN_FLAGS.missing) !== 0, `${at} has a width`);
      if (((flags[parent] ?? 0) & SPAN_FLAGS.comment) !== 0) {
        check((flag & SPAN_FLAGS.comment) !== 0, `${at} is in a comment`);
      }
      check((flag & SPAN_FLAGS.missing) === 0 || starts[span] === ends[span], `${at} is missing, without width`);
      check(((flags[parent] ?? 0) & SPAN_FLAGS.leaf) === 0, `${at} lies in no leaf`);
    }
    check((spans.types[span] ?? 0) < spans.typeNames.length, `${at} has a type`);
    const category = spans.categories[span] ?? 0;
    check(category === 255 || category < CATEGORIES.length, `${at} has a category or none`);
    const name = nameSpans[span] ?? -1;
    check(name === -1 || (name >= 0 && name < length), `${at} is named by a span`);
    const ownLeaves = [...leaves.subarray(leafStarts[span], leafEnds[span])];
    check(
      ownLeaves.every((leaf) => leaf >= span && leaf < (subtreeEnds[span] ?? 0)),
      `${at} holds its leaves`,
    );
    if (parent === span - 1) check(leafStarts[span] === leafStarts[parent], `${at} starts with its parent's leaves`);
  }
  const covered = new Uint8Array(text.length);
  let previousEnd = 0;
  for (const leaf of leaves) {
    check(((flags[leaf] ?? 0) & SPAN_FLAGS.leaf) !== 0, `leaf ${leaf} is flagged`);
    check(((flags[leaf] ?? 0) & SPAN_FLAGS.comment) === 0, `leaf ${leaf} is in no comment`);
    check((starts[leaf] ?? 0) >= previousEnd, `leaf ${leaf} comes after the one before it`);
    check(/\S/.test(text.slice(starts[leaf], ends[leaf])), `leaf ${leaf} is visible`);
    previousEnd = ends[leaf] ?? 0;
    covered.fill(1, starts[leaf], ends[leaf]);
  }
  const leafFlags = flags.filter((flag) => (flag & SPAN_FLAGS.leaf) !== 0).length;
  check(leafFlags === leaves.length, 'flagged spans are listed leaves');
  for (let span = 0; span < length; span++) {
    if (((flags[span] ?? 0) & SPAN_FLAGS.comment) !== 0) covered.fill(1, starts[span], ends[span]);
  }
  for (let at = 0; at < text.length; at++) {
    if (covered[at] === 0) check(/\s/.test(text.charAt(at)), `character ${at} is white space or lies in a leaf`);
  }
  return broken;
}

function previousSibling(spans: SpanTable, span: number): number {
  let before = span - 1;
  while (before > 0 && spans.parents[before] !== spans.parents[span]) before = spans.parents[before] ?? 0;
  return before === spans.parents[span] ? -1 : before;
}
