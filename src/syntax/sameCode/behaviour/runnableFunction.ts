import { words } from '../../categories/grammarTable.ts';
import { childrenOf, hasFlag, isWithin, parentOf, textOf, typeOf, type CodeTree } from '../codeTree.ts';
import type { NamedTree } from '../namesOf.ts';

/** A function that can be run by itself. */
export interface RunnableFunction {
  /** The span of the function in its tree. */
  readonly span: number;
  /** An expression whose value is the function. */
  readonly source: string;
}

/** Why a function cannot be run by itself. */
export interface NotRunnable {
  readonly reason: 'faulty' | 'not-plain' | 'foreign-names';
}

/** What ECMAScript itself gives a value, and QuickJS has, less what differs from run to run or makes code of text. */
const BUILT_INS: ReadonlySet<string> = new Set(
  words(`
    undefined NaN Infinity isNaN isFinite parseInt parseFloat encodeURI encodeURIComponent decodeURI decodeURIComponent
    Object Array String Number Boolean BigInt Symbol Math JSON RegExp Map Set WeakMap WeakSet Reflect Proxy
    Error TypeError RangeError ReferenceError SyntaxError EvalError URIError AggregateError
    ArrayBuffer DataView Int8Array Uint8Array Uint8ClampedArray Int16Array Uint16Array Int32Array Uint32Array
    Float32Array Float64Array BigInt64Array BigUint64Array arguments
  `),
);

/** What makes a function more than a mapping of its arguments: a receiver, a later time, a module. */
const NOT_PLAIN: ReadonlySet<string> = new Set(
  words(`this super async await yield import generator_function generator_function_declaration meta_property`),
);

/**
 * Whether a function of JavaScript can be run by itself: it is no method with a receiver, not async, no generator, and all
 * names that it uses are its own or the language's.
 */
export function runnableFunction(tree: NamedTree, span: number): RunnableFunction | NotRunnable {
  const { subtreeEnds } = tree.spans;
  for (let inner = span; inner < (subtreeEnds[span] ?? 0); inner++) {
    if (hasFlag(tree, inner, 'error') || hasFlag(tree, inner, 'missing')) return { reason: 'faulty' };
    if (isNotPlain(tree, inner)) return { reason: 'not-plain' };
  }
  const source = sourceOf(tree, span);
  if (source === null) return { reason: 'not-plain' };
  return hasForeignNames(tree, span) ? { reason: 'foreign-names' } : { span, source };
}

function isNotPlain(tree: CodeTree, span: number): boolean {
  const type = typeOf(tree, span);
  // A generator or accessor; elsewhere it is an operator, or a name.
  if (/^(?:\*|get|set)$/.test(type)) return typeOf(tree, parentOf(tree, span)) === 'method_definition';
  return NOT_PLAIN.has(type);
}

/** The function as an expression; null for what is none, such as a constructor. */
function sourceOf(tree: CodeTree, span: number): string | null {
  const type = typeOf(tree, span);
  if (type !== 'method_definition') return textOf(tree, span);
  const children = childrenOf(tree, span);
  const parameters = children.find((child) => typeOf(tree, child) === 'formal_parameters');
  const isConstructor = children.some((child) => textOf(tree, child) === 'constructor');
  if (parameters === undefined || isConstructor) return null;
  return `function ${tree.text.slice(tree.spans.starts[parameters], tree.spans.ends[span])}`;
}

function hasForeignNames(tree: NamedTree, span: number): boolean {
  const { starts, ends, nameSpans } = tree.spans;
  const declared = Map.groupBy(
    tree.names.declarations.filter((declaration) => isWithin(tree, declaration.span, span)),
    ({ name }) => name,
  );
  // A method or an arrow has no name inside of itself.
  const hasOwnName = typeOf(tree, span).startsWith('function_');
  const ownName = hasOwnName && nameSpans[span] !== -1 ? textOf(tree, nameSpans[span] ?? span) : null;
  return tree.names.uses.some((use) => {
    if (!isWithin(tree, use.span, span) || BUILT_INS.has(use.name) || use.name === ownName) return false;
    const isSeen = (declared.get(use.name) ?? []).some(
      (declaration) =>
        declaration.span === use.span ||
        declaration.seen.some(({ start, end }) => (starts[use.span] ?? 0) >= start && (ends[use.span] ?? 0) <= end),
    );
    return !isSeen;
  });
}
