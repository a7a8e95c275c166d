import { words, type GrammarTable } from './grammarTable.ts';

/** Go. */
export const go: GrammarTable = {
  categories: {
    decisions: words(`
      communication_case default_case expression_case fallthrough_statement if_statement select_statement type_case
      case default else fallthrough if select switch type_switch_statement expression_switch_statement
    `),
    iteration: words(`
      break_statement continue_statement for_clause for_statement goto_statement labeled_statement range_clause
      label_name break continue for goto range
    `),
    exceptions: words(`defer_statement defer`),
    functions: words(`
      func_literal function_declaration go_statement method_declaration method_elem parameter_declaration
      parameter_list return_statement variadic_parameter_declaration func go return
    `),
    calls: words(`argument_list call_expression variadic_argument`),
    operators: words(`
      assignment_statement binary_expression dec_statement inc_statement receive_statement send_statement
      type_assertion_expression type_conversion_expression unary_expression ! != % %= & && &= &^ &^= * *= + ++ += - --
      -= / /= := < <- << <<= <= = == > >= >> >>= ^ ^= | |= || ~
    `),
    literals: words(`
      interpreted_string_literal raw_string_literal escape_sequence false float_literal imaginary_literal int_literal
      interpreted_string_literal_content iota nil raw_string_literal_content rune_literal true " \`
    `),
    identifiers: words(`selector_expression blank_identifier field_identifier identifier`),
    types: words(`
      type_parameter_declaration array_type channel_type field_declaration field_declaration_list function_type
      generic_type implicit_length_array_type interface_type map_type negated_type parenthesized_type pointer_type
      qualified_type slice_type struct_type type_alias type_arguments type_constraint type_declaration type_elem
      type_instantiation_expression type_parameter_list type_spec type_identifier chan interface map struct type
    `),
    'data structures': words(`
      composite_literal expression_list index_expression keyed_element literal_element literal_value slice_expression
    `),
    scope: words(`
      block const_declaration const_spec empty_statement short_var_declaration source_file var_declaration var_spec
      var_spec_list const var
    `),
    imports: words(`
      dot import_declaration import_spec import_spec_list package_clause package_identifier import package
    `),
  },
  functions: words(`function_declaration method_declaration func_literal`),
  comments: words(`comment`),
  bodies: words(`block`),
  names: {
    function_declaration: 'name',
    method_declaration: 'name',
    type_spec: 'name',
    type_alias: 'name',
    const_spec: 'name',
    var_spec: 'name',
    field_declaration: 'name',
    method_elem: 'name',
  },
  binders: { short_var_declaration: 'left', assignment_statement: 'left', keyed_element: 'key' },
};
