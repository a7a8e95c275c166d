import type { SpanTable } from '../../core/spanTable.ts';

/**
 * Nodes that hold items side by side, in the words of all the grammars: statements, members, arguments, elements. Not
 * parameters: a new one changes what a function is.
 */
const LIST = new RegExp(
  '^(?:' +
    [
      'program',
      'module',
      'source_file',
      'translation_unit',
      'compilation_unit',
      'block',
      'statement_block',
      'body_statement',
      'then',
    ].join('|') +
    '|(?:\\w+_)?(?:body|suite|statements|statement_list|compound_statement|arguments|argument_list|array|list|object)' +
    '|(?:\\w+_)?(?:dictionary|set|tuple|hash|members|declaration_list|field_list|enumerator_list|named_imports)' +
    '|(?:\\w+_)?(?:initializer_list|literal_value|import_list|use_list|switch_block|match_block|object_type|members_list)' +
    ')$',
);

const SEPARATOR = /^[,;]$/;

/**
 * Whether leaves firstLeaf .. endLeaf-1 of a tree are whole items of a list, with the separators between them: then who
 * inserted them extended the list, and changed nothing that stood there (docs/targets.md).
 *
 * @param firstLeaf ordinal into `spans.leaves`, as `endLeaf`; at least one leaf
 */
export function areListItems(text: string, spans: SpanTable, firstLeaf: number, endLeaf: number): boolean {
  const { leaves, leafStarts, leafEnds, parents, subtreeEnds, starts, ends, types, typeNames } = spans;
  const isSeparator = (ordinal: number): boolean => {
    const span = leaves[ordinal] ?? 0;
    return SEPARATOR.test(text.slice(starts[span], ends[span]));
  };
  let [first, end] = [firstLeaf, endLeaf];
  while (first < end && isSeparator(first)) first++;
  while (end > first && isSeparator(end - 1)) end--;
  if (first === end) return false;
  // A separator belongs to the item before it in one grammar, to the list in another, and to neither of two versions.
  let [outerFirst, outerEnd] = [first, end];
  while (outerFirst > 0 && isSeparator(outerFirst - 1)) outerFirst--;
  while (outerEnd < leaves.length && isSeparator(outerEnd)) outerEnd++;

  // The lowest node that holds more than these leaves.
  let holder = leaves[first] ?? 0;
  const holdsMore = (span: number): boolean =>
    (leafEnds[span] ?? 0) >= end && ((leafStarts[span] ?? 0) < outerFirst || (leafEnds[span] ?? 0) > outerEnd);
  while (holder !== 0 && !holdsMore(holder)) holder = parents[holder] ?? 0;
  if (!LIST.test(typeNames[types[holder] ?? 0] ?? '')) return false;

  const last = subtreeEnds[holder] ?? 0;
  for (let child = holder + 1; child < last; child = subtreeEnds[child] ?? last) {
    const [childFirst = 0, childEnd = 0] = [leafStarts[child], leafEnds[child]];
    const overlaps = childFirst < end && childEnd > first;
    if (overlaps && (childFirst < outerFirst || childEnd > outerEnd)) return false;
  }
  return true;
}
