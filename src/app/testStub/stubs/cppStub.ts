import { doubtComment, doubtTitle, doubtWords, inQuotes } from '../doubtInWords.ts';
import { camelCase, capitalised, newName } from '../identifiers.ts';
import { extensionOf, folderOf, relativePath, sharedDepth, stemOf } from '../paths.ts';
import { endOf, indented, indentOf } from '../projectStyle.ts';
import { reservedWords } from '../reservedWords.ts';
import { aTypeOf, stubNames, wordsForResult, type StubNames } from '../stubNames.ts';
import { LEFT, type StubRequest, type WrittenStub } from '../stubRequest.ts';

const HEADERS = ['h', 'hpp', 'hh', 'hxx', 'h++'];

/** What the frameworks of C++ call their parts. */
const WORDS = {
  gtest: { header: '<gtest/gtest.h>', equal: 'EXPECT_EQ(CALL, EXPECTED);' },
  catch2: { header: '<catch2/catch_test_macros.hpp>', equal: 'REQUIRE(CALL == EXPECTED);' },
  doctest: { header: '<doctest/doctest.h>', equal: 'REQUIRE(CALL == EXPECTED);' },
} as const;

/** A stub for GoogleTest, Catch2 or doctest. */
export function cppStub(request: StubRequest, framework: keyof typeof WORDS): WrittenStub {
  const { source, target, tested, tests } = request;
  const present = target.text ?? '';
  const step = indentOf([present, ...tests.map(({ text }) => text), source.text], '  ');
  const names = stubNames(tested, ['unwritten', 'std', ...reservedWords('cpp')], camelCase);
  const body = bodyOf(request, names, WORDS[framework].equal);
  const test = [`${headOf(request, framework)} {`, ...indented(body, step), '}'];
  const helper = [
    'template <typename Value> Value unwritten(const std::string &what) {',
    `${step}throw std::logic_error("Not written yet: " + what + ".");`,
    '}',
    '',
  ];
  const library = ['#include <stdexcept>', '#include <string>', '#include <utility>'];
  const imports = [`#include "${headerOf(request)}"`, `#include ${frameworkHeader(request, framework)}`, ...library];
  return {
    newFile: [...imports.slice(0, 1), '', ...imports.slice(1, 2), '', ...library, '', ...helper, ...test, ''].join(
      '\n',
    ),
    imports: imports.filter((line) => !present.includes(line) && !isIncluded(present, line)),
    importLine: /^#\s*include\b.*$/,
    addition: [...(/\bunwritten\(const std::string/.test(present) ? [] : helper), ...test, ''].join('\n'),
    additionAt: endOf,
  };
}

function headOf({ tested, doubt, target }: StubRequest, framework: keyof typeof WORDS): string {
  if (framework !== 'gtest') return `TEST_CASE(${inQuotes(doubtTitle(tested.name, doubt), '"')})`;
  const suite = capitalised(camelCase([...tested.holders.slice(-1), tested.name].filter((part) => /^\w+$/.test(part))));
  const name = capitalised(camelCase(doubtWords(doubt))) || 'Gives';
  return `TEST(${suite}, ${newName(name, target.text ?? '')})`;
}

function bodyOf({ tested, doubt }: StubRequest, names: StubNames, equal: string): readonly string[] {
  const comment = doubtComment(doubt);
  const call = callOf(tested, names);
  const left = (type: string): string => `${LEFT.start}unwritten<${type}>("${wordsForResult(tested)}")${LEFT.end};`;
  return [
    ...(comment === null ? [] : [`// ${comment}`]),
    ...(tested.kind === 'method'
      ? [`auto &&${names.instance} = unwritten<${tested.holders.join('::')}>("${aTypeOf(tested)}");`]
      : []),
    ...names.arguments.map(
      ({ name, parameter }) => `auto &&${name} = unwritten<${parameter.type ?? 'int'}>("${name}");`,
    ),
    ...(tested.resultCount === 0
      ? [`${call};`, left('int')]
      : [
          `auto &&${names.expected} = ${left(`decltype(${call})`)}`,
          equal.replace('EXPECTED', names.expected).replace('CALL', () => call),
        ]),
  ];
}

function callOf({ kind, name, holders }: StubRequest['tested'], { arguments: given, instance }: StubNames): string {
  const list = given
    .map(({ name: each, parameter }) => (parameter.type?.endsWith('&&') === true ? `std::move(${each})` : each))
    .join(', ');
  if (kind === 'method') return `${instance}.${name}(${list})`;
  return `${[...holders, name].join('::')}(${list})`;
}

/** The header of the source, by its name; the source itself where it has none. */
function headerOf({ source, target, files }: StubRequest): string {
  const isHeader = HEADERS.includes(extensionOf(source.path));
  const headers = files.filter((path) => HEADERS.includes(extensionOf(path)) && stemOf(path) === stemOf(source.path));
  const [nearest] = headers.toSorted(
    (a, b) => sharedDepth(folderOf(b), folderOf(source.path)) - sharedDepth(folderOf(a), folderOf(source.path)),
  );
  const path = isHeader ? source.path : (nearest ?? source.path);
  return relativePath(folderOf(target.path), path).replace(/^\.\//, '');
}

/** As the project's tests include it. */
function frameworkHeader({ tests, target }: StubRequest, framework: keyof typeof WORDS): string {
  const pattern = /^#\s*include\s+([<"][^>"]*(?:gtest|catch|doctest)[^>"]*[>"])/m;
  const seen = [target.text ?? '', ...tests.map(({ text }) => text)].map((text) => pattern.exec(text)?.[1]);
  return seen.find((header) => header !== undefined) ?? WORDS[framework].header;
}

/** Whether a text includes the same file on another way. */
function isIncluded(text: string, line: string): boolean {
  const file = /([^/"<]+)[">]$/.exec(line)?.[1] ?? line;
  return Array.from(text.matchAll(/^#\s*include\s+[<"](?:[^">]*\/)?([^">/]+)[">]/gm)).some(([, each]) => each === file);
}
