import { CALLS, INTEGERS, NAMES, REFERENCES, STRINGS, SUBSCRIPTS, WRAPPERS } from './slipSyntax.ts';
import { typeOf, unwrapped, type SourceTree } from './sourceTree.ts';

/** How a value is written. Two of one form are easily taken for each other. */
export type ValueForm = 'name' | 'element' | 'reference' | 'call' | 'integer' | 'string';

const FORMS: readonly (readonly [ValueForm, ReadonlySet<string>])[] = [
  ['name', NAMES],
  ['element', SUBSCRIPTS],
  ['reference', REFERENCES],
  ['call', CALLS],
  ['integer', INTEGERS],
  ['string', STRINGS],
];

/** The form of an expression; null for one made of several, and for arguments that are passed by name. */
export function valueForm(tree: SourceTree, span: number): ValueForm | null {
  const type = typeOf(tree, unwrapped(tree, span, WRAPPERS));
  return FORMS.find(([, types]) => types.has(type))?.[0] ?? null;
}
