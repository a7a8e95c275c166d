import { words } from '../categories/grammarTable.ts';
import { isLanguageId } from '../languages.ts';
import { childrenOf, hasFlag, parentOf, siblingOf, textOf, typeOf, type CodeTree } from './codeTree.ts';
import type { DeclarationRule, Place, Places, ScopeRules } from './scopeRule.ts';
import { SCOPE_RULES } from './scopeRules.ts';

/** A place where a variable is named, or something that may be one: then it is `unsure`. */
export interface NameUse {
  readonly span: number;
  readonly name: string;
  readonly isUnsure: boolean;
}

/** A piece of the text: [start, end). */
export interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** A name that is declared for a part of the text. */
export interface NameDeclaration {
  readonly name: string;
  /** Where it is declared. */
  readonly span: number;
  /** The node outside of which nobody can mean it. */
  readonly region: number;
  /** Where the name stands for it, if no inner region has that name. */
  readonly seen: readonly Stretch[];
  readonly isParameter: boolean;
}

/** The variables of a text, as far as its grammar alone shows them. */
export interface Names {
  /** In order of the text. */
  readonly uses: readonly NameUse[];
  readonly declarations: readonly NameDeclaration[];
  /** Names by which arguments are passed somewhere. */
  readonly keys: ReadonlySet<string>;
  /** Nodes that may read any variable by its name. */
  readonly opaque: readonly number[];
}

/** A tree with its names. */
export interface NamedTree extends CodeTree {
  readonly names: Names;
}

/** The names of a text; null for a language whose variables nobody can call local by syntax. */
export function namesOf(tree: CodeTree): Names | null {
  const { language, length } = tree.spans;
  const rules = isLanguageId(language) ? SCOPE_RULES[language] : undefined;
  if (rules === undefined) return null;
  const declared = declarationsIn(tree, rules);
  const uses: NameUse[] = [];
  const keys = new Set<string>();
  const opaque: number[] = [];
  for (let span = 0; span < length; span++) {
    if (hasFlag(tree, span, 'comment')) continue;
    const type = typeOf(tree, span);
    const isLeaf = hasFlag(tree, span, 'leaf');
    if (rules.opaque.has(isLeaf ? textOf(tree, span) : type)) opaque.push(span);
    if (rules.readsStrings && type === 'string_content') {
      for (const [, name = ''] of textOf(tree, span).matchAll(/\{\s*(\w+)/g)) uses.push({ span, name, isUnsure: true });
    }
    if (isLeaf && stands(tree, span, rules.keys)) keys.add(textOf(tree, span));
    else if (rules.names.has(type) && !stands(tree, span, rules.elsewhere)) {
      const name = textOf(tree, span);
      const isUnsure = declared.exposed.has(span) || GIVEN.test(name) || stands(tree, span, rules.unsure);
      uses.push({ span, name, isUnsure });
    }
  }
  return { uses, declarations: declared.declarations, keys, opaque };
}

/** Variables that the language itself gives a value. */
const GIVEN = /^\$(?:this|GLOBALS|_[A-Z]+)$/;

interface Declared {
  readonly declarations: readonly NameDeclaration[];
  /** Names in declarations that are seen from outside. */
  readonly exposed: ReadonlySet<number>;
}

function declarationsIn(tree: CodeTree, rules: ScopeRules): Declared {
  const declarations: NameDeclaration[] = [];
  const exposed = new Set<number>();
  for (let span = 0; span < tree.spans.length; span++) {
    if (hasFlag(tree, span, 'comment')) continue;
    const type = typeOf(tree, span);
    for (const rule of rules.declarations) {
      if (!rule.nodes.has(type) || !hasNeeded(tree, span, rule)) continue;
      const scope = scopeOf(tree, rules, rule, span);
      const region = regionOf(tree, rule, scope);
      for (const { binder, isExposed } of bindersOf(tree, rules, span)) {
        if (region === -1 || isExposed || rule.isKept === true) exposed.add(binder);
        if (region === -1) continue;
        declarations.push({
          name: textOf(tree, binder),
          span: binder,
          region,
          seen: seenStretches(tree, rule, scope, span, binder),
          isParameter: rule.scope === 'parameters' || rule.within !== undefined,
        });
      }
    }
  }
  return { declarations, exposed };
}

function hasNeeded(tree: CodeTree, span: number, { needs }: DeclarationRule): boolean {
  if (needs === undefined) return true;
  return childrenOf(tree, span).some((child) => needs.has(typeOf(tree, child)));
}

/** The node in which what `span` declares is seen; -1 where it is seen from outside, or that is not known. */
function scopeOf(tree: CodeTree, rules: ScopeRules, { scope }: DeclarationRule, span: number): number {
  if (scope === 'own') return span;
  const isScope = (node: number): boolean =>
    hasFlag(tree, node, 'function') || (scope !== 'function' && rules.scopes.has(typeOf(tree, node)));
  for (let node = parentOf(tree, span); node !== 0; node = parentOf(tree, node)) {
    if (isScope(node)) return node;
    const goesOn = scope === 'parameters' ? rules.links.has(typeOf(tree, node)) : !rules.walls.has(typeOf(tree, node));
    if (!goesOn) return -1;
  }
  return -1;
}

/** A block that is the body of a function is one region with it, so that it cannot hide the parameters. */
function regionOf(tree: CodeTree, { within }: DeclarationRule, scope: number): number {
  if (scope === -1) return -1;
  if (within === undefined) return hasFlag(tree, parentOf(tree, scope), 'function') ? parentOf(tree, scope) : scope;
  let node = scope;
  while (node !== 0 && !within.has(typeOf(tree, node))) node = parentOf(tree, node);
  return node === 0 ? -1 : node;
}

function seenStretches(
  tree: CodeTree,
  { seen }: DeclarationRule,
  scope: number,
  declaration: number,
  binder: number,
): readonly Stretch[] {
  const { starts, ends } = tree.spans;
  const startOf = (span: number): number => starts[span] ?? 0;
  const endOf = (span: number): number => ends[span] ?? 0;
  const end = endOf(scope);
  const partThat = (isIt: (part: number) => boolean): number => childrenOf(tree, scope).find(isIt) ?? scope;
  switch (seen) {
    case 'everywhere':
      return [{ start: startOf(scope), end }];
    case 'fromName':
      return [{ start: startOf(binder), end }];
    case 'behind':
      return [{ start: endOf(declaration), end }];
    case 'behindBrace':
      return [{ start: startOf(partThat((part) => textOf(tree, part) === '{')), end }];
    case 'inBody':
      return [{ start: startOf(childrenOf(tree, scope).at(-1) ?? scope), end }];
    case 'then':
      return [{ start: startOf(binder), end: endOf(partThat((part) => typeOf(tree, part) === 'block')) }];
    case 'notInFirstSource': {
      const clause = partThat((part) => typeOf(tree, part) === 'for_in_clause');
      const source = childrenOf(tree, clause).at(-1) ?? clause;
      return [
        { start: startOf(scope), end: startOf(source) },
        { start: endOf(source), end },
      ];
    }
  }
}

interface Binder {
  readonly binder: number;
  readonly isExposed: boolean;
}

/** Names that a declaration or pattern declares, in order. */
function bindersOf(tree: CodeTree, rules: ScopeRules, span: number, isInExposed = false): readonly Binder[] {
  if (rules.names.has(typeOf(tree, span))) return [{ binder: span, isExposed: false }];
  const children = childrenOf(tree, span);
  const isExposed = isInExposed || children.some((child) => rules.exposing.has(typeOf(tree, child)));
  const binders: Binder[] = [];
  let isBehindName = false;
  for (const child of children) {
    const type = typeOf(tree, child);
    if (rules.stops.has(type) && child !== children[0]) break;
    const isName = rules.names.has(type);
    const isPattern = rules.patterns.has(type);
    // With nothing between them the first of two is a type (`Foo foo`).
    if (isBehindName && (isName || isPattern)) binders.pop();
    if (isName && !(rules.capitalsAreConstants && startsWithCapital(textOf(tree, child)))) {
      binders.push({ binder: child, isExposed });
    } else if (isPattern) binders.push(...bindersOf(tree, rules, child, isExposed));
    isBehindName = isName;
  }
  return binders;
}

const ARGUMENTS: ReadonlySet<string> = new Set(['arguments', 'argument_list', 'block', 'do_block']);

/** Whether a name stands in one of the places. */
function stands(tree: CodeTree, span: number, places: Places): boolean {
  if (places.size === 0) return false;
  const parent = parentOf(tree, span);
  const type = typeOf(tree, parent);
  const place =
    places.get(typeOf(tree, span)) ?? places.get(type) ?? places.get(`${type}<${typeOf(tree, parentOf(tree, parent))}`);
  return place !== undefined && isAt(tree, span, place);
}

function isAt(tree: CodeTree, span: number, place: Place): boolean {
  const textBeside = (node: number, distance: number): string => {
    const sibling = siblingOf(tree, node, distance);
    return sibling === -1 ? '' : textOf(tree, sibling);
  };
  const before = siblingOf(tree, span, -1);
  switch (place) {
    case 'any':
      return true;
    case 'first':
      return before === -1;
    case 'second':
      return before !== -1 && siblingOf(tree, span, -2) === -1;
    case 'rest':
      return before !== -1;
    case 'called': {
      const next = siblingOf(tree, span, 1);
      return before !== -1 || (next !== -1 && ARGUMENTS.has(typeOf(tree, next)));
    }
    case 'labelled':
      return /^[:=]$/.test(textBeside(span, 1));
    case 'labelling':
      return textBeside(parentOf(tree, span), 1) === ':';
    case 'valued':
      return before === -1 && siblingOf(tree, span, 2) !== -1;
    case 'dotted':
      return textBeside(span, -1) === '.';
    case 'inMacro':
      return textBeside(span, 1) === '=' || !isInFormattingMacro(tree, span);
    case 'small':
      return !startsWithCapital(textOf(tree, span));
  }
}

/** Macros whose arguments are expressions, as those of a function are, but for strings that name variables. */
const FORMATTING_MACROS: ReadonlySet<string> = new Set(
  words(`
    format print println eprint eprintln write writeln panic vec assert assert_eq assert_ne debug_assert debug_assert_eq
    debug_assert_ne unreachable todo unimplemented
  `),
);

function isInFormattingMacro(tree: CodeTree, span: number): boolean {
  let holder = parentOf(tree, span);
  while (typeOf(tree, holder) === 'token_tree') holder = parentOf(tree, holder);
  const [name] = childrenOf(tree, holder);
  return typeOf(tree, holder) === 'macro_invocation' && name !== undefined && FORMATTING_MACROS.has(textOf(tree, name));
}

function startsWithCapital(name: string): boolean {
  return /^\p{Lu}/u.test(name);
}
