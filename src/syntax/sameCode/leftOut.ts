import { words } from '../categories/grammarTable.ts';
import { childrenOf, parentOf, siblingOf, textOf, typeOf, type CodeTree } from './codeTree.ts';

const set = (list: string): ReadonlySet<string> => new Set(words(list));

const ECMA_SCRIPT_HEADS = set('for_statement');

/** Languages in which the end of a line ends a statement, too, and the heads in which each semicolon counts all the same. */
const HEADS: Readonly<Record<string, ReadonlySet<string>>> = {
  javascript: ECMA_SCRIPT_HEADS,
  typescript: ECMA_SCRIPT_HEADS,
  tsx: ECMA_SCRIPT_HEADS,
  python: set(''),
  go: set('for_clause if_statement expression_switch_statement type_switch_statement'),
  ruby: set(''),
  scala: set(''),
  bash: set('c_style_for_statement'),
};
/** Nodes with statements or members side by side, where one that is empty does nothing. */
const SEQUENCES = set('program statement_block class_body switch_case switch_default');

/** Lists in which a comma behind the last item adds none. Not tuples, where it makes one of a single value. */
const LISTS = set(`
  arguments argument_list formal_parameters parameters parameter_list array object list set dictionary named_imports
  export_clause object_pattern array_pattern enum_body type_arguments type_parameters literal_value initializer_list
  enumerator_list enum_variant_list field_declaration_list ordered_field_declaration_list field_initializer_list
  array_expression array_initializer hash array_creation_expression use_list struct_pattern initializer_expression
  enum_member_declaration_list import_from_statement
`);
const CLOSERS = set(') ] } >');
const OPENERS = set('( [ { < ,');

/** Parents for which parentheses matter, and those whose first child may not lose them: what is called or goes on differs. */
const KEEPING = set(`
  new_expression expression_statement class_heritage decorator object_creation_expression sizeof_expression decltype
`);
const KEEPING_FIRST = set(`
  call_expression call member_expression subscript_expression subscript non_null_expression method_invocation
  invocation_expression member_access_expression conditional_access_expression element_access_expression field_access
  function_call_expression member_call_expression scoped_call_expression assignment assignment_expression
`);
/** What begins with one of these would be read as something else at the beginning of a statement or of a body. */
const READ_OTHERWISE = set('{ function class async let');

/** Whether a leaf is punctuation that could be there or not: then it says nothing. */
export function isLeftOut(tree: CodeTree, leaf: number): boolean {
  switch (textOf(tree, leaf)) {
    case ';':
      return isOptionalSemicolon(tree, leaf);
    case ',':
      return isOptionalComma(tree, leaf);
    case '(':
    case ')':
      return bindsNothing(tree, parentOf(tree, leaf));
    default:
      return false;
  }
}

function isOptionalSemicolon(tree: CodeTree, leaf: number): boolean {
  const parent = parentOf(tree, leaf);
  const heads = HEADS[tree.spans.language];
  if (heads === undefined) return false;
  // The node of an empty statement, in which the leaf may be a node of its own.
  if (typeOf(tree, parent) === 'empty_statement') return SEQUENCES.has(typeOf(tree, parentOf(tree, parent)));
  return !heads.has(typeOf(tree, parent));
}

function isOptionalComma(tree: CodeTree, leaf: number): boolean {
  if (!LISTS.has(typeOf(tree, parentOf(tree, leaf)))) return false;
  // By the leaf behind it, for a list may have many items.
  const { leaves, leafEnds } = tree.spans;
  const next = leaves[leafEnds[leaf] ?? 0];
  if (next === undefined || !CLOSERS.has(textOf(tree, next))) return false;
  const before = siblingOf(tree, leaf, -1);
  // Two commas side by side leave an item out.
  return before !== -1 && !OPENERS.has(textOf(tree, before));
}

/** Whether a node is one expression in parentheses that the tree shows as well without them. */
function bindsNothing(tree: CodeTree, span: number): boolean {
  if (typeOf(tree, span) !== 'parenthesized_expression') return false;
  const children = childrenOf(tree, span);
  const [open, inner] = children;
  if (children.length !== 3 || open === undefined || inner === undefined || textOf(tree, open) !== '(') return false;
  const { leaves, leafStarts } = tree.spans;
  const firstLeaf = leaves[leafStarts[inner] ?? 0] ?? inner;
  const parent = typeOf(tree, parentOf(tree, span));
  const isKept = KEEPING.has(parent) || (KEEPING_FIRST.has(parent) && siblingOf(tree, span, -1) === -1);
  return !isKept && !READ_OTHERWISE.has(textOf(tree, firstLeaf));
}
