import { placeOf, type SlipPlace } from './slipPlace.ts';
import { ACCESSORS, ARGUMENT_LISTS } from './slipSyntax.ts';
import { childrenOf, endOf, isNamed, isNode, leafText, nodesOf, startOf, textOf } from './sourceTree.ts';
import type { FunctionSource, SourceTree } from './sourceTree.ts';

/** `receiver.method(...)`: what is called, on what, and with how many arguments. */
interface MethodCall {
  /** Span of the leaf that names the method. */
  readonly method: number;
  readonly receiver: string;
  readonly argumentCount: number;
}

const WORD = /^[\p{L}_$#@][\p{L}\p{N}_$]*$/u;

/**
 * Methods for which another one can be called: one that the file calls elsewhere on the same receiver, by its name, and
 * with as many arguments. Constructors and what makes a chain of calls have no such name.
 */
export function methodSlips(source: FunctionSource): readonly SlipPlace[] {
  const methods = new Map<string, Set<string>>();
  for (let span = 0; span < source.spans.length; span++) {
    const call = methodCall(source, span);
    if (call === null) continue;
    const known = methods.get(likenessOf(call)) ?? new Set();
    methods.set(likenessOf(call), known.add(textOf(source, call.method)));
  }
  const places: SlipPlace[] = [];
  for (const span of nodesOf(source)) {
    const call = methodCall(source, span);
    if (call === null) continue;
    const written = textOf(source, call.method);
    const others = [...(methods.get(likenessOf(call)) ?? [])].filter((method) => method !== written);
    if (others.length > 0) places.push(placeOf(source, call.method, others));
  }
  return places;
}

function likenessOf({ receiver, argumentCount }: MethodCall): string {
  return `${receiver} ${argumentCount}`;
}

/** The call that a list of arguments belongs to; null where nothing that can be called by another name is called. */
function methodCall(tree: SourceTree, list: number): MethodCall | null {
  if (!isNode(tree, list, ARGUMENT_LISTS)) return null;
  const { spans } = tree;
  const first = spans.leafStarts[list] ?? 0;
  const method = spans.leaves[first - 1];
  if (method === undefined || leafText(tree, first) !== '(' || !WORD.test(textOf(tree, method))) return null;
  // Comments and layout in a receiver would make it another text.
  let leaf = first - 2;
  while (ACCESSORS.has(leafText(tree, leaf)) && WORD.test(leafText(tree, leaf - 1))) leaf -= 2;
  const before = leafText(tree, leaf);
  if (leaf === first - 2 || ACCESSORS.has(before) || before === 'new') return null;
  const receiverEnd = endOf(tree, spans.leaves[first - 3] ?? 0);
  const receiver = tree.text.slice(startOf(tree, spans.leaves[leaf + 1] ?? 0), receiverEnd);
  const argumentCount = childrenOf(tree, list).filter((child) => isNamed(tree, child)).length;
  return { method, receiver, argumentCount };
}
