import { words, type GrammarTable } from './grammarTable.ts';

/** Bash and its relatives. */
export const bash: GrammarTable = {
  categories: {
    decisions: words(`
      case_item case_statement elif_clause else_clause if_statement ternary_expression test_command ;& ;; ;;& [ [[ ]
      ]] case elif else esac fi if then
    `),
    iteration: words(`
      c_style_for_statement do_group for_statement while_statement do done for in select until while
    `),
    functions: words(`function_definition function`),
    calls: words(`command command_substitution process_substitution $( <( >( \``),
    operators: words(`
      arithmetic_expansion binary_expression file_redirect list negated_command pipeline postfix_expression
      redirected_statement unary_expression variable_assignment variable_assignments file_descriptor test_operator !
      != $(( % %= & && &= &> &>> (( )) * ** **= *= + ++ += - -- -= -a -o .. / // /= := < <& <&- <<= <= = == =~ > >&
      >&- >= >> >>= >| ^ ^= | |& |= || ~
    `),
    literals: words(`
      concatenation heredoc_body heredoc_redirect herestring_redirect number string translated_string ansi_c_string
      extglob_pattern heredoc_content heredoc_end heredoc_start raw_string regex string_content " $\` << <<- <<< \`\`
    `),
    identifiers: words(`\${ command_name expansion simple_expansion word special_variable_name variable_name`),
    'data structures': words(`array brace_expression subscript`),
    scope: words(`
      compound_statement declaration_command program subshell unset_command declare export local readonly typeset
      unset unsetenv
    `),
  },
  functions: words(`function_definition`),
  comments: words(`comment`),
  bodies: words(`compound_statement`),
  names: { function_definition: 'name', variable_assignment: 'name' },
};
