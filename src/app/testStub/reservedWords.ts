import type { LanguageId } from '../../syntax/languages.ts';

const C_LIKE = `
  auto bool break byte case catch char class const continue default delete do double else enum export extern false finally float for
  friend goto if import inline int interface internal is long namespace new null object operator out override package private protected
  public ref return short sizeof static string struct super switch template this throw true try type typedef typename union using
  var virtual void volatile while
`;

/**
 * Words that no variable of a language can be called: a type `Range` is nobody's `range` in Go. Only such as could be the name of a type in
 * lower case; the names of parameters are from the language itself.
 */
const RESERVED: Readonly<Record<LanguageId, string>> = {
  typescript: C_LIKE,
  tsx: C_LIKE,
  javascript: C_LIKE,
  python:
    'and as assert break class continue def del except finally for from global if import in is lambda match nonlocal not or pass raise return try type while with yield',
  go: 'break case chan const continue default defer else error fallthrough for func go goto if import interface map package range return select string struct switch type var',
  rust: 'as async await box break const continue crate dyn else enum extern fn for if impl in let loop match mod move mut pub ref return self static struct super trait try type union unsafe use where while yield',
  java: C_LIKE,
  c: C_LIKE,
  cpp: C_LIKE,
  csharp: `${C_LIKE} abstract as base checked decimal delegate event explicit fixed foreach implicit in lock params readonly sealed stackalloc`,
  ruby: 'alias begin break case class def do else end ensure for if in module next not or redo rescue retry return self super then undef unless until when while yield',
  php: 'this',
  bash: '',
  scala:
    'abstract case catch class def do else enum extends final finally for given if implicit import lazy match new null object override package private protected return sealed super then this throw trait try type val var while with yield',
};

/** The words that are reserved in a language, as far as a type's name could become one of them. */
export function reservedWords(language: LanguageId): readonly string[] {
  return RESERVED[language].split(/\s+/).filter((word) => word !== '');
}
