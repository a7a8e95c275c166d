import { words } from '../categories/grammarTable.ts';
import { childrenOf, textOf, typeOf, type CodeTree } from './codeTree.ts';

/** A piece of a text that counts character by character. */
export interface RawText {
  readonly word: string;
  readonly start: number;
  readonly end: number;
}

/** Nodes in which white space is part of the value. What stands in them and is none of these is code. */
const LITERALS: ReadonlySet<string> = new Set(
  words(`
    string string_literal interpreted_string_literal raw_string_literal verbatim_string_literal template_string
    encapsed_string interpolated_string interpolated_string_expression bare_string bare_symbol delimited_symbol
    translated_string ansi_c_string raw_string user_defined_literal system_lib_string shell_command_expression subshell
    char_literal character_literal rune_literal regex heredoc heredoc_body nowdoc nowdoc_body jsx_text text
    string_content string_fragment multiline_string_fragment string_literal_content character_literal_content
    interpreted_string_literal_content raw_string_literal_content raw_string_content raw_string_start raw_string_end heredoc_content
    format_specifier interpolation_format_clause regex_pattern preproc_arg
  `),
);

/** The languages in which either quotes mean the same, and what between them would not be the same in both. */
const EITHER_QUOTES: Readonly<Record<string, RegExp>> = {
  javascript: /['"\\]/,
  typescript: /['"\\]/,
  tsx: /['"\\]/,
  python: /['"\\\n]/,
  ruby: /['"\\#]/,
  php: /['"\\${]/,
  bash: /['"\\$`!]/,
};

/** A string in quotes of one character; a prefix as of Python may stand before. */
const QUOTED = /^([A-Za-z]{0,2})(?:'([^']*)'|"([^"]*)")$/;

/** A literal, cut into what counts character by character and the nodes with code in it; null for other nodes. */
export function literalParts(tree: CodeTree, span: number): readonly (RawText | number)[] | null {
  const type = typeOf(tree, span);
  const { starts, ends } = tree.spans;
  const [start, end] = [starts[span] ?? 0, ends[span] ?? 0];
  if (type === 'interpolation' && showsItself(tree, span)) {
    return [{ word: textOf(tree, span), start, end }, ...childrenOf(tree, span)];
  }
  if (!LITERALS.has(type)) return null;
  const parts: (RawText | number)[] = [];
  let covered = start;
  const addRaw = (upTo: number): void => {
    if (upTo > covered) parts.push({ word: tree.text.slice(covered, upTo), start: covered, end: upTo });
  };
  for (const code of codeIn(tree, span)) {
    addRaw(starts[code] ?? 0);
    parts.push(code);
    covered = ends[code] ?? 0;
  }
  if (parts.length > 0) {
    addRaw(end);
    return parts;
  }
  const word = type === 'jsx_text' ? shownText(textOf(tree, span)) : quoted(tree, textOf(tree, span));
  return word === '' ? [] : [{ word, start, end }];
}

/** `{x = }` in a string of Python prints what it reads as it is written. */
function showsItself(tree: CodeTree, span: number): boolean {
  return childrenOf(tree, span).some((child) => typeOf(tree, child) === '=');
}

/** The outermost nodes in a literal that are code. */
function codeIn(tree: CodeTree, span: number): readonly number[] {
  return childrenOf(tree, span).flatMap((child) => {
    if (tree.spans.subtreeEnds[child] === child + 1) return [];
    return LITERALS.has(typeOf(tree, child)) ? codeIn(tree, child) : [child];
  });
}

function quoted({ spans }: CodeTree, text: string): string {
  const unlike = EITHER_QUOTES[spans.language];
  const [, prefix = '', single, double] = QUOTED.exec(text) ?? [];
  const content = single ?? double;
  return unlike === undefined || content === undefined || unlike.test(content) ? text : `${prefix}"${content}"`;
}

/** What is shown of text between tags: lines without their indentation, and no blank ones. */
function shownText(text: string): string {
  const lines = text.split(/\r?\n/);
  const shown = lines.map((line, at) => {
    const withStart = at === 0 ? line : line.trimStart();
    return at === lines.length - 1 ? withStart : withStart.trimEnd();
  });
  return shown.filter((line) => line !== '').join(' ');
}
