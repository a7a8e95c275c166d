import { CATEGORIES, type Category } from '../../core/words.ts';

/**
 * What Candor knows of a grammar: the names of its node types, by what they mean. A name stands for the named type
 * (`if_statement`) and for the anonymous one (`if`) alike. Punctuation belongs to no category.
 */
export interface GrammarTable {
  /** Each type in at most one category (after ASTrust, arXiv 2407.08983, with our own map). */
  readonly categories: Readonly<Partial<Record<Category, readonly string[]>>>;
  /** Functions, methods, lambdas and constructors. */
  readonly functions: readonly string[];
  readonly comments: readonly string[];
  /** Statements that are text about the code where one of the texts is all that they hold. */
  readonly documentation?: { readonly statements: readonly string[]; readonly texts: readonly string[] };
  /** What holds declarations that are judged one by one: classes, modules, include guards. */
  readonly containers?: readonly string[];
  /** The node with the members of a container, or with the statements of a function, where there is such a node. */
  readonly bodies?: readonly string[];
  /** What may stand around a function and still be its declaration (`export`, a decorator, `const f =`). */
  readonly wrappers?: readonly string[];
  /** What stands beside the declaration that it belongs to, before it (`#[test]`). */
  readonly prefixes?: readonly string[];
  /** Declarations, and the field that names each. */
  readonly names: FieldByType;
  /** What gives a name to a function that has none (`key: () => 1`), and is no declaration itself. */
  readonly binders?: FieldByType;
  /** What stands between a declaration and its name (`int (*name)(void)`). */
  readonly links?: FieldByType;
}

/** A field of each node type; null for the last named child, where the grammar gives the field no name. */
export type FieldByType = Readonly<Record<string, string | null>>;

/** A list of names, apart by white space. */
export function words(list: string): readonly string[] {
  return list.split(/\s+/).filter((word) => word !== '');
}

/** The table of a grammar that extends another one. */
export function extendTable(base: GrammarTable, extension: Partial<GrammarTable>): GrammarTable {
  const categories: Partial<Record<Category, readonly string[]>> = {};
  for (const category of CATEGORIES) {
    categories[category] = [...(base.categories[category] ?? []), ...(extension.categories?.[category] ?? [])];
  }
  return {
    categories,
    functions: [...base.functions, ...(extension.functions ?? [])],
    comments: [...base.comments, ...(extension.comments ?? [])],
    containers: [...(base.containers ?? []), ...(extension.containers ?? [])],
    bodies: [...(base.bodies ?? []), ...(extension.bodies ?? [])],
    wrappers: [...(base.wrappers ?? []), ...(extension.wrappers ?? [])],
    prefixes: [...(base.prefixes ?? []), ...(extension.prefixes ?? [])],
    names: { ...base.names, ...extension.names },
    binders: { ...base.binders, ...extension.binders },
    links: { ...base.links, ...extension.links },
  };
}
