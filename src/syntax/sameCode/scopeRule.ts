import { words } from '../categories/grammarTable.ts';

/**
 * How a grammar declares names that nobody outside can see. What is not in here is not known to be local, and stays as it is
 * written. Names stand for types of nodes.
 */
export interface ScopeRules {
  /** Leaves that name variables, where no other rule says otherwise. */
  readonly names: ReadonlySet<string>;
  readonly declarations: readonly DeclarationRule[];
  /** Nodes in which names are declared, or further such nodes, when they stand in a declaration. */
  readonly patterns: ReadonlySet<string>;
  /** Behind these, in a declaration or pattern, nothing is declared. */
  readonly stops: ReadonlySet<string>;
  /** Blocks, beside functions. One that is the body of a function is one scope with it. */
  readonly scopes: ReadonlySet<string>;
  /** What is declared directly in these is seen from outside. */
  readonly walls: ReadonlySet<string>;
  /** Stand between a list of parameters and its function. */
  readonly links: ReadonlySet<string>;
  /** Names that are no variables, by the node they stand in and where: members, labels, functions that are called. */
  readonly elsewhere: Places;
  /** Names of arguments at calls: a parameter that is called by name is seen from outside. */
  readonly keys: Places;
  /** A name that also stands here is not known to be local. */
  readonly unsure: Places;
  /** A declaration with one of these in it is seen from outside. */
  readonly exposing: ReadonlySet<string>;
  /** Words, and nodes, that may read any variable by its name. */
  readonly opaque: ReadonlySet<string>;
  /** Whether names that begin with a capital stand for constants in patterns. */
  readonly capitalsAreConstants: boolean;
  /** Whether strings may name variables, as in `"{name}"`. */
  readonly readsStrings: boolean;
}

/** Types of parents, or `parent<grandparent`, and which of their children. A leaf stands for itself, too. */
export type Places = ReadonlyMap<string, Place>;

/**
 * `rest`: not the first. `called`: not the first, or before arguments. `labelled`: before `:` or `=`; `labelling`: in a node that
 * stands there. `valued`: first of three and more. `small`: begins with a small letter. `dotted`: behind a `.`. `inMacro`: among
 * the arguments of a macro that may do anything with them.
 */
const PLACES = [
  'any',
  'first',
  'second',
  'rest',
  'called',
  'labelled',
  'labelling',
  'valued',
  'small',
  'dotted',
  'inMacro',
] as const;
export type Place = (typeof PLACES)[number];

export interface DeclarationRule {
  readonly nodes: ReadonlySet<string>;
  /** Where its names can be seen. `own`: in the node itself. `parameters`: in the function that it belongs to. */
  readonly scope: 'own' | 'parameters' | 'block' | 'function';
  /** From where in that scope. `inBody`: in its last part; `then`: up to the end of its first block. */
  readonly seen: 'everywhere' | 'fromName' | 'behind' | 'behindBrace' | 'inBody' | 'then' | 'notInFirstSource';
  /** The nearest of these is one scope for all that is in it: an inner one does not hide its names. */
  readonly within?: ReadonlySet<string>;
  /** One of these must stand directly in it. */
  readonly needs?: ReadonlySet<string>;
  /** The name is known, but not to be local. */
  readonly isKept?: boolean;
}

const set = (list: string): ReadonlySet<string> => new Set(words(list));

function places(place: Partial<Record<Place, string>>): Places {
  const found = new Map<string, Place>();
  for (const kind of PLACES) {
    for (const type of words(place[kind] ?? '')) found.set(type, kind);
  }
  return found;
}

type RuleText = Partial<
  Record<'names' | 'patterns' | 'stops' | 'scopes' | 'walls' | 'links' | 'exposing' | 'opaque', string>
>;

/** Rules from lists of types, apart by white space. */
export function rules(
  text: RuleText,
  declarations: readonly DeclarationRule[],
  {
    elsewhere = {},
    keys = {},
    unsure = {},
  }: Partial<Record<'elsewhere' | 'keys' | 'unsure', Partial<Record<Place, string>>>>,
  { capitalsAreConstants = false, readsStrings = false } = {},
): ScopeRules {
  return {
    names: set(text.names ?? 'identifier'),
    declarations,
    patterns: set(text.patterns ?? ''),
    stops: set(text.stops ?? '='),
    scopes: set(text.scopes ?? ''),
    walls: set(text.walls ?? ''),
    links: set(text.links ?? ''),
    elsewhere: places(elsewhere),
    keys: places(keys),
    unsure: places(unsure),
    exposing: set(text.exposing ?? ''),
    opaque: set(text.opaque ?? ''),
    capitalsAreConstants,
    readsStrings,
  };
}

/** A rule of what `nodes` declare. */
export function declares(
  nodes: string,
  scope: DeclarationRule['scope'],
  seen: DeclarationRule['seen'],
  { needs, within }: { readonly needs?: string; readonly within?: string } = {},
): DeclarationRule {
  return {
    nodes: set(nodes),
    scope,
    seen,
    ...(needs !== undefined && { needs: set(needs) }),
    ...(within !== undefined && { within: set(within) }),
  };
}

/** Names that are known, but not to be local. */
export function keeps(nodes: string): DeclarationRule {
  return { nodes: set(nodes), scope: 'block', seen: 'everywhere', isKept: true };
}
