import { ecmaScript } from './ecmaScript.ts';
import { extendTable, words, type GrammarTable } from './grammarTable.ts';

/** What TypeScript has with JSX and without. */
export const typeScriptFamily: GrammarTable = extendTable(ecmaScript, {
  categories: {
    functions: words(`
      abstract_method_signature call_signature construct_signature function_signature method_signature
      optional_parameter required_parameter
    `),
    operators: words(`as_expression non_null_expression satisfies_expression ?. ?: keyof satisfies`),
    identifiers: words(`nested_identifier`),
    types: [
      ...words(`
      omitting_type_annotation opting_type_annotation abstract_class_declaration adding_type_annotation array_type
      asserts asserts_annotation conditional_type constraint constructor_type default_type enum_assignment enum_body
      enum_declaration existential_type extends_clause extends_type_clause flow_maybe_type function_type generic_type
      implements_clause index_signature index_type_query infer_type instantiation_expression interface_body
      interface_declaration intersection_type literal_type lookup_type mapped_type_clause nested_type_identifier
      object_type optional_type parenthesized_type predefined_type property_signature readonly_type rest_type
      template_literal_type template_type tuple_type type_alias_declaration type_annotation type_arguments
      type_parameter type_parameters type_predicate type_predicate_annotation type_query union_type this_type
      type_identifier any boolean enum implements infer interface is never symbol type unknown
    `),
      'unique symbol',
    ],
    scope: words(`
      accessibility_modifier ambient_declaration internal_module module override_modifier public_field_definition
      abstract accessor declare global namespace override private protected public readonly using
    `),
    imports: words(`import_alias import_require_clause assert require`),
  },
  containers: words(`abstract_class_declaration internal_module module`),
  wrappers: words(`public_field_definition`),
  prefixes: words(`decorator`),
  names: {
    abstract_class_declaration: 'name',
    interface_declaration: 'name',
    enum_declaration: 'name',
    enum_assignment: 'name',
    type_alias_declaration: 'name',
    internal_module: 'name',
    module: 'name',
    function_signature: 'name',
    method_signature: 'name',
    abstract_method_signature: 'name',
    property_signature: 'name',
    public_field_definition: 'name',
  },
});

/** TypeScript. */
export const typescript: GrammarTable = extendTable(typeScriptFamily, {
  categories: { operators: ['type_assertion'] },
});
