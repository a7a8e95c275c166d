import { words, type GrammarTable } from './grammarTable.ts';

/** PHP, with the text around it. */
export const php: GrammarTable = {
  categories: {
    decisions: words(`
      case_statement conditional_expression default_statement else_clause else_if_clause if_statement match_block
      match_condition_list match_conditional_expression match_default_expression match_expression switch_block
      switch_statement case default else elseif endif endswitch if match switch ?
    `),
    iteration: words(`
      break_statement continue_statement do_statement for_statement foreach_statement goto_statement
      named_label_statement while_statement yield_expression as break continue do endfor endforeach endwhile for
      foreach goto while yield
    `),
    exceptions: words(`catch_clause finally_clause throw_expression try_statement catch finally throw try`),
    functions: words(`
      anonymous_function anonymous_function_use_clause arrow_function formal_parameters function_definition
      method_declaration property_hook property_hook_list property_promotion_parameter return_statement
      simple_parameter variadic_parameter fn function return
    `),
    calls: words(`
      function_call_expression argument arguments attribute attribute_group attribute_list clone_expression
      echo_statement exit_statement member_call_expression nullsafe_member_call_expression object_creation_expression
      print_intrinsic scoped_call_expression unset_statement variadic_unpacking operation clone echo exit new print
      unset variadic_placeholder
    `),
    operators: words(`
      assignment_expression augmented_assignment_expression binary_expression cast_expression
      error_suppression_expression reference_assignment_expression sequence_expression unary_op_expression
      update_expression ! != !== % %= & && &= * ** **= *= + ++ += - -- -= . .= / /= < << <<= <= <=> <> = == === > >=
      >> >>= ?? ??= @ ^ ^= and instanceof insteadof or xor | |= || ~
    `),
    literals: words(`
      boolean encapsed_string heredoc heredoc_body nowdoc nowdoc_body null shell_command_expression string
      string_content text text_interpolation escape_sequence float heredoc_end heredoc_start integer nowdoc_string " '
      \` false true
    `),
    identifiers: words(`
      dynamic_variable_name name namespace_name qualified_name relative_name relative_scope variable_name parent self
      class_constant_access_expression member_access_expression nullsafe_member_access_expression
      scoped_property_access_expression
    `),
    types: words(`
      anonymous_class base_clause cast_type class_declaration class_interface_clause disjunctive_normal_form_type
      enum_case enum_declaration enum_declaration_list interface_declaration intersection_type named_type
      optional_type primitive_type trait_declaration type_list union_type bottom_type bool callable class enum extends
      implements int interface iterable mixed trait void
    `),
    'data structures': words(`
      array_creation_expression array_element_initializer list_literal pair subscript_expression array list
    `),
    scope: words(`
      abstract_modifier by_ref colon_block compound_statement const_declaration const_element declaration_list
      declare_directive declare_statement empty_statement final_modifier function_static_declaration
      global_declaration namespace_definition program property_declaration property_element readonly_modifier
      reference_modifier static_modifier static_variable_declaration visibility_modifier var_modifier abstract const
      declare enddeclare final global namespace private protected public readonly static ticks encoding strict_types
    `),
    imports: words(`
      include_expression include_once_expression namespace_use_clause namespace_use_declaration namespace_use_group
      require_expression require_once_expression use_as_clause use_declaration use_instead_of_clause use_list from
      include include_once require require_once use
    `),
  },
  functions: words(`function_definition method_declaration anonymous_function arrow_function`),
  comments: words(`comment`),
  containers: words(`
    class_declaration interface_declaration trait_declaration enum_declaration anonymous_class namespace_definition
  `),
  bodies: words(`declaration_list enum_declaration_list compound_statement`),
  wrappers: words(`expression_statement assignment_expression`),
  names: {
    function_definition: 'name',
    method_declaration: 'name',
    class_declaration: 'name',
    interface_declaration: 'name',
    trait_declaration: 'name',
    enum_declaration: 'name',
    enum_case: 'name',
    namespace_definition: 'name',
    property_element: 'name',
  },
  binders: { assignment_expression: 'left' },
};
