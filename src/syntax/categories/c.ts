import { extendTable, words, type GrammarTable } from './grammarTable.ts';

/**
 * What C and C++ have in common. Preprocessor conditionals hold declarations, as an include guard holds a whole file.
 */
export const cFamily: GrammarTable = {
  categories: {
    decisions: words(`
      case_statement conditional_expression else_clause generic_expression if_statement preproc_defined preproc_elif
      preproc_elifdef preproc_else preproc_if preproc_ifdef switch_statement #elif #elifdef #elifndef #else #endif #if
      #ifdef #ifndef _Generic case default defined else if switch ?
    `),
    iteration: words(`
      break_statement continue_statement do_statement for_statement goto_statement labeled_statement while_statement
      statement_identifier break continue do for goto while
    `),
    exceptions: words(`
      seh_except_clause seh_finally_clause seh_leave_statement seh_try_statement __except __finally __leave __try
    `),
    functions: words(`
      function_declarator function_definition parameter_declaration parameter_list preproc_function_def preproc_params
      return_statement _Noreturn __forceinline __inline __inline__ constexpr inline noreturn return
    `),
    calls: words(`
      argument_list attribute attribute_declaration attribute_specifier attributed_declarator attributed_statement
      call_expression gnu_asm_clobber_list gnu_asm_expression gnu_asm_goto_list gnu_asm_input_operand
      gnu_asm_input_operand_list gnu_asm_output_operand gnu_asm_output_operand_list gnu_asm_qualifier __asm __asm__
      asm __attribute __attribute__
    `),
    operators: words(`
      alignof_expression assignment_expression binary_expression cast_expression comma_expression extension_expression
      offsetof_expression pointer_expression sizeof_expression unary_expression update_expression ! != % %= & && &= *
      *= + ++ += - -- -= / /= < << <<= <= = == > >= >> >>= ^ ^= _Alignof __alignof __alignof__ _alignof alignof
      offsetof sizeof | |= || ~
    `),
    literals: words(`
      char_literal concatenated_string null string_literal character escape_sequence false number_literal
      string_content system_lib_string true " ' L" L' NULL U" U' nullptr u" u' u8" u8'
    `),
    identifiers: words(`field_expression field_identifier identifier`),
    types: words(`
      abstract_array_declarator abstract_function_declarator abstract_parenthesized_declarator
      abstract_pointer_declarator array_declarator bitfield_clause enum_specifier enumerator enumerator_list
      field_declaration field_declaration_list pointer_declarator sized_type_specifier
      struct_specifier type_definition type_descriptor union_specifier primitive_type type_identifier _Atomic auto
      enum long short signed struct typedef union unsigned
    `),
    'data structures': words(`
      compound_literal_expression field_designator initializer_list initializer_pair subscript_designator
      subscript_expression subscript_range_designator
    `),
    scope: words(`
      static ms_call_modifier preproc_call storage_class_specifier alignas_qualifier compound_statement declaration
      declaration_list init_declarator linkage_specification ms_based_modifier ms_declspec_modifier
      ms_pointer_modifier ms_unaligned_ptr_modifier preproc_def translation_unit type_qualifier ms_restrict_modifier
      ms_signed_ptr_modifier ms_unsigned_ptr_modifier preproc_arg preproc_directive #define _Alignas __thread alignas
      const extern register restrict thread_local volatile __declspec __extension__ __based __cdecl __clrcall
      __stdcall __fastcall __thiscall __vectorcall _unaligned __unaligned __restrict__ _Nonnull __volatile__
    `),
    imports: words(`preproc_include #include`),
  },
  functions: words(`function_definition`),
  comments: words(`comment`),
  containers: words(`linkage_specification preproc_if preproc_ifdef preproc_else preproc_elif preproc_elifdef`),
  bodies: words(`declaration_list compound_statement`),
  names: {
    function_definition: 'declarator',
    declaration: 'declarator',
    field_declaration: 'declarator',
    type_definition: 'declarator',
    struct_specifier: 'name',
    union_specifier: 'name',
    enum_specifier: 'name',
    enumerator: 'name',
    preproc_def: 'name',
    preproc_function_def: 'name',
  },
  links: {
    function_declarator: 'declarator',
    pointer_declarator: 'declarator',
    array_declarator: 'declarator',
    init_declarator: 'declarator',
    parenthesized_declarator: null,
    attributed_declarator: null,
  },
};

/** C. */
export const c: GrammarTable = extendTable(cFamily, {
  categories: { functions: ['variadic_parameter'], types: ['macro_type_specifier'] },
});
