import { words, type GrammarTable } from './grammarTable.ts';

/** Rust. What stands in a macro call is a tree of tokens: it counts as a part of the call. */
export const rust: GrammarTable = {
  categories: {
    decisions: words(`
      else_clause if_expression let_chain let_condition match_arm match_block match_expression match_pattern => else
      if match
    `),
    iteration: words(`
      break_expression continue_expression for_expression label loop_expression while_expression yield_expression
      break continue for in loop while yield
    `),
    exceptions: words(`try_block try_expression ? try`),
    functions: words(`
      async_block await_expression closure_expression closure_parameters function_item function_modifiers
      function_signature_item gen_block macro_definition macro_rule parameter parameters return_expression
      self_parameter variadic_parameter -> async await fn gen macro_rules! move return
    `),
    calls: words(`
      arguments attribute attribute_item call_expression inner_attribute_item macro_invocation token_repetition
      token_repetition_pattern token_tree token_tree_pattern
    `),
    operators: words(`
      assignment_expression binary_expression compound_assignment_expr reference_expression type_cast_expression
      unary_expression ! != % %= & && &= * *= + += - -= .. ..= / /= < << <<= <= = == > >= >> >>= ^ ^= as | |= ||
    `),
    literals: words(`
      boolean_literal negative_literal raw_string_literal string_literal unit_expression char_literal escape_sequence
      float_literal integer_literal string_content " ' false true
    `),
    identifiers: words(`
      field_expression scoped_identifier crate field_identifier identifier metavariable self
      shorthand_field_identifier super _
    `),
    types: words(`
      for_lifetimes const_parameter lifetime_parameter abstract_type array_type associated_type bounded_type
      bracketed_type dynamic_type enum_item enum_variant enum_variant_list field_declaration field_declaration_list
      fragment_specifier function_type generic_function generic_type generic_type_with_turbofish
      higher_ranked_trait_bound impl_item lifetime never_type ordered_field_declaration_list pointer_type
      qualified_type reference_type removed_trait_bound scoped_type_identifier struct_item trait_bounds trait_item
      tuple_type type_arguments type_binding type_item type_parameter type_parameters union_item unit_type
      where_clause where_predicate primitive_type type_identifier dyn enum expr expr_2021 ident impl item literal meta
      pat pat_param path stmt struct trait tt ty type union vis where
    `),
    'data structures': words(`
      tuple_struct_pattern array_expression base_field_initializer captured_pattern field_initializer
      field_initializer_list field_pattern generic_pattern index_expression mut_pattern or_pattern range_expression
      range_pattern ref_pattern reference_pattern remaining_field_pattern shorthand_field_initializer slice_pattern
      struct_expression struct_pattern token_binding_pattern tuple_expression tuple_pattern
    `),
    scope: words(`
      block const_block const_item declaration_list empty_statement extern_modifier foreign_mod_item let_declaration
      mod_item source_file static_item unsafe_block visibility_modifier mutable_specifier const default extern let pub
      raw ref static unsafe mod
    `),
    imports: words(`
      extern_crate_declaration scoped_use_list use_as_clause use_bounds use_declaration use_list use_wildcard use
    `),
  },
  functions: words(`function_item closure_expression`),
  comments: words(`line_comment block_comment`),
  containers: words(`impl_item trait_item mod_item foreign_mod_item`),
  bodies: words(`declaration_list block`),
  wrappers: words(`expression_statement`),
  prefixes: words(`attribute_item`),
  names: {
    function_item: 'name',
    function_signature_item: 'name',
    struct_item: 'name',
    enum_item: 'name',
    enum_variant: 'name',
    union_item: 'name',
    trait_item: 'name',
    impl_item: 'type',
    mod_item: 'name',
    const_item: 'name',
    static_item: 'name',
    type_item: 'name',
    associated_type: 'name',
    macro_definition: 'name',
    field_declaration: 'name',
    let_declaration: 'pattern',
  },
  binders: { field_initializer: 'field' },
};
