import { localVariables } from './localVariables.ts';
import { placeOf, type SlipPlace } from './slipPlace.ts';
import { ACCESSORS, VARIABLES } from './slipSyntax.ts';
import { endOf, leafBefore, leafBehind, nodesOf, parentOf, startOf, textOf, typeOf } from './sourceTree.ts';
import type { FunctionSource, SourceTree } from './sourceTree.ts';

/** Nodes in which an identifier is also a field's name, or no value. */
const NO_VALUES = /^(?:shorthand_field_initializer|jsx_(?!expression).*|.*type.*|label.*|nonlocal.*|global.*)$/;

/**
 * Uses of a local or parameter for which another one, declared before and visible there, can be written. Types are not
 * known, so a compiler may find some of these.
 */
export function variableSlips(source: FunctionSource): readonly SlipPlace[] {
  const locals = localVariables(source);
  const binders = new Set(locals.map(({ binder }) => binder));
  const places: SlipPlace[] = [];
  for (const span of nodesOf(source)) {
    if (!VARIABLES.has(typeOf(source, span)) || binders.has(span) || !isUse(source, span)) continue;
    const [written, start, end] = [textOf(source, span), startOf(source, span), endOf(source, span)];
    const visible = locals
      .filter(({ visibleFrom, visibleTo }) => visibleFrom <= start && end <= visibleTo)
      .map(({ name }) => name);
    const others = [...new Set(visible)].filter((name) => name !== written);
    if (visible.includes(written) && others.length > 0) places.push(placeOf(source, span, others));
  }
  return places;
}

function isUse(tree: SourceTree, span: number): boolean {
  const parent = parentOf(tree, span);
  if (NO_VALUES.test(typeOf(tree, parent)) || ACCESSORS.has(leafBefore(tree, span))) return false;
  const behind = leafBehind(tree, span);
  if (behind === '(') return false;
  // `name: value` and `name=value` in a call or a literal: the name is not a variable.
  const isFirst = span === parent + 1;
  if (isFirst && /^(?:keyword_argument|literal_element|pair)$/.test(typeOf(tree, parent)) && /^[:=]$/.test(behind)) {
    return false;
  }
  return !(typeOf(tree, parent) === 'argument' && behind === ':');
}
