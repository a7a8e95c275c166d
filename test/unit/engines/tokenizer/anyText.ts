import fc from 'fast-check';

const ASCII = 'a|Z|_| |\t|\n|\r|$|#|(|)|{|}|[|]|"|\'|`|.|,|;|:|+|-|*|/|=|<|>|&|!|?|@|%|^|~|\\|0|7|9';
const WORDS = 'return|function|    |\r\n| ===| =>|"""|----------|/**';
const OTHER_SCRIPTS = 'é|ß|漢|字|か|가|—|“|½|①|\u3000|\u0085|\u2028|\ufeff';
const BEYOND_16_BITS = '😀|👩‍💻|𝒙|𠮷|\ud83d|\ude00|\udfff|\ud800|\ufffd|\0';

/** Texts of what code and its comments hold, and of what breaks tokenizers. */
export const anyText = fc.string({
  unit: fc.oneof(
    { weight: 4, arbitrary: oneOf(ASCII) },
    { weight: 2, arbitrary: oneOf(WORDS) },
    { weight: 1, arbitrary: oneOf(OTHER_SCRIPTS) },
    { weight: 1, arbitrary: oneOf(BEYOND_16_BITS) },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 3 }) },
  ),
  maxLength: 40,
});

/** Characters above the first plane but for a few that are old: many there are younger than llama.cpp's table of characters. */
const YOUNG_CHARACTER = /(?![😀👩💻𝒙𠮷])[\u{10000}-\u{10ffff}]/u;

/** Such texts without lone surrogates, which never reach llama.cpp, and without characters that its table may lack. */
export const anyOldText = anyText.filter(
  (text) => !/[\p{Unassigned}\p{Surrogate}]/u.test(text) && !YOUNG_CHARACTER.test(text),
);

function oneOf(choices: string): fc.Arbitrary<string> {
  return fc.constantFrom('|', ...choices.split('|'));
}
