import type { LanguageId } from '../../syntax/languages.ts';
import { isInLoopHead } from './isInLoopHead.ts';
import { offByOne } from './offByOne.ts';
import { placeOf, type SlipPlace } from './slipPlace.ts';
import {
  ACCESSORS,
  ARGUMENT_LISTS,
  BINARIES,
  INTEGERS,
  RANGES,
  SUBSCRIPT_LISTS,
  SUBSCRIPTS,
  WRAPPERS,
} from './slipSyntax.ts';
import {
  childrenOf,
  isLeaf,
  isNamed,
  isNode,
  leafBefore,
  leafText,
  nodesOf,
  textOf,
  typeOf,
  unwrapped,
} from './sourceTree.ts';
import type { FunctionSource, SourceTree } from './sourceTree.ts';
import { valueForm } from './valueForm.ts';

const RELATIONS: Readonly<Record<string, readonly string[]>> = {
  '<': ['<='],
  '<=': ['<'],
  '>': ['>='],
  '>=': ['>'],
  '-lt': ['-le'],
  '-le': ['-lt'],
  '-gt': ['-ge'],
  '-ge': ['-gt'],
};
/** Ranges with their end and without. */
const RANGE_OPERATORS: Readonly<Partial<Record<LanguageId, Readonly<Record<string, string>>>>> = {
  rust: { '..': '..=', '..=': '..' },
  ruby: { '..': '...', '...': '..' },
  scala: { until: 'to', to: 'until' },
};
/** Functions and methods whose arguments say where something begins and ends. */
const RANGE_CALLS: ReadonlySet<string> = new Set([
  ...['range', 'xrange', 'slice', 'substring', 'substr', 'subList', 'subSequence', 'array_slice', 'Substring'],
  ...['GetRange', 'Range'],
]);

/** Where a loop, a range, a slice or a fixed index can be off by one. */
export function boundSlips(source: FunctionSource): readonly SlipPlace[] {
  const places: SlipPlace[] = [];
  const add = (span: number, replacements: readonly string[] | null): void => {
    if (replacements !== null && replacements.length > 0) places.push(placeOf(source, span, replacements));
  };
  for (const span of nodesOf(source)) {
    if (INTEGERS.has(typeOf(source, span)) && isFirstOfLoop(source, span)) add(span, offByOne(textOf(source, span)));
    else if (isNode(source, span, BINARIES)) addRelation(source, span, add);
    if (isNode(source, span, RANGES)) addRange(source, span, add);
    else if (isNode(source, span, ARGUMENT_LISTS) && RANGE_CALLS.has(leafBefore(source, span))) {
      const values = childrenOf(source, span).filter((child) => isNamed(source, child));
      for (const value of values.slice(takesWhole(source, span) ? 1 : 0)) add(value, shifted(source, value));
    } else if (isNode(source, span, SUBSCRIPTS)) addIndices(source, span, add);
  }
  return places;
}

type Add = (span: number, replacements: readonly string[] | null) => void;

function addRelation(tree: SourceTree, binary: number, add: Add): void {
  const [left, operator, right, more] = childrenOf(tree, binary);
  if (left === undefined || operator === undefined || right === undefined || more !== undefined) return;
  const written = textOf(tree, operator);
  if (Object.hasOwn(RELATIONS, written) && isInLoopHead(tree, binary)) {
    add(operator, RELATIONS[written] ?? null);
    add(right, shifted(tree, right));
  } else if (tree.language === 'scala' && /^(?:until|to)$/.test(written)) addRange(tree, binary, add);
}

function addRange(tree: SourceTree, range: number, add: Add): void {
  const children = childrenOf(tree, range);
  // What is sliced stands in the node in Go, before the bracket.
  const bracket = children.findIndex((child) => textOf(tree, child) === '[');
  for (const child of children.slice(bracket + 1)) {
    const operator = isLeaf(tree, child) ? RANGE_OPERATORS[tree.language]?.[textOf(tree, child)] : undefined;
    if (operator !== undefined) add(child, [operator]);
    else if (isNamed(tree, child)) add(child, shifted(tree, child));
  }
}

/** An index that is a number, or that already looks one further. */
function addIndices(tree: SourceTree, subscript: number, add: Add): void {
  const [, ...rest] = childrenOf(tree, subscript);
  for (const child of rest.flatMap((part) => (isNode(tree, part, SUBSCRIPT_LISTS) ? childrenOf(tree, part) : part))) {
    const index = unwrapped(tree, child, WRAPPERS);
    if (INTEGERS.has(typeOf(tree, index))) add(index, offByOne(textOf(tree, index)));
    else if (withoutOne(tree, index) !== null) add(index, shifted(tree, index));
  }
}

/** The number that a loop counts from. */
function isFirstOfLoop(tree: SourceTree, span: number): boolean {
  return /^:?=$/.test(leafBefore(tree, span)) && isInLoopHead(tree, span);
}

/** A bound one further or one less far: `n` as `n - 1`, `n - 1` as `n`, 3 as 4; null for what is not so simple. */
function shifted(tree: SourceTree, span: number): readonly string[] | null {
  const inner = unwrapped(tree, span, WRAPPERS);
  const text = textOf(tree, inner);
  const without = withoutOne(tree, inner);
  if (without !== null) return [without];
  const form = valueForm(tree, inner);
  if (form === 'integer') return offByOne(text);
  return (form === 'name' || form === 'call') && !text.includes('\n') ? [`${text} - 1`, `${text} + 1`] : null;
}

/** `n` of `n - 1` and of `n + 1`; null for anything else. */
function withoutOne(tree: SourceTree, span: number): string | null {
  if (!isNode(tree, span, BINARIES)) return null;
  const [left, operator, right, more] = childrenOf(tree, span);
  if (left === undefined || operator === undefined || right === undefined || more !== undefined) return null;
  return /^[-+]$/.test(textOf(tree, operator)) && textOf(tree, right) === '1' ? textOf(tree, left) : null;
}

/** Whether a call that cuts something gets that as its first argument: it is no method (`substr(text, 0, 3)`). */
function takesWhole(tree: SourceTree, list: number): boolean {
  const name = (tree.spans.leafStarts[list] ?? 0) - 1;
  return !/range$/i.test(leafText(tree, name)) && !ACCESSORS.has(leafText(tree, name - 1));
}
