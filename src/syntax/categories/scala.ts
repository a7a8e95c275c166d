import { words, type GrammarTable } from './grammarTable.ts';

/** Scala 2 and 3. */
export const scala: GrammarTable = {
  categories: {
    decisions: words(`
      case_block case_clause given_conditional guard if_expression indented_cases match_expression case else if match
      then
    `),
    iteration: words(`
      do_while_expression enumerator enumerators for_expression while_expression <- do for while yield
    `),
    exceptions: words(`catch_clause finally_clause throw_expression try_expression catch finally throw try`),
    functions: words(`
      binding bindings class_parameter class_parameters extension_definition function_declaration function_definition
      given_definition lambda_expression macro_body parameter parameters return_expression => ?=> def extension given
      macro return using
    `),
    calls: words(`annotation arguments call_expression colon_argument instance_expression new`),
    operators: words(`
      ascription_expression assignment_expression infix_expression infix_modifier postfix_expression prefix_expression
      quote_expression splice_expression operator_identifier ! * + - = > as | ~
    `),
    literals: words(`
      boolean_literal interpolated_string interpolated_string_expression interpolation string unit character_literal
      escape_sequence floating_point_literal integer_literal null_literal " """ ' false true
    `),
    identifiers: words(`field_expression identifier identifiers stable_identifier wildcard _ this`),
    types: words(`
      contravariant_type_parameter covariant_type_parameter lazy_parameter_type repeated_parameter_type annotated_type
      class_definition compound_type context_bound derives_clause enum_body enum_case_definitions enum_definition
      extends_clause full_enum_case function_type generic_function generic_type infix_type literal_type lower_bound
      match_type name_and_type named_tuple_type object_definition parameter_types projected_type refinement self_type
      simple_enum_case singleton_type stable_type_identifier structural_type template_body trait_definition tuple_type
      type_arguments type_case_clause type_definition type_lambda type_parameters upper_bound view_bound
      with_template_body <% <: =>> >: class derives enum extends object trait type with type_identifier
    `),
    'data structures': words(`
      typed_pattern alternative_pattern capture_pattern case_class_pattern given_pattern infix_pattern named_pattern
      named_tuple_pattern repeat_pattern tuple_expression tuple_pattern
    `),
    scope: words(`
      access_modifier access_qualifier block compilation_unit indented_block inline_modifier modifiers opaque_modifier
      open_modifier package_object transparent_modifier val_declaration val_definition var_declaration var_definition
      abstract end final implicit infix inline lazy opaque open override private protected sealed transparent val var
    `),
    imports: words(`
      arrow_renamed_identifier as_renamed_identifier export_declaration import_declaration namespace_selectors
      namespace_wildcard package_clause package_identifier using_directive using_directive_key using_directive_value
      export import package
    `),
  },
  functions: words(`function_definition lambda_expression`),
  comments: words(`comment block_comment`),
  containers: words(`
    class_definition object_definition trait_definition enum_definition package_object extension_definition
    given_definition package_clause
  `),
  bodies: words(`template_body enum_body with_template_body block indented_block`),
  names: {
    function_definition: 'name',
    function_declaration: 'name',
    class_definition: 'name',
    object_definition: 'name',
    trait_definition: 'name',
    enum_definition: 'name',
    simple_enum_case: 'name',
    full_enum_case: 'name',
    type_definition: 'name',
    given_definition: 'name',
    val_definition: 'pattern',
    var_definition: 'pattern',
    val_declaration: 'name',
    var_declaration: 'name',
    package_object: 'name',
  },
  binders: { assignment_expression: 'left' },
};
