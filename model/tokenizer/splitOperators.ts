/**
 * Operators that may become one token: those that are one leaf of a syntax tree in some language. Brackets, commas,
 * semicolons and quotes are in none but the triple quotes. Pre-tokenisation parts punctuation from symbols, so that the
 * mixed ones here (`->`, `!=`, `:=`) never come whole; they stay listed for their parts.
 */
const OPERATORS: ReadonlySet<string> = new Set(
  `== != === !== <= >= => -> <- := :: ... .. ..= .. ?. ?? ?-> && || ++ -- ** // /* */ /** /// //! //= << >> >>> <<= >>=
   >>>= += -= *= /= %= &= |= ^= ~= **= ??= &&= ||= <=> =~ !~ &^ &^= |> ->* <!-- --> </ /> <? ?> __ \\\\ ## #! %% $$ @@
   """ ''' \`\` \`\`\``.split(/\s+/),
);

const LONGEST_OPERATOR = Math.max(...Array.from(OPERATORS, (operator) => operator.length));

/** Runs of one character that people draw lines with, in comments and markup. */
const RULER = /^(?:-{4,}|={4,}|#{4,}|\*{4,}|\/{4,}|~{4,}|_{4,}|\.{4,})/;

const WORD = /^\p{White_Space}?\p{L}+$/u;
const IDEOGRAPHS = /^[\u0800-\u9fa5\uac00-\ud7ff]+$/u;
const WHITE_SPACE = /^\p{White_Space}+/u;

/**
 * Cuts a piece of the pre-tokenizer further, for training alone: runs of punctuation and symbols into operators, by
 * longest match, each with at most one leading white space. No merge is then learned that joins two of them, and the
 * tokenizer, which knows no such merge, keeps them apart although it sees the uncut piece.
 */
export function splitOperators(piece: string): string[] {
  if (WORD.test(piece) || IDEOGRAPHS.test(piece)) return [piece];
  const parts: string[] = [];
  let rest = piece;
  let lead = '';
  while (rest !== '') {
    const blank = WHITE_SPACE.exec(rest)?.[0];
    if (blank !== undefined) {
      rest = rest.slice(blank.length);
      lead = rest === '' ? '' : blank.slice(-1);
      const before = rest === '' ? blank : blank.slice(0, -1);
      if (before !== '') parts.push(before);
      continue;
    }
    const operator = operatorAt(rest);
    parts.push(lead + operator);
    lead = '';
    rest = rest.slice(operator.length);
  }
  return parts;
}

/** The operator a text begins with, or its first character. */
function operatorAt(text: string): string {
  const line = RULER.exec(text)?.[0];
  if (line !== undefined) return line;
  for (let length = LONGEST_OPERATOR; length > 1; length--) {
    if (length <= text.length && OPERATORS.has(text.slice(0, length))) return text.slice(0, length);
  }
  return String.fromCodePoint(text.codePointAt(0) ?? 0);
}

/** Whether a token of punctuation and symbols alone holds more than one operator, a part of one counting as one. */
export function joinsOperators(token: string): boolean {
  const text = token.replace(/^\s/, '');
  if (!/^[!-/:-@[-`{-~]{2,}$/.test(text)) return false;
  if (/^(.)\1*$/.test(text) && '-=#*/~_.'.includes(text.charAt(0))) return false;
  return !Array.from(OPERATORS).some((operator) => operator.includes(text));
}
