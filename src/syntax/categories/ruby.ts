import { words, type GrammarTable } from './grammarTable.ts';

/** Ruby. Blocks are closures, so they count as functions. */
export const ruby: GrammarTable = {
  categories: {
    decisions: words(`
      case case_match conditional else elsif if if_guard if_modifier in_clause match_pattern test_pattern then unless
      unless_guard unless_modifier when ?
    `),
    iteration: words(`break do for in next redo until until_modifier while while_modifier`),
    exceptions: words(`begin ensure exception_variable exceptions rescue rescue_modifier retry`),
    functions: words(`
      block block_body block_parameter block_parameters destructured_parameter do_block forward_parameter
      hash_splat_nil hash_splat_parameter keyword_parameter lambda lambda_parameters method method_parameters
      optional_parameter return singleton_method splat_parameter -> def
    `),
    calls: words(`
      argument_list block_argument call forward_argument hash_splat_argument splat_argument subshell yield
    `),
    operators: words(`
      assignment binary operator operator_assignment unary ! != !~ % %= & && &&= &= * ** **= *= + += +@ - -= -@ .. /
      /= < << <<= <= <=> = == === =~ > >= >> >>= [] []= ^ ^= and defined? not or | |= || ||= ~ ~@
    `),
    literals: words(`
      bare_string bare_symbol chained_string complex delimited_symbol hash_key_symbol heredoc_body interpolation nil
      rational regex string character encoding escape_sequence false file float heredoc_beginning heredoc_content
      heredoc_end integer line simple_symbol string_content true uninterpreted " #{ \`
    `),
    identifiers: words(`
      constant identifier scope_resolution setter instance_variable self super class_variable global_variable
    `),
    types: words(`class singleton_class superclass`),
    'data structures': words(`
      alternative_pattern array array_pattern as_pattern destructured_left_assignment element_reference
      expression_reference_pattern find_pattern hash hash_pattern keyword_pattern left_assignment_list pair
      parenthesized_pattern pattern range rest_assignment right_assignment_list string_array symbol_array
      variable_reference_pattern %i( %w(
    `),
    scope: words(`
      alias begin_block body_statement empty_statement end_block module program undef BEGIN END end
    `),
  },
  functions: words(`method singleton_method lambda block do_block`),
  comments: words(`comment`),
  containers: words(`class module singleton_class`),
  bodies: words(`body_statement block_body`),
  names: { method: 'name', singleton_method: 'name', class: 'name', module: 'name', alias: 'name' },
  binders: { assignment: 'left', pair: 'key' },
};
