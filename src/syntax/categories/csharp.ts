import { words, type GrammarTable } from './grammarTable.ts';

/** C#. */
export const csharp: GrammarTable = {
  categories: {
    decisions: words(`
      and_pattern conditional_expression constant_pattern declaration_pattern if_statement list_pattern
      negated_pattern or_pattern parenthesized_pattern positional_pattern_clause preproc_elif preproc_else preproc_if
      property_pattern_clause recursive_pattern relational_pattern subpattern switch_body switch_expression
      switch_expression_arm switch_section switch_statement type_pattern var_pattern when_clause #elif #else #endif
      #if case default else if switch when ?
    `),
    iteration: words(`
      break_statement continue_statement do_statement for_statement foreach_statement from_clause goto_statement
      group_clause join_clause join_into_clause labeled_statement let_clause order_by_clause query_expression
      select_clause where_clause while_statement yield_statement ascending break by continue descending do equals for
      foreach from goto group in into join let on orderby select while yield
    `),
    exceptions: words(`
      catch_clause catch_declaration catch_filter_clause checked_expression checked_statement finally_clause
      throw_expression throw_statement try_statement catch checked finally throw try unchecked
    `),
    functions: words(`
      accessor_declaration accessor_list anonymous_method_expression arrow_expression_clause await_expression
      bracketed_parameter_list constructor_declaration conversion_operator_declaration delegate_declaration
      destructor_declaration implicit_parameter indexer_declaration lambda_expression local_function_statement
      method_declaration operator_declaration parameter parameter_list property_declaration return_statement => add
      async await delegate get init operator remove return set
    `),
    calls: words(`
      anonymous_object_creation_expression argument argument_list attribute attribute_argument attribute_argument_list
      attribute_list constructor_initializer implicit_object_creation_expression invocation_expression
      makeref_expression object_creation_expression new assembly field method param property
      attribute_target_specifier
    `),
    operators: words(`
      as_expression assignment_expression binary_expression cast_expression is_expression postfix_unary_expression
      prefix_unary_expression ref_expression sizeof_expression unary_expression ! != % %= & && &= * *= + ++ += - -- -=
      .. / /= < << <<= <= = == > >= >> >>= >>> >>>= ?? ??= ^ ^= and as is not or sizeof typeof | |= || ~
      typeof_expression is_pattern_expression __makeref __reftype __refvalue
    `),
    literals: words(`
      boolean_literal character_literal default_expression interpolated_string_expression interpolation
      interpolation_alignment_clause interpolation_format_clause raw_string_literal string_literal
      string_literal_content character_literal_content escape_sequence integer_literal interpolation_brace
      interpolation_quote interpolation_start null_literal raw_string_content raw_string_end raw_string_start
      real_literal string_content string_literal_encoding verbatim_string_literal " ' false true
    `),
    identifiers: words(`
      generic_name identifier member_binding_expression qualified_name discard base this alias_qualified_name
      conditional_access_expression member_access_expression
    `),
    types: words(`
      type_parameter_constraint type_parameter_constraints_clause type_argument_list array_rank_specifier array_type
      base_list calling_convention class_declaration constructor_constraint enum_declaration enum_member_declaration
      enum_member_declaration_list explicit_interface_specifier function_pointer_parameter function_pointer_type
      implicit_type interface_declaration nullable_type pointer_type primary_constructor_base_type record_declaration
      ref_type reftype_expression refvalue_expression scoped_type struct_declaration tuple_element tuple_type
      type_parameter type_parameter_list predefined_type class enum interface notnull record struct type unmanaged
      where managed Cdecl Stdcall Thiscall Fastcall
    `),
    'data structures': words(`
      array_creation_expression bracketed_argument_list element_access_expression element_binding_expression
      implicit_array_creation_expression implicit_stackalloc_expression initializer_expression
      parenthesized_variable_designation range_expression stackalloc_expression tuple_expression tuple_pattern
      with_expression with_initializer stackalloc with
    `),
    scope: words(`
      static file block compilation_unit declaration_expression declaration_list empty_statement event_declaration
      event_field_declaration field_declaration file_scoped_namespace_declaration fixed_statement global_attribute
      local_declaration_statement lock_statement modifier namespace_declaration preproc_define preproc_endregion
      preproc_error preproc_line preproc_nullable preproc_pragma preproc_region preproc_undef preproc_warning
      unsafe_statement using_statement variable_declaration variable_declarator preproc_arg #define #endregion #region
      abstract alias const event explicit extern fixed global implicit internal lock module namespace out override
      params partial private protected public readonly ref required scoped sealed unsafe var virtual volatile #line
      hidden #pragma warning disable restore checksum #nullable enable annotations warnings #error #warning #undef
    `),
    imports: words(`extern_alias_directive using_directive using`),
  },
  functions: words(`
    method_declaration constructor_declaration destructor_declaration operator_declaration
    conversion_operator_declaration local_function_statement lambda_expression anonymous_method_expression
    accessor_declaration
  `),
  comments: words(`comment`),
  containers: words(`
    class_declaration struct_declaration interface_declaration record_declaration namespace_declaration
  `),
  bodies: words(`declaration_list block`),
  wrappers: words(`global_statement`),
  names: {
    method_declaration: 'name',
    constructor_declaration: 'name',
    destructor_declaration: 'name',
    local_function_statement: 'name',
    accessor_declaration: 'name',
    class_declaration: 'name',
    struct_declaration: 'name',
    interface_declaration: 'name',
    record_declaration: 'name',
    enum_declaration: 'name',
    enum_member_declaration: 'name',
    delegate_declaration: 'name',
    event_declaration: 'name',
    property_declaration: 'name',
    namespace_declaration: 'name',
    file_scoped_namespace_declaration: 'name',
    variable_declarator: 'name',
  },
  binders: { assignment_expression: 'left' },
};
