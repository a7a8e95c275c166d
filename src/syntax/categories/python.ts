import { words, type GrammarTable } from './grammarTable.ts';

/** Python. */
export const python: GrammarTable = {
  categories: {
    decisions: words(`
      case_clause case_pattern conditional_expression elif_clause else_clause if_clause if_statement match_statement
      case elif else if match union_pattern
    `),
    iteration: words(`
      break_statement continue_statement dictionary_comprehension for_in_clause for_statement generator_expression
      list_comprehension set_comprehension while_statement yield break continue for while
    `),
    exceptions: words(`
      assert_statement except_clause except_group_clause finally_clause raise_statement try_statement assert except
      except* finally raise try
    `),
    functions: words(`
      await decorated_definition default_parameter function_definition keyword_separator lambda lambda_parameters
      parameters positional_separator return_statement typed_default_parameter typed_parameter -> async def return
    `),
    calls: words(`argument_list call decorator exec_statement keyword_argument print_statement exec print`),
    operators: [
      ...words(`
      assignment augmented_assignment binary_operator boolean_operator chevron comparison_operator named_expression
      not_operator unary_operator != % %= & &= * ** **= *= + += - -= / // //= /= := < << <<= <= <> = == > >= >> >>= @
      @= ^ ^= and in is not or | |= ~
    `),
      'is not',
      'not in',
    ],
    literals: words(`
      concatenated_string format_expression format_specifier interpolation string string_content ellipsis
      escape_interpolation escape_sequence false float integer none string_end string_start true type_conversion
    `),
    identifiers: words(`attribute dotted_name identifier _ as_pattern_target`),
    types: words(`
      class_definition constrained_type generic_type member_type splat_type type type_alias_statement type_parameter
      union_type class
    `),
    'data structures': words(`
      class_pattern as_pattern complex_pattern dict_pattern dictionary dictionary_splat dictionary_splat_pattern
      expression_list keyword_pattern list list_pattern list_splat list_splat_pattern pair parenthesized_list_splat
      pattern_list set slice splat_pattern subscript tuple tuple_pattern
    `),
    scope: words(`
      block delete_statement global_statement module nonlocal_statement pass_statement with_clause with_item
      with_statement as del global nonlocal with pass
    `),
    imports: words(`
      aliased_import future_import_statement import_from_statement import_prefix import_statement relative_import
      wildcard_import __future__ from import
    `),
  },
  functions: words(`function_definition lambda`),
  comments: words(`comment`),
  documentation: { statements: words(`expression_statement`), texts: words(`string concatenated_string`) },
  containers: words(`class_definition`),
  bodies: words(`block`),
  wrappers: words(`decorated_definition expression_statement assignment`),
  names: { function_definition: 'name', class_definition: 'name', type_alias_statement: 'left' },
  binders: { assignment: 'left', pair: 'key', keyword_argument: 'name', default_parameter: 'name' },
};
