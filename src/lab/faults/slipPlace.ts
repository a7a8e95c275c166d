import { endOf, startOf, type SourceTree } from './sourceTree.ts';

/** A place where a slip can be made: [start, end) of the text, in UTF-16 units, and what could stand there instead. */
export interface SlipPlace {
  readonly start: number;
  readonly end: number;
  /** At least one; the empty text where something is left out. */
  readonly replacements: readonly string[];
}

/** The place of a node. */
export function placeOf(tree: SourceTree, span: number, replacements: readonly string[]): SlipPlace {
  return { start: startOf(tree, span), end: endOf(tree, span), replacements };
}
