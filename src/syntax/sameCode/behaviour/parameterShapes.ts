import { words } from '../../categories/grammarTable.ts';
import { childrenOf, isWithin, parentOf, siblingOf, textOf, typeOf } from '../codeTree.ts';
import type { NamedTree } from '../namesOf.ts';

/** What a value is taken to be by the code that uses it. Where nothing is plain, there are no kinds. */
export interface Shape {
  readonly kinds: ReadonlySet<ValueKind>;
  /** Of its properties that are read, other than those of every value of its kind. */
  readonly properties: ReadonlyMap<string, Shape>;
  /** Of its elements, where it is gone through. */
  readonly element: Shape | null;
}

export type ValueKind = 'number' | 'string' | 'boolean' | 'array' | 'object' | 'function';

/** Shapes within shapes are looked for this deep. */
const DEEPEST = 3;

const NUMBER_METHODS = 'toFixed toPrecision toExponential';
const STRING_METHODS = `
  charAt charCodeAt codePointAt split toUpperCase toLowerCase trim trimStart trimEnd padStart padEnd repeat replace
  replaceAll match matchAll startsWith endsWith substring substr localeCompare normalize search
`;
const ARRAY_METHODS = `
  push pop shift unshift map filter reduce reduceRight forEach some every find findIndex findLast findLastIndex sort
  reverse join splice flat flatMap fill keys values entries toSorted toReversed toSpliced with
`;
const SHARED_MEMBERS = 'length slice includes indexOf lastIndexOf concat at';

const KINDS_BY_MEMBER: ReadonlyMap<string, readonly ValueKind[]> = new Map<string, readonly ValueKind[]>([
  ...kindsOf(NUMBER_METHODS, 'number'),
  ...kindsOf(STRING_METHODS, 'string'),
  ...kindsOf(ARRAY_METHODS, 'array'),
  ...kindsOf(SHARED_MEMBERS, 'array', 'string'),
]);

/** Methods that call a function with each element first; with `reduce` it comes second. */
const GOES_THROUGH = /^(?:map|filter|forEach|some|every|find|findIndex|findLast|findLastIndex|flatMap|sort)$/;

const ARITHMETIC: ReadonlySet<string> = new Set(words('- * / % ** << >> >>> & | ^ < > <= >= ++ -- -= *= /= %='));
const NO_SHAPE: Shape = { kinds: new Set(), properties: new Map(), element: null };

/** The shapes of a function's parameters, by how it uses them: one a parameter, in order. A rest parameter has none. */
export function parameterShapes(tree: NamedTree, span: number): readonly Shape[] {
  const [first] = childrenOf(tree, span);
  const list = childrenOf(tree, span).find((child) => typeOf(tree, child) === 'formal_parameters');
  // `a => ...`
  if (list === undefined) return first === undefined ? [] : [shapeOfVariable(tree, first, span, 0)];
  return childrenOf(tree, list)
    .filter((child) => !/^[(),]$/.test(typeOf(tree, child)) && typeOf(tree, child) !== 'rest_pattern')
    .map((parameter) => shapeOfPattern(tree, parameter, span));
}

function shapeOfPattern(tree: NamedTree, pattern: number, holder: number): Shape {
  const children = childrenOf(tree, pattern);
  switch (typeOf(tree, pattern)) {
    case 'identifier':
    case 'shorthand_property_identifier_pattern':
      return shapeOfVariable(tree, pattern, holder, 0);
    case 'assignment_pattern':
    case 'object_assignment_pattern': {
      const [left, , right] = children;
      const shape = left === undefined ? NO_SHAPE : shapeOfPattern(tree, left, holder);
      return right === undefined ? shape : joined([shape, shapeOfDefault(tree, right)]);
    }
    case 'object_pattern': {
      const properties = new Map<string, Shape>();
      for (const child of children) {
        const [key = child, , value = child] = childrenOf(tree, child);
        const isPair = typeOf(tree, child) === 'pair_pattern';
        if (/identifier|pair|assignment/.test(typeOf(tree, child))) {
          properties.set(textOf(tree, key), shapeOfPattern(tree, isPair ? value : child, holder));
        }
      }
      return { kinds: new Set(['object']), properties, element: null };
    }
    case 'array_pattern': {
      const elements = children.filter((child) => !/^[[\],]$/.test(typeOf(tree, child)));
      return {
        kinds: new Set(['array']),
        properties: new Map(),
        element: joined(elements.map((child) => shapeOfPattern(tree, child, holder))),
      };
    }
    default:
      return NO_SHAPE;
  }
}

function shapeOfDefault(tree: NamedTree, value: number): Shape {
  const kind = LITERAL_KINDS.get(typeOf(tree, value));
  return kind === undefined ? NO_SHAPE : ofKind(kind);
}

const LITERAL_KINDS: ReadonlyMap<string, ValueKind> = new Map([
  ['number', 'number'],
  ['string', 'string'],
  ['template_string', 'string'],
  ['true', 'boolean'],
  ['false', 'boolean'],
  ['array', 'array'],
  ['object', 'object'],
  ['arrow_function', 'function'],
]);

/** By all uses of its name within the function; one that an inner function hides is taken for it, which misleads little. */
function shapeOfVariable(tree: NamedTree, binder: number, holder: number, depth: number): Shape {
  const name = textOf(tree, binder);
  const uses = tree.names.uses.filter(
    (use) => use.name === name && use.span !== binder && isWithin(tree, use.span, holder),
  );
  return joined(uses.map(({ span }) => shapeOfUse(tree, span, depth)));
}

/** What the place where an expression stands tells of its value. */
function shapeOfUse(tree: NamedTree, span: number, depth: number): Shape {
  if (depth > DEEPEST) return NO_SHAPE;
  const parent = parentOf(tree, span);
  const isFirst = siblingOf(tree, span, -1) === -1;
  switch (typeOf(tree, parent)) {
    case 'parenthesized_expression': {
      const above = typeOf(tree, parentOf(tree, parent));
      return /^(?:if|while|do)_statement$/.test(above) ? ofKind('boolean') : shapeOfUse(tree, parent, depth);
    }
    case 'member_expression':
      return isFirst ? shapeOfMember(tree, parent, depth) : NO_SHAPE;
    case 'subscript_expression':
      return isFirst
        ? { kinds: new Set(['array']), properties: new Map(), element: shapeOfUse(tree, parent, depth + 1) }
        : NO_SHAPE;
    case 'spread_element':
      return ofKind('array');
    case 'for_in_statement':
      return shapeOfLooped(tree, span, parent, depth);
    case 'call_expression':
      return isFirst ? ofKind('function') : NO_SHAPE;
    case 'ternary_expression':
      return isFirst ? ofKind('boolean') : NO_SHAPE;
    case 'update_expression':
      return ofKind('number');
    case 'unary_expression':
      return isFirst ? NO_SHAPE : shapeOfNegated(tree, span);
    case 'binary_expression':
    case 'augmented_assignment_expression':
      return shapeOfOperand(tree, span, parent);
    default:
      return NO_SHAPE;
  }
}

function shapeOfNegated(tree: NamedTree, span: number): Shape {
  const operator = siblingOf(tree, span, -1);
  switch (textOf(tree, operator)) {
    case '!':
      return ofKind('boolean');
    case '-':
    case '~':
      return ofKind('number');
    case 'typeof': {
      const compared = siblingOf(tree, parentOf(tree, span), 2);
      const [, kind = ''] = compared === -1 ? [] : (/^['"](\w+)['"]$/.exec(textOf(tree, compared)) ?? []);
      return isKind(kind) ? ofKind(kind) : NO_SHAPE;
    }
    default:
      return NO_SHAPE;
  }
}

function shapeOfOperand(tree: NamedTree, span: number, operation: number): Shape {
  const [left = span, operator = span, right = span] = childrenOf(tree, operation);
  const other = left === span ? right : left;
  const kindOfOther = LITERAL_KINDS.get(typeOf(tree, other));
  const sign = textOf(tree, operator);
  if (ARITHMETIC.has(sign)) return ofKind('number');
  if (/^[!=]==?$/.test(sign) && kindOfOther !== undefined) return ofKind(kindOfOther);
  if (sign === '+' || sign === '+=') return kindOfOther === 'string' ? ofKind('string') : ofKind('number', 'string');
  return sign === '&&' || sign === '||' ? ofKind('boolean') : NO_SHAPE;
}

function shapeOfMember(tree: NamedTree, member: number, depth: number): Shape {
  const property = childrenOf(tree, member).at(-1) ?? member;
  const name = textOf(tree, property);
  const kinds = KINDS_BY_MEMBER.get(name);
  if (kinds === undefined) {
    return {
      kinds: new Set(['object']),
      properties: new Map([[name, shapeOfUse(tree, member, depth + 1)]]),
      element: null,
    };
  }
  return { kinds: new Set(kinds), properties: new Map(), element: shapeOfGoneThrough(tree, member, name, depth) };
}

/** `a.map((b) => ...)`: what is done with `b`. */
function shapeOfGoneThrough(tree: NamedTree, member: number, method: string, depth: number): Shape | null {
  const at = GOES_THROUGH.test(method) ? 0 : method === 'reduce' ? 1 : -1;
  const list = siblingOf(tree, member, 1);
  if (at === -1 || list === -1 || typeOf(tree, list) !== 'arguments') return null;
  const callback = childrenOf(tree, list)[1];
  if (callback === undefined || typeOf(tree, callback) !== 'arrow_function') return null;
  const [first] = childrenOf(tree, callback);
  if (first === undefined) return null;
  if (typeOf(tree, first) === 'identifier') return at === 0 ? shapeOfVariable(tree, first, callback, depth + 1) : null;
  const parameter = childrenOf(tree, first).filter((child) => !/^[(),]$/.test(typeOf(tree, child)))[at];
  return parameter === undefined ? null : shapeOfPattern(tree, parameter, callback);
}

/** `for (const b of a)`: what is done with `b`. */
function shapeOfLooped(tree: NamedTree, span: number, loop: number, depth: number): Shape {
  const children = childrenOf(tree, loop);
  const at = children.indexOf(span);
  const isOf = textOf(tree, children[at - 1] ?? span) === 'of';
  const variable = children[at - 2];
  if (!isOf || variable === undefined) return isOf ? ofKind('array') : NO_SHAPE;
  const isName = typeOf(tree, variable) === 'identifier';
  const element = isName ? shapeOfVariable(tree, variable, loop, depth + 1) : shapeOfPattern(tree, variable, loop);
  return { kinds: new Set(['array']), properties: new Map(), element };
}

function kindsOf(
  members: string,
  ...kinds: readonly ValueKind[]
): readonly (readonly [string, readonly ValueKind[]])[] {
  return words(members).map((member) => [member, kinds]);
}

function ofKind(...kinds: readonly ValueKind[]): Shape {
  return { kinds: new Set(kinds), properties: new Map(), element: null };
}

/** All that any of several shapes say. What says one kind outweighs what leaves it open: `length` is read of strings, too. */
export function joined(shapes: readonly Shape[]): Shape {
  const plain = shapes.filter((shape) => shape.kinds.size === 1);
  const kinds = new Set((plain.length > 0 ? plain : shapes).flatMap((shape) => [...shape.kinds]));
  const properties = new Map<string, Shape>();
  for (const shape of shapes) {
    for (const [name, inner] of shape.properties) {
      const known = properties.get(name);
      properties.set(name, known === undefined ? inner : joined([known, inner]));
    }
  }
  const elements = shapes.flatMap(({ element }) => element ?? []);
  return { kinds, properties, element: elements.length === 0 ? null : joined(elements) };
}

function isKind(kind: string): kind is ValueKind {
  return /^(?:number|string|boolean|object|function)$/.test(kind);
}
