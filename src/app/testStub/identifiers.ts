/** Signs, and how they are said in a name. */
const SIGNS: Readonly<Record<string, string>> = {
  '<': 'below',
  '<=': 'at most',
  '>': 'above',
  '>=': 'at least',
  '==': 'equal',
  '===': 'equal',
  '!=': 'not equal',
  '!==': 'not equal',
  '&&': 'and',
  '||': 'or',
  '??': 'or else',
  '!': 'not',
  '+': 'plus',
  '-': 'minus',
  '*': 'times',
  '/': 'over',
  '%': 'modulo',
  '++': 'one more',
  '--': 'one less',
  '+=': 'add',
  '-=': 'take away',
  '=': 'set',
  '&': 'bit and',
  '|': 'bit or',
  '^': 'bit xor',
  '<<': 'shift left',
  '>>': 'shift right',
};

/** A name gets no longer by more words. */
const MOST_WORDS = 6;

/** Code in words of which a name can be made, in lower case: `i <= count` is `i`, `at`, `most`, `count`. */
export function wordsOf(code: string): readonly string[] {
  const parts = code.match(/[A-Za-z0-9]+|[^\sA-Za-z0-9_()[\]{},;.:'"`]+/g) ?? [];
  return parts
    .flatMap((part) => (/^[A-Za-z0-9]/.test(part) ? splitCamel(part) : (SIGNS[part] ?? '').split(' ')))
    .filter((word) => word !== '')
    .slice(0, MOST_WORDS);
}

function splitCamel(word: string): readonly string[] {
  return word
    .replaceAll(/(?<=[a-z\d])(?=[A-Z])/g, ' ')
    .toLowerCase()
    .split(' ');
}

export function capitalised(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}

export function uncapitalised(word: string): string {
  return word.slice(0, 1).toLowerCase() + word.slice(1);
}

export function camelCase(words: readonly string[]): string {
  return words.map((word, index) => (index === 0 ? uncapitalised(word) : capitalised(word))).join('');
}

export function snakeCase(words: readonly string[]): string {
  return words.join('_');
}

/** A name that a text does not have yet: itself, or with the first number behind it that makes it new. */
export function newName(name: string, text: string): string {
  const isTaken = (candidate: string): boolean => new RegExp(`(?<![\\w$])${candidate}(?![\\w$])`).test(text);
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name}${number}`;
    if (!isTaken(candidate)) return candidate;
  }
}
