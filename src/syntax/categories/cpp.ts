import { cFamily } from './c.ts';
import { extendTable, words, type GrammarTable } from './grammarTable.ts';

/** C++. */
export const cpp: GrammarTable = extendTable(cFamily, {
  categories: {
    decisions: words(`condition_clause`),
    iteration: words(`co_yield_statement for_range_loop co_yield`),
    exceptions: words(`
      catch_clause static_assert_declaration throw_specifier throw_statement try_statement catch static_assert throw
      try
    `),
    functions: words(`
      co_await_expression co_return_statement default_method_clause delete_method_clause field_initializer
      field_initializer_list lambda_capture_initializer lambda_capture_specifier lambda_default_capture
      lambda_expression noexcept operator_cast optional_parameter_declaration parameter_pack_expansion
      pure_virtual_clause trailing_return_type variadic_declarator variadic_parameter_declaration co_await co_return
      consteval
    `),
    calls: words(`delete_expression new_declarator new_expression subscript_argument_list delete new`),
    operators: words(`
      fold_expression ->* .* <=> [] and and_eq bitand bitor compl not not_eq operator or or_eq xor xor_eq
    `),
    literals: words(`
      raw_string_literal user_defined_literal literal_suffix raw_string_content raw_string_delimiter "" LR" R" UR"
      u8R" uR"
    `),
    identifiers: words(`
      dependent_name destructor_name operator_name qualified_identifier namespace_identifier this
      nested_namespace_specifier
    `),
    types: words(`
      abstract_reference_declarator alias_declaration base_class_clause class_specifier compound_requirement
      concept_definition constraint_conjunction constraint_disjunction decltype dependent_type friend_declaration
      optional_type_parameter_declaration placeholder_type_specifier pointer_type_declarator reference_declarator
      requirement_seq requires_clause requires_expression simple_requirement template_argument_list
      template_declaration template_function template_instantiation template_method template_parameter_list
      template_template_parameter_declaration template_type type_parameter_declaration type_requirement
      variadic_type_parameter_declaration class concept requires template typename
    `),
    'data structures': words(`structured_binding_declarator`),
    scope: words(`
      access_specifier explicit_function_specifier init_statement namespace_alias_definition namespace_definition
      ref_qualifier virtual_specifier constinit explicit final friend mutable namespace override private protected
      public virtual
    `),
    imports: words(`using_declaration using`),
  },
  functions: words(`lambda_expression`),
  containers: words(`class_specifier struct_specifier union_specifier namespace_definition`),
  bodies: words(`field_declaration_list`),
  wrappers: words(`template_declaration`),
  names: {
    class_specifier: 'name',
    namespace_definition: 'name',
    alias_declaration: 'name',
    concept_definition: 'name',
  },
  binders: { assignment_expression: 'left' },
  links: { reference_declarator: null },
});
