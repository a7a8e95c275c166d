import { isInLoopHead } from './isInLoopHead.ts';
import { placeOf, type SlipPlace } from './slipPlace.ts';
import { BINARIES, STRINGS } from './slipSyntax.ts';
import { childrenOf, isNode, nodesOf, siblingOf, textOf, typeOf } from './sourceTree.ts';
import type { FunctionSource, SourceTree } from './sourceTree.ts';

/** What is written for an operator by mistake, between two operands. */
const BETWEEN: Readonly<Record<string, readonly string[]>> = {
  '<': ['<=', '>'],
  '<=': ['<', '>='],
  '>': ['>=', '<'],
  '>=': ['>', '<='],
  '==': ['!='],
  '!=': ['=='],
  '===': ['!=='],
  '!==': ['==='],
  '-eq': ['-ne'],
  '-ne': ['-eq'],
  '-lt': ['-le', '-gt'],
  '-le': ['-lt', '-ge'],
  '-gt': ['-ge', '-lt'],
  '-ge': ['-gt', '-le'],
  '&&': ['||'],
  '||': ['&&'],
  and: ['or'],
  or: ['and'],
  '??': ['||'],
  '+': ['-'],
  '-': ['+'],
  '*': ['/'],
  '/': ['*'],
  '//': ['/'],
  '%': ['/'],
  '&': ['|'],
  '|': ['&'],
};

/** Words, which mean something else in other grammars. */
const COMPARED: Readonly<Record<string, readonly string[]>> = {
  is: ['is not'],
  'is not': ['is'],
  in: ['not in'],
  'not in': ['in'],
};

const ASSIGNING: Readonly<Record<string, readonly string[]>> = {
  '+=': ['-='],
  '-=': ['+='],
  '*=': ['/='],
  '/=': ['*='],
};

const RELATIONS = /^(?:[<>]=?|-[lg][te])$/;
const ARITHMETIC = /^[-+*/%]$/;
/** Operators that give the same for equal operands. */
const IDEMPOTENT = /^(?:&&?|\|\|?|and|or|\?\?)$/;

/**
 * Operators that can be taken for others. Comparisons in the head of a loop are bounds, so they are not among them; nor
 * is what adds texts, or where the slip would change nothing (`x + 0`, `a || a`).
 */
export function operatorSlips(source: FunctionSource): readonly SlipPlace[] {
  const places: SlipPlace[] = [];
  for (const span of nodesOf(source)) {
    const written = textOf(source, span);
    const replacements = replacementsOf(source, span, written);
    if (replacements === undefined || (RELATIONS.test(written) && isInLoopHead(source, span))) continue;
    const left = siblingOf(source, span, -1);
    const right = siblingOf(source, span, 1);
    if (left === -1 || right === -1 || isIdle(source, written, left, right)) continue;
    places.push(placeOf(source, span, replacements));
  }
  return places;
}

function replacementsOf(tree: SourceTree, span: number, written: string): readonly string[] | undefined {
  // Most nodes are longer than any operator.
  if (written.length > 8) return undefined;
  const parent = tree.spans.parents[span] ?? 0;
  if (Object.hasOwn(ASSIGNING, written)) return ASSIGNING[written];
  if (!isNode(tree, parent, BINARIES)) return undefined;
  if (Object.hasOwn(BETWEEN, written)) return BETWEEN[written];
  const isCompared = typeOf(tree, parent) === 'comparison_operator' && Object.hasOwn(COMPARED, written);
  return isCompared ? COMPARED[written] : undefined;
}

function isIdle(tree: SourceTree, operator: string, left: number, right: number): boolean {
  const isSum = ARITHMETIC.test(operator) || Object.hasOwn(ASSIGNING, operator);
  if (isSum && (holdsText(tree, left) || holdsText(tree, right))) return true;
  const neutral = /^[-+]/.test(operator) ? /^0(?:\.0*)?$/ : /^1(?:\.0*)?$/;
  if (isSum && neutral.test(textOf(tree, right))) return true;
  return IDEMPOTENT.test(operator) && textOf(tree, left) === textOf(tree, right);
}

/** Whether an operand is a text, or a sum with one in it. */
function holdsText(tree: SourceTree, span: number): boolean {
  if (STRINGS.has(typeOf(tree, span))) return true;
  return isNode(tree, span, BINARIES) && childrenOf(tree, span).some((child) => holdsText(tree, child));
}
