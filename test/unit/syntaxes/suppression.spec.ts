import { describe, expect, it } from 'vitest';
import textmate, { type IRawGrammar } from 'vscode-textmate';
import { commentSign } from '../../../src/syntax/commentSign.ts';
import { LANGUAGE_IDS, type LanguageId } from '../../../src/syntax/languages.ts';
import { suppressionWordsIn } from '../../../src/syntax/suppressionComment.ts';
import { grammarNamed, tokenise, withScope, type Piece } from './tokenise.ts';

/** How a grammar of an editor takes comments: between two marks, so that others may reach in, or in one piece. */
interface Host {
  readonly scopeName: string;
  readonly takes: 'between' | 'one-piece';
  readonly block?: readonly [string, string];
}

const C_LIKE = { takes: 'between', block: ['/\\*', '\\*/'] } as const;

/** The grammars of the editor, by language: one that colours each of them begins with this scope. */
const HOSTS: Readonly<Record<LanguageId, readonly Host[]>> = {
  typescript: [{ scopeName: 'source.ts', ...C_LIKE }],
  tsx: [{ scopeName: 'source.tsx', ...C_LIKE }],
  javascript: [
    { scopeName: 'source.js', ...C_LIKE },
    { scopeName: 'source.js.jsx', ...C_LIKE },
  ],
  python: [{ scopeName: 'source.python', takes: 'between' }],
  go: [{ scopeName: 'source.go', ...C_LIKE }],
  rust: [{ scopeName: 'source.rust', ...C_LIKE, takes: 'one-piece' }],
  java: [{ scopeName: 'source.java', ...C_LIKE }],
  c: [{ scopeName: 'source.c', ...C_LIKE }],
  cpp: [{ scopeName: 'source.cpp', ...C_LIKE }],
  csharp: [{ scopeName: 'source.cs', ...C_LIKE, takes: 'one-piece' }],
  ruby: [{ scopeName: 'source.ruby', takes: 'between', block: ['^=begin', '^=end'] }],
  php: [
    { scopeName: 'text.html.php', ...C_LIKE },
    { scopeName: 'source.php', ...C_LIKE },
  ],
  bash: [{ scopeName: 'source.shell', takes: 'one-piece' }],
  scala: [{ scopeName: 'source.scala', ...C_LIKE }],
};

const suppression = grammarNamed('suppression');

/** A grammar of an editor, as far as comments and strings go. */
function host({ scopeName, takes, block }: Host, sign: string): IRawGrammar {
  const comment = { name: `comment.line.${scopeName}` };
  const patterns: IRawGrammar['patterns'] = [{ name: `string.quoted.${scopeName}`, begin: '"', end: '"' }];
  if (block !== undefined) patterns.push({ name: `comment.block.${scopeName}`, begin: block[0], end: block[1] });
  // That of PHP lets a comment end with a tag, and that of shells takes the blanks before one.
  if (takes === 'one-piece') patterns.push({ match: `(?:^|[ \\t]++|(?=/))(${sign}.*)`, captures: { 1: comment } });
  else patterns.push({ ...comment, begin: sign, end: scopeName.endsWith('php') ? '(?=\\?>)|$' : '$' });
  return textmate.parseRawGrammar(JSON.stringify({ scopeName, patterns }), `${scopeName}.json`);
}

/** What Candor colours in each line, and whether all of that lies in a comment. */
async function coloured(lines: readonly string[], one: Host, sign: string): Promise<readonly object[]> {
  const found = await tokenise(lines, host(one, sign), [suppression]);
  return found.map(coloursOf);
}

function coloursOf(pieces: readonly Piece[]): object {
  const ours = pieces.filter(({ scopes }) =>
    scopes.some((scope) => /^(?:keyword|string|invalid).*candor$/.test(scope)),
  );
  expect(ours.filter(({ scopes }) => !scopes.some((scope) => scope.startsWith('comment')))).toEqual([]);
  const parts = {
    word: withScope(pieces, 'keyword.other.candor'),
    reason: withScope(pieces, 'string.unquoted.reason.candor'),
    illegal: withScope(pieces, 'invalid.illegal.candor'),
  };
  return Object.fromEntries(Object.entries(parts).filter(([, texts]) => texts.length > 0));
}

const EVERY = LANGUAGE_IDS.flatMap((language) =>
  HOSTS[language].map((one) => ({ ...one, language, sign: commentSign(language) ?? '' })),
);
const WITH_BLOCKS = EVERY.filter(({ block }) => block?.[0] === '/\\*');

describe('the grammar of suppression comments', () => {
  it.each(EVERY)('colours line comments of $scopeName', async ({ sign, ...one }) => {
    const lines = [
      `${sign} candor-ignore: seen, by 漢字 😀 (twice)`,
      `f() ${sign} candor-ignore: seen`,
      `${sign}candor-ignore-file:generated`,
      `${sign} NOLINT candor-ignore: seen `,
      `${sign} candor-ignore: ...`,
      `${sign} candor-ignore-file:`,
      `${sign} candor-ignore`,
      `f() ${sign} nothing`,
    ];
    expect(await coloured(lines, one, sign)).toEqual([
      { word: ['candor-ignore:'], reason: ['seen, by 漢字 😀 (twice)'] },
      { word: ['candor-ignore:'], reason: ['seen'] },
      { word: ['candor-ignore-file:'], reason: ['generated'] },
      { word: ['candor-ignore:'], reason: ['seen'] },
      { illegal: ['candor-ignore:'] },
      { illegal: ['candor-ignore-file:'] },
      { illegal: ['candor-ignore'] },
      {},
    ]);
  });

  it.each(WITH_BLOCKS)('colours block comments of $scopeName, and lets them end', async ({ sign, ...one }) => {
    const lines = [
      '/* candor-ignore: seen */ f("// candor-ignore: no")',
      '/* candor-ignore: */ f("candor-ignore: no")',
      '/**',
      ' * Says. // candor-ignore: both */ "candor-ignore: no"',
      '/*',
      ' * candor-ignore: seen',
      ' candor-ignore',
      ' */ "candor-ignore: no"',
      'g() /* candor-ignore: one */ + /* candor-ignore: two */ h()',
    ];
    expect(await coloured(lines, one, sign)).toEqual([
      { word: ['candor-ignore:'], reason: ['seen'] },
      { illegal: ['candor-ignore:'] },
      {},
      { word: ['candor-ignore:'], reason: ['both'] },
      {},
      { word: ['candor-ignore:'], reason: ['seen'] },
      { illegal: ['candor-ignore'] },
      {},
      { word: ['candor-ignore:', 'candor-ignore:'], reason: ['one', 'two'] },
    ]);
  });

  it.each(EVERY)('leaves strings, mentions and code of $scopeName alone', async ({ sign, ...one }) => {
    const lines = [
      `f("${sign} candor-ignore: no")`,
      'f("',
      `${sign} candor-ignore: no`,
      '")',
      `${sign} write \`candor-ignore: why\` or 'candor-ignore: why'`,
      `${sign} candor-ignored: all`,
      `${sign} the word is candor-ignore`,
      `${sign} candor-ignore is the word`,
      `f()`,
    ];
    expect(await coloured(lines, one, sign)).toEqual(lines.map(() => ({})));
  });

  it('lets a comment of PHP end with its tag', async () => {
    const [one] = HOSTS.php;
    const pieces = (await tokenise(['// candor-ignore: seen ?> "a"'], host(one!, '//'), [suppression]))[0] ?? [];
    expect(coloursOf(pieces)).toEqual({ word: ['candor-ignore:'], reason: ['seen'] });
    expect(withScope(pieces, 'string.quoted')).toEqual(['"a"']);
  });

  it('takes an attribute of Rust or a directive of C# for none of a comment', async () => {
    for (const language of ['rust', 'csharp'] as const) {
      const lines = [
        '#[test] // candor-ignore: seen',
        '# if X // candor-ignore: seen',
        '"http://a" // candor-ignore: seen',
      ];
      const [one] = HOSTS[language];
      for (const pieces of await tokenise(lines, host(one!, '//'), [suppression])) {
        expect(coloursOf(pieces)).toEqual({ word: ['candor-ignore:'], reason: ['seen'] });
        expect(withScope(pieces, 'comment').map((text) => text.trim())).toEqual(['// candor-ignore: seen']);
      }
    }
  });

  it.each([
    'candor-ignore: seen',
    'candor-ignore:',
    'candor-ignore',
    'a candor-ignore',
    '`candor-ignore: a`',
    'candor-ignore-file: 1',
    'candor-ignore-x: 1',
    'candor-ignore: 😀',
    'x candor-ignore: ok',
  ])('says of %j what Candor reads in it', async (words) => {
    const [found] = await coloured([`// ${words}`], HOSTS.go[0]!, '//');
    const read = suppressionWordsIn(`// ${words}`);
    const expected = read === null ? [] : read.reason === '' ? ['illegal'] : ['word', 'reason'];
    expect(Object.keys(found ?? {})).toEqual(expected);
  });

  it('reaches into comments only, and before the grammar of the language', () => {
    expect(suppression.injectionSelector?.split(', ')[0]).toBe('L:comment -string');
  });
});
