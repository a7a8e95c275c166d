import type { SlipPlace } from './slipPlace.ts';
import { ALTERNATIVES, BLOCKS, GUARDS, JUMPS, LOCAL_DECLARATIONS } from './slipSyntax.ts';
import { childrenOf, endOf, isNamed, isNode, leafText, nodesOf, parentOf, siblingOf, startOf } from './sourceTree.ts';
import { textOf, typeOf } from './sourceTree.ts';
import type { FunctionSource, SourceTree } from './sourceTree.ts';

/** A guard says at most one thing more before it leaves. */
const MOST_STATEMENTS = 2;

/**
 * Guards that can be missing: a condition without an alternative, whose body leaves (returns, throws, goes on with the
 * loop), before another statement of the same block. Whole lines go, together with the comment right above, which whoever
 * forgot the guard would not have written either.
 */
export function missingGuardSlips(source: FunctionSource): readonly SlipPlace[] {
  const places: SlipPlace[] = [];
  for (const span of nodesOf(source)) {
    if (!isNode(source, span, GUARDS) || !isGuard(source, span)) continue;
    const parent = parentOf(source, span);
    const statement = typeOf(source, parent) === 'expression_statement' ? parent : span;
    if (!isNode(source, parentOf(source, statement), BLOCKS)) continue;
    const next = siblingOf(source, statement, 1);
    if (next !== -1 && isNamed(source, next)) places.push({ ...rangeOf(source, statement), replacements: [''] });
  }
  return places;
}

function isGuard(tree: SourceTree, conditional: number): boolean {
  const children = childrenOf(tree, conditional);
  // A declaration before the condition (Go) does more than to ask.
  const isMore = children.some((child) => ALTERNATIVES.has(typeOf(tree, child)));
  if (isMore || children.some((child) => isNode(tree, child, LOCAL_DECLARATIONS))) return false;
  const statements = statementsOf(tree, conditional, children);
  const last = statements.at(-1);
  if (last === undefined || statements.length > MOST_STATEMENTS) return false;
  return JUMPS.has(leafText(tree, tree.spans.leafStarts[last] ?? 0));
}

function statementsOf(tree: SourceTree, conditional: number, children: readonly number[]): readonly number[] {
  const named = children.filter((child) => isNamed(tree, child));
  if (typeOf(tree, conditional).endsWith('_modifier')) return named.slice(0, 1);
  const then = children.findIndex((child) => textOf(tree, child) === 'then');
  const body = named.at(-1);
  if (body !== undefined && isNode(tree, body, BLOCKS)) {
    return childrenOf(tree, body).filter((child) => isNamed(tree, child));
  }
  return then === -1 ? named.slice(-1) : children.slice(then + 1).filter((child) => isNamed(tree, child));
}

/** A statement with the lines that it has to itself, and the lines of comment right above; else the statement alone. */
function rangeOf(tree: SourceTree, statement: number): { readonly start: number; readonly end: number } {
  const { spans, text } = tree;
  const [start, end] = [startOf(tree, statement), endOf(tree, statement)];
  const leafBefore = endOf(tree, spans.leaves[(spans.leafStarts[statement] ?? 0) - 1] ?? 0);
  const leafBehind = startOf(tree, spans.leaves[spans.leafEnds[statement] ?? 0] ?? 0);
  const lineEnd = text.indexOf('\n', end);
  let lineStart = text.lastIndexOf('\n', start - 1) + 1;
  if (lineStart <= leafBefore || lineEnd === -1 || lineEnd >= leafBehind) return { start, end };
  for (;;) {
    const above = text.lastIndexOf('\n', lineStart - 2) + 1;
    if (above <= leafBefore || text.slice(above, lineStart).trim() === '')
      return { start: lineStart, end: lineEnd + 1 };
    lineStart = above;
  }
}
