import type { LanguageId } from '../languages.ts';
import { declares, keeps, rules, type ScopeRules } from './scopeRule.ts';

const ecmaScript = rules(
  {
    names: `identifier shorthand_property_identifier shorthand_property_identifier_pattern`,
    patterns: `
      variable_declarator object_pattern array_pattern pair_pattern assignment_pattern object_assignment_pattern rest_pattern
      required_parameter optional_parameter
    `,
    stops: `= of in => ? type_annotation`,
    scopes: `statement_block for_statement for_in_statement catch_clause switch_body`,
    walls: `program class_body internal_module module`,
    exposing: `accessibility_modifier override_modifier readonly`,
    opaque: `eval with_statement`,
  },
  [
    declares('formal_parameters', 'parameters', 'everywhere'),
    declares('arrow_function', 'own', 'everywhere'),
    declares('lexical_declaration', 'block', 'everywhere'),
    declares('variable_declaration', 'function', 'inBody'),
    declares('for_in_statement', 'own', 'everywhere', { needs: 'const let' }),
    declares('for_in_statement', 'function', 'inBody', { needs: 'var' }),
    declares('catch_clause', 'own', 'everywhere'),
    keeps(`
      function_declaration generator_function_declaration class_declaration class function_expression generator_function
      enum_declaration
    `),
  ],
  {
    elsewhere: { small: 'jsx_opening_element jsx_closing_element jsx_self_closing_element' },
    unsure: {
      any: `
        import_specifier import_clause namespace_import export_specifier import_require_clause internal_module module
        export_statement
      `,
    },
  },
);

const RUBY_METHODS = 'method singleton_method';

const cLike = rules(
  {
    patterns: `
      init_declarator pointer_declarator array_declarator reference_declarator parenthesized_declarator
      structured_binding_declarator parameter_declaration optional_parameter_declaration
    `,
    stops: `= [ initializer_list argument_list :`,
    scopes: `compound_statement for_statement for_range_loop if_statement while_statement switch_statement catch_clause`,
    walls: `translation_unit field_declaration_list declaration_list`,
    links: `function_declarator abstract_function_declarator pointer_declarator reference_declarator`,
    exposing: `storage_class_specifier`,
    opaque: `preproc_def preproc_function_def preproc_call asm_expression gnu_asm_expression field_declaration_list`,
  },
  [
    declares('parameter_list', 'parameters', 'everywhere'),
    declares('declaration', 'block', 'fromName'),
    declares('for_range_loop', 'own', 'inBody'),
  ],
  {
    elsewhere: { any: 'qualified_identifier' },
    unsure: {
      any: 'function_declarator enumerator using_declaration template_function',
      first: 'lambda_capture_initializer',
    },
  },
);

/** By language; none for Bash, whose variables are seen by all that is called. */
export const SCOPE_RULES: Readonly<Partial<Record<LanguageId, ScopeRules>>> = {
  javascript: ecmaScript,
  typescript: ecmaScript,
  tsx: ecmaScript,
  python: rules(
    {
      patterns: `
        pattern_list tuple_pattern list_pattern list_splat_pattern dictionary_splat_pattern default_parameter
        typed_parameter typed_default_parameter tuple list
      `,
      stops: `= : := in`,
      scopes: `list_comprehension set_comprehension dictionary_comprehension generator_expression`,
      walls: `module class_definition`,
      opaque: `eval exec locals vars globals dir`,
    },
    [
      declares('parameters lambda_parameters', 'parameters', 'inBody'),
      declares('assignment named_expression for_statement as_pattern_target', 'function', 'inBody'),
      declares('for_in_clause', 'block', 'notInFirstSource'),
    ],
    {
      elsewhere: { rest: 'attribute dotted_name', first: 'keyword_pattern' },
      keys: { first: 'keyword_argument' },
      unsure: {
        any: `
          global_statement nonlocal_statement import_statement import_from_statement aliased_import function_definition
          class_definition
        `,
        labelled: 'interpolation',
      },
    },
  ),
  go: rules(
    {
      patterns: `expression_list var_spec const_spec var_spec_list parameter_declaration variadic_parameter_declaration`,
      stops: `= := range ...`,
      scopes: `
        block for_statement if_statement expression_switch_statement type_switch_statement expression_case default_case
        type_case communication_case select_statement
      `,
      walls: `source_file`,
    },
    [
      declares('parameter_list', 'parameters', 'everywhere'),
      declares('short_var_declaration var_declaration const_declaration', 'block', 'behind'),
      declares('range_clause receive_statement', 'block', 'behind', { needs: ':=' }),
      declares('type_switch_statement', 'own', 'behindBrace', { needs: ':=' }),
    ],
    { unsure: { any: 'function_declaration', labelling: 'literal_element' } },
  ),
  rust: rules(
    {
      names: `identifier shorthand_field_identifier`,
      patterns: `
        parameter tuple_pattern tuple_struct_pattern struct_pattern field_pattern slice_pattern captured_pattern ref_pattern
        reference_pattern mut_pattern
      `,
      stops: `= : in if`,
      scopes: `block for_expression match_arm if_expression while_expression`,
      walls: `source_file declaration_list`,
      opaque: `stringify dbg function_item`,
    },
    [
      declares('parameters', 'parameters', 'inBody'),
      declares('closure_parameters', 'parameters', 'everywhere'),
      declares('let_declaration', 'block', 'behind'),
      declares('for_expression', 'own', 'inBody'),
      declares('match_pattern', 'block', 'fromName'),
      declares('let_condition', 'block', 'then'),
    ],
    {
      elsewhere: { any: 'scoped_identifier scoped_type_identifier', first: 'macro_invocation', dotted: 'token_tree' },
      unsure: {
        inMacro: 'token_tree',
        any: `
          shorthand_field_initializer shorthand_field_identifier function_item const_item static_item use_declaration
          use_list use_as_clause or_pattern macro_definition token_tree_pattern attribute
        `,
      },
    },
    { capitalsAreConstants: true, readsStrings: true },
  ),
  java: rules(
    {
      patterns: `variable_declarator formal_parameter spread_parameter`,
      stops: `= : -> dimensions`,
      scopes: `
        block for_statement enhanced_for_statement try_with_resources_statement catch_clause switch_block switch_rule
        constructor_body
      `,
      walls: `program class_body interface_body enum_body`,
      opaque: `class_body`,
    },
    [
      declares('formal_parameters inferred_parameters', 'parameters', 'everywhere'),
      declares('lambda_expression', 'own', 'everywhere'),
      declares('local_variable_declaration', 'block', 'fromName'),
      declares('enhanced_for_statement', 'own', 'inBody'),
      declares('resource', 'block', 'then', { needs: '=' }),
      declares('catch_formal_parameter', 'block', 'fromName'),
    ],
    {
      elsewhere: {
        called: 'method_invocation',
        rest: 'field_access method_reference scoped_identifier',
        first: 'labeled_statement element_value_pair',
        any: 'break_statement continue_statement method_declaration constructor_declaration class_declaration annotation',
      },
      unsure: { any: 'instanceof_expression record_pattern_component type_pattern enum_constant' },
    },
  ),
  c: cLike,
  cpp: cLike,
  csharp: rules(
    {
      names: `identifier implicit_parameter`,
      patterns: `variable_declaration variable_declarator parameter tuple_pattern`,
      stops: `= in => bracketed_argument_list`,
      scopes: `block for_statement foreach_statement using_statement catch_clause switch_section fixed_statement`,
      walls: `compilation_unit declaration_list`,
      exposing: `const ref_type`,
      opaque: `nameof`,
    },
    [
      declares('parameter_list', 'parameters', 'everywhere'),
      declares('lambda_expression', 'own', 'everywhere', { needs: 'implicit_parameter' }),
      declares('variable_declaration', 'block', 'fromName'),
      declares('foreach_statement', 'own', 'inBody'),
    ],
    {
      elsewhere: {
        rest: 'member_access_expression',
        first: 'generic_name labeled_statement attribute name_equals',
        any: 'member_binding_expression qualified_name method_declaration goto_statement constructor_declaration',
      },
      keys: { labelled: 'argument' },
      unsure: {
        any: `
          declaration_expression declaration_pattern var_pattern recursive_pattern anonymous_object_creation_expression
          local_function_statement property_declaration from_clause let_clause join_clause join_into_clause query_continuation
          parenthesized_variable_designation catch_declaration with_initializer subpattern
        `,
        first: 'assignment_expression<initializer_expression',
      },
    },
  ),
  ruby: rules(
    {
      names: `identifier hash_key_symbol`,
      patterns: `
        left_assignment_list destructured_left_assignment rest_assignment optional_parameter splat_parameter
        hash_splat_parameter block_parameter destructured_parameter
      `,
      stops: `= in`,
      scopes: `block do_block lambda`,
      walls: `program class module singleton_class`,
      opaque: `binding eval local_variables local_variable_get instance_eval class_eval module_eval`,
    },
    [
      declares('method_parameters block_parameters lambda_parameters', 'parameters', 'fromName', {
        within: RUBY_METHODS,
      }),
      declares('assignment for exception_variable', 'block', 'fromName', { within: RUBY_METHODS }),
    ],
    {
      elsewhere: { called: 'call', valued: 'pair', any: 'method singleton_method' },
      unsure: { first: 'pair keyword_parameter keyword_pattern', any: 'alias undef' },
    },
  ),
  php: rules(
    {
      names: `variable_name`,
      opaque: `
        compact extract eval get_defined_vars parse_str include_expression include_once_expression require_expression
        require_once_expression dynamic_variable_name
      `,
      walls: `program`,
    },
    [declares('variable_name', 'function', 'everywhere', { within: 'function_definition method_declaration' })],
    {
      elsewhere: { any: 'scoped_property_access_expression property_element' },
      keys: { labelled: 'argument' },
      unsure: { any: 'global_declaration property_promotion_parameter' },
    },
  ),
  scala: rules(
    {
      patterns: `
        parameter binding bindings tuple_pattern case_class_pattern typed_pattern capture_pattern
      `,
      stops: `= : => <- guard`,
      scopes: `block indented_block case_clause for_expression`,
      walls: `compilation_unit template_body enum_body`,
      opaque: `template_body`,
    },
    [
      declares('parameters', 'parameters', 'inBody'),
      declares('lambda_expression', 'own', 'everywhere'),
      declares('val_definition var_definition', 'block', 'everywhere'),
      declares('case_clause', 'own', 'fromName'),
      declares('enumerator', 'block', 'behind'),
    ],
    {
      elsewhere: {
        rest: 'field_expression postfix_expression',
        second: 'infix_expression',
        first: 'interpolated_string_expression',
      },
      keys: { first: 'assignment_expression<arguments' },
      unsure: { any: 'function_definition class_parameter import_declaration' },
    },
    { capitalsAreConstants: true },
  ),
};
