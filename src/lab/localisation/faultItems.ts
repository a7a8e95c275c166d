import { lineIndexOf } from '../../core/lineIndex.ts';
import { plantFaults, type FaultyFile } from '../faults/plantFaults.ts';
import type { FaultKind } from '../faults/faultKinds.ts';
import type { FaultRow } from '../faults/faultRow.ts';
import type { ParserPool } from '../../syntax/parserPool.ts';
import { cutText, type LocalisationItem } from './localisationItem.ts';

/** A function of a real file with one slip planted in it. */
export interface FaultItem {
  readonly item: LocalisationItem;
  readonly kind: FaultKind;
  readonly path: string;
}

export interface FaultItemsOptions {
  /** A whole number: the same one gives the same items for the same files. */
  readonly seed: number;
  readonly most: number;
  readonly parser: ParserPool;
  /** What ids and groups begin with. */
  readonly repository: string;
  readonly signal?: AbortSignal;
}

/** Lines, blank ones and comments among them: longer functions are no unit of review. */
const MOST_LINES = 80;

/**
 * Draws functions of files, every function with the same chance, and plants a slip in each. What is around the function in its
 * file stays as it was, as the item's prefix and suffix; the group is the file. Functions have at least five lines of code and
 * at most 80 lines.
 *
 * @throws what `plantFaults` throws; the signal's reason when aborted
 */
export async function faultItems(
  files: Iterable<FaultyFile> | AsyncIterable<FaultyFile>,
  { seed, most, parser, repository, signal }: FaultItemsOptions,
): Promise<readonly FaultItem[]> {
  /** Those with the lowest draws so far, the lowest first. */
  let kept: { readonly draw: number; readonly row: FaultRow }[] = [];
  const wants = (draw: number): boolean => kept.length < most || draw < (kept.at(-1)?.draw ?? 0);
  for await (const drawn of plantFaults(files, { seed, parser, repository, wants, ...(signal && { signal }) })) {
    const { text, function: range } = drawn.row;
    if (lineIndexOf(text.slice(range.start, range.end)).lineStarts.length > MOST_LINES) continue;
    kept = [...kept, drawn].sort((one, other) => one.draw - other.draw).slice(0, most);
  }
  return kept.map(({ row }) => ({ item: faultItem(row, repository), kind: row.kind, path: row.path }));
}

/** The function of a row as an item, its file as the context. */
function faultItem(
  { id, language, text, faults, path, function: range }: FaultRow,
  repository: string,
): LocalisationItem {
  return {
    id: `${repository} ${id}`,
    language,
    ...cutText(text, range, faults),
    group: `${repository} ${path}`,
    path,
  };
}
