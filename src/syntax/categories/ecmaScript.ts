import { words, type GrammarTable } from './grammarTable.ts';

/** What the grammars of JavaScript and TypeScript have in common. */
export const ecmaScript: GrammarTable = {
  categories: {
    decisions: words(`
      else_clause if_statement switch_body switch_case switch_default switch_statement ternary_expression ? case
      default else if switch
    `),
    iteration: words(`
      break_statement continue_statement do_statement for_in_statement for_statement labeled_statement while_statement
      yield_expression statement_identifier break continue do for in of while yield
    `),
    exceptions: words(`catch_clause finally_clause throw_statement try_statement catch finally throw try`),
    functions: words(`
      arrow_function await_expression formal_parameters function_declaration function_expression generator_function
      generator_function_declaration method_definition return_statement => async await function get return set
    `),
    calls: words(`arguments call_expression decorator new_expression @ new`),
    operators: words(`
      assignment_expression assignment_pattern augmented_assignment_expression binary_expression sequence_expression
      unary_expression update_expression optional_chain ! != !== % %= & && &&= &= * ** **= *= + ++ += - -- -= / /= <
      << <<= <= = == === > >= >> >>= >>> >>>= ?? ??= ^ ^= as delete instanceof typeof void | |= || ||= ~
    `),
    literals: words(`
      regex string template_string template_substitution escape_sequence false null number regex_flags regex_pattern
      string_fragment true undefined " \${ ' \`
    `),
    identifiers: words(`
      computed_property_name member_expression meta_property identifier private_property_identifier
      property_identifier shorthand_property_identifier shorthand_property_identifier_pattern super this meta target
    `),
    types: words(`class class_body class_declaration class_heritage extends`),
    'data structures': words(`
      array array_pattern object object_assignment_pattern object_pattern pair pair_pattern rest_pattern
      spread_element subscript_expression ...
    `),
    scope: words(`
      class_static_block debugger_statement empty_statement lexical_declaration program statement_block
      variable_declaration variable_declarator with_statement const let static var with debugger
    `),
    imports: words(`
      export_clause export_specifier export_statement import import_attribute import_clause import_specifier
      import_statement named_imports namespace_export namespace_import export from
    `),
  },
  functions: words(`
    function_declaration function_expression generator_function generator_function_declaration arrow_function
    method_definition
  `),
  comments: words(`comment html_comment`),
  containers: words(`class_declaration class`),
  bodies: words(`class_body statement_block`),
  wrappers: words(`
    export_statement lexical_declaration variable_declaration variable_declarator expression_statement
    assignment_expression
  `),
  names: {
    function_declaration: 'name',
    function_expression: 'name',
    generator_function: 'name',
    generator_function_declaration: 'name',
    method_definition: 'name',
    class_declaration: 'name',
    class: 'name',
    variable_declarator: 'name',
  },
  binders: { pair: 'key', assignment_expression: 'left' },
};

/** What a grammar gains with JSX; text between tags is a literal. */
export const jsx: Partial<GrammarTable> = {
  categories: {
    literals: words(`html_character_reference jsx_text`),
    identifiers: words(`jsx_namespace_name`),
    'data structures': words(`
      jsx_attribute jsx_closing_element jsx_element jsx_expression jsx_opening_element jsx_self_closing_element
    `),
  },
};
