import { boundSlips } from './boundSlips.ts';
import { offByOne } from './offByOne.ts';
import { placeOf, type SlipPlace } from './slipPlace.ts';
import { ACCESSORS, ARGUMENT_LISTS, BOOLEANS, INTEGERS, STRINGS, SUBSCRIPTS, SUBSCRIPT_LISTS } from './slipSyntax.ts';
import { isLeaf, isNode, leafBefore, leafBehind, nodesOf, parentOf, startOf, textOf, typeOf } from './sourceTree.ts';
import type { FunctionSource, SourceTree } from './sourceTree.ts';

const FLIPPED: Readonly<Record<string, string>> = { true: 'false', false: 'true', True: 'False', False: 'True' };

/** A text that is a name for the program and not words for a person. */
const KEY = /^(?<quote>["'])[A-Za-z_][\w.:-]{0,39}\k<quote>$/;

/**
 * Whole numbers off by one, booleans flipped, and keys (`m['key']`, `get('key')`) changed for another one that the file
 * uses in the same way: as an index, or for the same function. Numbers that are bounds are left to those, and those that
 * name a field (`pair.0`) are none.
 */
export function literalSlips(source: FunctionSource): readonly SlipPlace[] {
  const bounds = new Set(boundSlips(source).map(({ start }) => start));
  const keys = keysByUse(source);
  const places: SlipPlace[] = [];
  for (const span of nodesOf(source)) {
    const type = typeOf(source, span);
    // A literal can be a type: `kind: true`.
    if (typeOf(source, parentOf(source, span)).includes('type')) continue;
    const written = isLeaf(source, span) || STRINGS.has(type) ? textOf(source, span) : '';
    if (INTEGERS.has(type) && !bounds.has(startOf(source, span)) && !ACCESSORS.has(leafBefore(source, span))) {
      const replacements = offByOne(written)?.filter((digits) => !isNeutral(source, span, digits));
      if (replacements !== undefined && replacements.length > 0) places.push(placeOf(source, span, replacements));
    } else if (BOOLEANS.has(type) && Object.hasOwn(FLIPPED, written)) {
      places.push(placeOf(source, span, [FLIPPED[written] ?? '']));
    } else if (STRINGS.has(type)) {
      const others = [...(keys.get(useOfKey(source, span) ?? '') ?? [])].filter((key) => key !== written);
      if (KEY.test(written) && others.length > 0) places.push(placeOf(source, span, others));
    }
  }
  return places;
}

/** Whether a number would change nothing where it stands: `x + 0`, `1 * x`; nor is there a `-0`. */
function isNeutral(tree: SourceTree, span: number, digits: string): boolean {
  const signs = digits === '0' ? /^[-+]=?$/ : digits === '1' ? /^[*/]=?$/ : null;
  return signs !== null && (signs.test(leafBefore(tree, span)) || signs.test(leafBehind(tree, span)));
}

/** The keys of a file by how they are used and quoted, in order of the text. */
function keysByUse(tree: SourceTree): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (let span = 0; span < tree.spans.length; span++) {
    if (!STRINGS.has(typeOf(tree, span))) continue;
    const use = useOfKey(tree, span);
    if (use === null) continue;
    const keys = found.get(use) ?? new Set();
    found.set(use, keys.add(textOf(tree, span)));
  }
  return found;
}

/** How a text is used as a key; null where it is not. */
function useOfKey(tree: SourceTree, span: number): string | null {
  const written = textOf(tree, span);
  if (!KEY.test(written)) return null;
  let above = parentOf(tree, span);
  if (typeOf(tree, above) === 'argument') above = parentOf(tree, above);
  const quote = written.charAt(0);
  if (isNode(tree, above, SUBSCRIPTS) || isNode(tree, above, SUBSCRIPT_LISTS)) return `[] ${quote}`;
  return isNode(tree, above, ARGUMENT_LISTS) ? `${leafBefore(tree, above)} ${quote}` : null;
}
