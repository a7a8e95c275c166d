import {
  BINDER_ENDS,
  BINDERS,
  BLOCKS,
  DECLARES_BY_ASSIGNING,
  LOCAL_DECLARATIONS,
  LOOP_DECLARATIONS,
  PARAMETER_LISTS,
  PARAMETERS,
  PATTERNS,
} from './slipSyntax.ts';
import { childrenOf, endOf, isFunction, isNode, nodesOf, parentOf, startOf, textOf, typeOf } from './sourceTree.ts';
import type { FunctionSource, SourceTree } from './sourceTree.ts';

/** A local variable or parameter, and the stretch of text in which it can be used. */
export interface LocalVariable {
  readonly name: string;
  /** Span of the name where it is declared. */
  readonly binder: number;
  readonly visibleFrom: number;
  readonly visibleTo: number;
}

/** Not names that one takes for another. */
const PASSED_OVER = new Set(['_', 'self', 'cls', 'this', '$this']);

/**
 * The locals and parameters of a function and of those in it, in order of the text. By syntax only: names that patterns
 * of a `match` or a comprehension bind are not found.
 */
export function localVariables(source: FunctionSource): readonly LocalVariable[] {
  const found: LocalVariable[] = [];
  const add = (binders: readonly number[], visibleFrom: number | null, visibleTo: number): void => {
    for (const binder of binders) {
      const name = textOf(source, binder);
      if (PASSED_OVER.has(name)) continue;
      found.push({ name, binder, visibleFrom: visibleFrom ?? endOf(source, binder), visibleTo });
    }
  };
  for (const span of nodesOf(source)) {
    if (isNode(source, span, PARAMETER_LISTS)) {
      const holder = nearest(source, parentOf(source, span), (node) => isFunction(source, node));
      for (const child of childrenOf(source, span)) {
        if (BINDERS.has(typeOf(source, child))) add([child], null, endOf(source, holder));
        else if (isNode(source, child, PARAMETERS) || isNode(source, child, PATTERNS)) {
          add(bindersOf(source, child), null, endOf(source, holder));
        }
      }
    } else if (isNode(source, span, LOOP_DECLARATIONS) && declaresInHead(source, span)) {
      const holder = typeOf(source, span) === 'range_clause' ? parentOf(source, span) : span;
      // Not yet where it says what the loop goes through.
      const body = childrenOf(source, holder).at(-1) ?? holder;
      add(bindersOf(source, span), startOf(source, body), endOf(source, holder));
    } else if (isNode(source, span, LOCAL_DECLARATIONS) && isDeclaration(source, span)) {
      add(bindersOf(source, span), endOf(source, span), endOf(source, scopeOf(source, parentOf(source, span))));
    }
  }
  return found;
}

/** Names before the `=` of a declaration, in patterns too. */
function bindersOf(tree: SourceTree, declaration: number): readonly number[] {
  const binders: number[] = [];
  let isBehindName = false;
  for (const child of childrenOf(tree, declaration)) {
    const type = typeOf(tree, child);
    if (BINDER_ENDS.has(type)) break;
    const isName = BINDERS.has(type);
    // Of two names with nothing between them the first is a type (`Foo foo`).
    if (isName && isBehindName) binders.pop();
    if (isName) binders.push(child);
    else if (isNode(tree, child, PATTERNS)) binders.push(...bindersOf(tree, child));
    isBehindName = isName;
  }
  return binders;
}

/** Whether a loop goes through something: it then names what it holds at the moment. */
function declaresInHead(tree: SourceTree, loop: number): boolean {
  return childrenOf(tree, loop).some((child) => /^(?:in|of|:|<-|range)$/.test(typeOf(tree, child)));
}

function isDeclaration(tree: SourceTree, span: number): boolean {
  const type = typeOf(tree, span);
  const isAssignment = /^(?:assignment|assignment_expression|variable_assignment)$/.test(type);
  if (!isAssignment) return true;
  return DECLARES_BY_ASSIGNING.has(tree.language);
}

/** The node to whose end something declared in `span` is visible. */
function scopeOf(tree: SourceTree, span: number): number {
  const isWide = DECLARES_BY_ASSIGNING.has(tree.language);
  return nearest(tree, span, (node) => {
    if (isFunction(tree, node)) return true;
    if (isWide) return false;
    return isNode(tree, node, BLOCKS) || /^(?:for|foreach|enhanced_for)_/.test(typeOf(tree, node));
  });
}

function nearest(tree: SourceTree, span: number, isIt: (node: number) => boolean): number {
  let node = span;
  while (node !== 0 && !isIt(node)) node = parentOf(tree, node);
  return node;
}
