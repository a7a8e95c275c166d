import { words, type GrammarTable } from './grammarTable.ts';

/** Java. */
export const java: GrammarTable = {
  categories: {
    decisions: words(`
      guard if_statement switch_block switch_block_statement_group switch_expression switch_label switch_rule
      ternary_expression case default else if switch when ?
    `),
    iteration: words(`
      break_statement continue_statement do_statement enhanced_for_statement for_statement labeled_statement
      while_statement yield_statement break continue do for while yield
    `),
    exceptions: words(`
      assert_statement catch_clause catch_formal_parameter catch_type finally_clause throw_statement throws
      try_statement try_with_resources_statement assert catch finally throw try
    `),
    functions: words(`
      annotation_type_element_declaration compact_constructor_declaration constructor_body constructor_declaration
      formal_parameter formal_parameters inferred_parameters lambda_expression method_declaration method_reference
      receiver_parameter return_statement spread_parameter -> :: return
    `),
    calls: words(`
      method_invocation annotation annotation_argument_list argument_list element_value_pair
      explicit_constructor_invocation marker_annotation object_creation_expression @ new
    `),
    operators: words(`
      assignment_expression binary_expression cast_expression instanceof_expression unary_expression update_expression
      ! != % %= & && &= * *= + ++ += - -- -= / /= < << <<= <= = == > >= >> >>= >>> >>>= ^ ^= instanceof | |= || ~
    `),
    literals: words(`
      class_literal multiline_string_fragment string_interpolation string_literal template_expression
      binary_integer_literal character_literal decimal_floating_point_literal decimal_integer_literal escape_sequence
      false hex_floating_point_literal hex_integer_literal null_literal octal_integer_literal string_fragment true "
      """ \\{
    `),
    identifiers: words(`field_access scoped_identifier identifier super this`),
    types: words(`
      floating_point_type wildcard annotated_type annotation_type_body annotation_type_declaration array_type
      class_body class_declaration dimensions enum_body enum_body_declarations enum_constant enum_declaration
      extends_interfaces generic_type integral_type interface_body interface_declaration permits record_declaration
      scoped_type_identifier super_interfaces superclass type_arguments type_bound type_list type_parameter
      type_parameters boolean_type type_identifier void_type @interface byte char class double enum extends float
      implements int interface long record short
    `),
    'data structures': words(`
      array_access array_creation_expression array_initializer dimensions_expr element_value_array_initializer pattern
      record_pattern record_pattern_body record_pattern_component type_pattern underscore_pattern
    `),
    scope: words(`
      block constant_declaration field_declaration local_variable_declaration modifiers module_body program resource
      resource_specification static_initializer synchronized_statement variable_declarator abstract final native
      non-sealed private protected public sealed static strictfp synchronized transient volatile
    `),
    imports: words(`
      asterisk exports_module_directive import_declaration module_declaration opens_module_directive
      package_declaration provides_module_directive requires_modifier requires_module_directive uses_module_directive
      exports import module open opens package provides requires to transitive uses with
    `),
  },
  functions: words(`
    method_declaration constructor_declaration compact_constructor_declaration lambda_expression
  `),
  comments: words(`line_comment block_comment`),
  containers: words(`
    class_declaration interface_declaration enum_declaration record_declaration annotation_type_declaration
  `),
  bodies: words(`
    class_body interface_body enum_body enum_body_declarations annotation_type_body block constructor_body
  `),
  names: {
    method_declaration: 'name',
    constructor_declaration: 'name',
    compact_constructor_declaration: 'name',
    class_declaration: 'name',
    interface_declaration: 'name',
    enum_declaration: 'name',
    enum_constant: 'name',
    record_declaration: 'name',
    annotation_type_declaration: 'name',
    annotation_type_element_declaration: 'name',
    variable_declarator: 'name',
    module_declaration: 'name',
  },
  binders: { assignment_expression: 'left' },
};
