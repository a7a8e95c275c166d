import { words } from '../../syntax/categories/grammarTable.ts';

/**
 * What node types mean for planting slips, for all grammars in one table: a name that two of them share means the same in
 * both. To teach it a language: add the names that its grammar has for these things.
 */
const typeSet = (list: string): ReadonlySet<string> => new Set(words(list));

/** Operand, operator, operand; of a comparison in Python and a list of commands in Bash there may be more. */
export const BINARIES = typeSet(`
  binary_expression binary_operator comparison_operator boolean_operator binary infix_expression list
`);

/** What begins with a head that says how often its body runs. */
export const LOOPS = typeSet(`
  for_statement for_in_statement while_statement do_statement c_style_for_statement while_expression for_expression
  do_while_expression while until while_modifier until_modifier
`);

/** What may stand in the head of a loop above a bound. Bodies are blocks and statements, so none of these. */
export const LOOP_HEAD_PARTS = typeSet(`
  binary_expression comparison_operator boolean_operator binary infix_expression parenthesized_expression
  condition_clause test_command for_clause lexical_declaration variable_declaration variable_declarator declaration init_declarator
  local_variable_declaration short_var_declaration expression_list assignment_expression variable_assignment
`);

/** What decides by a condition. */
export const CONDITIONALS = typeSet(`
  if_statement elif_clause else_if_clause while_statement do_statement ternary_expression conditional_expression
  while_expression if_expression do_while_expression if_clause if unless elsif while until if_modifier unless_modifier
  while_modifier until_modifier conditional
`);

/** A condition stands behind one of these words, or before a `?`. */
export const CONDITION_WORDS = typeSet(`if elif elseif elsif unless while until`);

/** Conditionals whose deletion with their body is a missing guard. */
export const GUARDS = typeSet(`if_statement if_expression if unless if_modifier unless_modifier`);

/** What makes a conditional more than a guard. */
export const ALTERNATIVES = typeSet(`else else_clause elif_clause elsif else_if_clause`);

/** First words of statements that leave where they stand. */
export const JUMPS = typeSet(`return throw raise continue break exit die panic panic! next`);

/** Sequences of statements. */
export const BLOCKS = typeSet(`
  block statement_block compound_statement statement_list constructor_body body_statement block_body then do do_group
  indented_block
`);

/** What adds nothing to the expression or statement in it. */
export const WRAPPERS = typeSet(`parenthesized_expression condition_clause expression_statement argument`);

export const NEGATIONS = typeSet(`
  unary_expression not_operator prefix_unary_expression unary unary_op_expression prefix_expression negated_command
`);

export const RANGES = typeSet(`range_expression range slice slice_expression`);
export const SUBSCRIPTS = typeSet(`
  subscript subscript_expression index_expression array_access element_access_expression element_reference
`);
/** Stand between a subscript and its index. */
export const SUBSCRIPT_LISTS = typeSet(`subscript_argument_list bracketed_argument_list`);

export const ARGUMENT_LISTS = typeSet(`arguments argument_list`);

/** Names of values: variables and members. */
export const NAMES = typeSet(`
  identifier variable_name member_expression attribute selector_expression field_access field_expression
  scoped_identifier member_access_expression this self instance_variable constant qualified_name word
`);
export const REFERENCES = typeSet(`reference_expression pointer_expression`);
export const CALLS = typeSet(`
  call_expression call method_invocation invocation_expression function_call_expression member_call_expression
  scoped_call_expression
`);
/** Conditions of Bash are commands. */
export const COMMANDS = typeSet(`command test_command`);
export const INTEGERS = typeSet(`number integer int_literal decimal_integer_literal integer_literal number_literal`);
export const BOOLEANS = typeSet(`true false boolean boolean_literal`);
export const STRINGS = typeSet(`
  string string_literal interpreted_string_literal raw_string_literal encapsed_string template_string
  interpolated_string_expression concatenated_string char_literal character_literal verbatim_string_literal
`);

/** Uses of a variable, or its declaration. */
export const VARIABLES = typeSet(`identifier variable_name`);
/** Names in a declaration. */
export const BINDERS = typeSet(`identifier variable_name shorthand_property_identifier_pattern`);
export const PARAMETER_LISTS = typeSet(`
  formal_parameters parameters parameter_list method_parameters block_parameters closure_parameters lambda_parameters
`);
export const PARAMETERS = typeSet(`
  required_parameter optional_parameter typed_parameter default_parameter typed_default_parameter formal_parameter
  parameter parameter_declaration variadic_parameter_declaration simple_parameter keyword_parameter splat_parameter
`);
/** Declare what stands before their `=` (or `in`, ...), from there to the end of the block. */
export const LOCAL_DECLARATIONS = typeSet(`
  variable_declarator init_declarator declaration short_var_declaration var_spec let_declaration assignment
  val_definition var_definition variable_assignment assignment_expression
`);
/** Declare what stands before their `in`, `of` or `:`, for their own body. */
export const LOOP_DECLARATIONS = typeSet(`
  for_in_statement for_statement for_expression enhanced_for_statement foreach_statement for_range_loop range_clause
`);
/** Behind these nothing is declared. */
export const BINDER_ENDS = typeSet(`= := in of : <-`);
/** Hold names in a declaration. */
export const PATTERNS = typeSet(`
  pattern_list tuple_pattern expression_list pointer_declarator reference_declarator array_declarator object_pattern
  array_pattern rest_pattern mut_pattern list_splat_pattern dictionary_splat_pattern
`);
/** Grammars in which an assignment with `=` declares; in others that takes a word or a type. */
export const DECLARES_BY_ASSIGNING = typeSet(`python ruby php bash`);

/** What stands between a receiver and its member. */
export const ACCESSORS = typeSet(`. ?. -> :: &.`);
