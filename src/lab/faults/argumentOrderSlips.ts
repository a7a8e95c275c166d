import type { SlipPlace } from './slipPlace.ts';
import { ARGUMENT_LISTS } from './slipSyntax.ts';
import { childrenOf, endOf, isNamed, isNode, leafBefore, nodesOf, startOf, textOf } from './sourceTree.ts';
import type { FunctionSource } from './sourceTree.ts';
import { valueForm } from './valueForm.ts';

/** Functions that ask for no order. */
const UNORDERED =
  /^(?:f?max|f?min|Max|Min|gcd|lcm|hypot|[eE]quals?|isEqual|is_?[eE]qual|(?:assert|assert_)[eE](?:q|quals?)|AreEqual)$/;

/** Neighbouring arguments of one form, to be swapped. Arguments that are passed by name have no order. */
export function argumentOrderSlips(source: FunctionSource): readonly SlipPlace[] {
  const places: SlipPlace[] = [];
  for (const span of nodesOf(source)) {
    if (!isNode(source, span, ARGUMENT_LISTS) || UNORDERED.test(leafBefore(source, span))) continue;
    const values = childrenOf(source, span).filter((child) => isNamed(source, child));
    values.slice(1).forEach((second, index) => {
      const first = values[index] ?? second;
      const form = valueForm(source, first);
      const [before, behind] = [textOf(source, first), textOf(source, second)];
      if (form === null || form !== valueForm(source, second) || before === behind) return;
      const between = source.text.slice(endOf(source, first), startOf(source, second));
      const [start, end] = [startOf(source, first), endOf(source, second)];
      places.push({ start, end, replacements: [behind + between + before] });
    });
  }
  return places;
}
