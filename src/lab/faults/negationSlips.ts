import type { SlipPlace } from './slipPlace.ts';
import { BINARIES, COMMANDS, CONDITIONALS, CONDITION_WORDS, LOCAL_DECLARATIONS, NEGATIONS } from './slipSyntax.ts';
import { WRAPPERS } from './slipSyntax.ts';
import { childrenOf, endOf, isNamed, isNode, nodesOf, startOf, textOf, typeOf, unwrapped } from './sourceTree.ts';
import type { FunctionSource, SourceTree } from './sourceTree.ts';
import { valueForm } from './valueForm.ts';

const LOGIC = /^(?:&&|\|\||and|or)$/;

/** Negations that can be lost, and simple operands of conditions that can be negated. */
export function negationSlips(source: FunctionSource): readonly SlipPlace[] {
  const places: SlipPlace[] = [];
  for (const span of nodesOf(source)) {
    if (isNode(source, span, NEGATIONS)) {
      const [sign, operand] = childrenOf(source, span);
      if (sign === undefined || operand === undefined || !/^(?:!|not)$/.test(textOf(source, sign))) continue;
      places.push({ start: startOf(source, sign), end: startOf(source, operand), replacements: [''] });
    } else if (isNode(source, span, CONDITIONALS)) {
      const condition = conditionOf(source, span);
      for (const operand of condition === null ? [] : operandsOf(source, condition)) {
        const sign = signOf(source, operand);
        if (sign === null) continue;
        places.push({
          start: startOf(source, operand),
          end: endOf(source, operand),
          replacements: [sign + textOf(source, operand)],
        });
      }
    }
  }
  return places;
}

/** The condition of a conditional; null where it is none that a tree shows as one. */
function conditionOf(tree: SourceTree, conditional: number): number | null {
  const children = childrenOf(tree, conditional);
  const mark = children.findIndex((child) => textOf(tree, child) === '?');
  if (mark > 0) return children[mark - 1] ?? null;
  const word = children.findIndex((child) => CONDITION_WORDS.has(textOf(tree, child)));
  if (word === -1) return null;
  // In Go a declaration may stand before it.
  return (
    children.slice(word + 1).find((child) => isNamed(tree, child) && !isNode(tree, child, LOCAL_DECLARATIONS)) ?? null
  );
}

/** A condition's operands of `&&`, `||` and their like, or itself. */
function operandsOf(tree: SourceTree, condition: number): readonly number[] {
  const inner = unwrapped(tree, condition, WRAPPERS);
  if (!isNode(tree, inner, BINARIES)) return [inner];
  const children = childrenOf(tree, inner);
  if (!children.some((child) => LOGIC.test(textOf(tree, child)))) return [];
  return children.filter((child) => !LOGIC.test(textOf(tree, child))).flatMap((child) => operandsOf(tree, child));
}

/** What negates an operand without brackets; null for one that would need them. */
function signOf(tree: SourceTree, operand: number): string | null {
  if (COMMANDS.has(typeOf(tree, operand))) return '! ';
  const form = valueForm(tree, operand);
  if (form !== 'name' && form !== 'call' && form !== 'element') return null;
  return tree.language === 'python' ? 'not ' : '!';
}
