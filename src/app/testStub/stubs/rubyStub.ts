import { doubtComment, doubtTitle, doubtWords, inQuotes } from '../doubtInWords.ts';
import { camelCase, capitalised, newName, snakeCase, wordsOf } from '../identifiers.ts';
import { folderOf, relativePath } from '../paths.ts';
import { endOf, indented } from '../projectStyle.ts';
import { reservedWords } from '../reservedWords.ts';
import { aTypeOf, stubNames, wordsForResult, type StubNames } from '../stubNames.ts';
import { LEFT, type StubRequest, type WrittenStub } from '../stubRequest.ts';

/** A stub for RSpec, or for Minitest. */
export function rubyStub(request: StubRequest): WrittenStub {
  const { framework, target, tested, doubt } = request;
  const present = target.text ?? '';
  const isRspec = framework === 'rspec';
  const names = stubNames(tested, ['unwritten', 'expect', ...reservedWords('ruby')], snakeCase);
  const call = callOf(tested, names);
  const comment = doubtComment(doubt);
  const body = [
    ...(comment === null ? [] : [`# ${comment}`]),
    ...(tested.kind === 'method' ? [`${names.instance} = unwritten('${aTypeOf(tested)}')`] : []),
    ...names.arguments.map(({ name }) => `${name} = unwritten('${name}')`),
    `${names.expected} = ${LEFT.start}unwritten('${wordsForResult(tested)}')${LEFT.end}`,
    isRspec ? `expect(${call}).to eq(${names.expected})` : `assert_equal ${names.expected}, ${call}`,
  ];
  const helper = ['def unwritten(what)', `  ${isRspec ? 'raise' : 'flunk'} "Not written yet: #{what}."`, 'end'];
  const plainName = tested.name.replaceAll(/\W/g, '');
  const subject = tested.holders.length > 0 ? tested.holders.join('::') : tested.name;
  const test = isRspec
    ? [
        `RSpec.describe ${inQuotes(subject, "'")} do`,
        ...indented(
          [`it ${inQuotes(doubtTitle(tested.name, doubt), "'")} do`, ...indented(body, '  '), 'end', '', ...helper],
          '  ',
        ),
        'end',
      ]
    : [
        `class ${newName(`${capitalised(camelCase(wordsOf(subject)))}Test`, present)} < ${minitestClass(request)}`,
        ...indented(
          [
            `def test_${snakeCase([plainName, ...doubtWords(doubt)])}`,
            ...indented(body, '  '),
            'end',
            '',
            'private',
            '',
            ...helper,
          ],
          '  ',
        ),
        'end',
      ];
  const imports = requiresOf(request);
  return {
    newFile: [...imports, '', ...test, ''].join('\n'),
    imports: imports.filter((line) => !present.includes(line.replaceAll(/^\w+ |['"]/g, ''))),
    importLine: /^require(?:_relative)?\b.*$/,
    addition: [...test, ''].join('\n'),
    additionAt: endOf,
  };
}

function minitestClass({ tests }: StubRequest): string {
  return tests.some(({ text }) => text.includes('ActiveSupport::TestCase'))
    ? 'ActiveSupport::TestCase'
    : 'Minitest::Test';
}

/** The helper that the project's tests begin with, and the source, unless the helper is what loads it. */
function requiresOf({ framework, source, target, tests }: StubRequest): readonly string[] {
  const pattern = /^require(?:_relative)? ['"](?:\.\.?\/)*(?:spec|rails|test)_helper['"]/m;
  const helper = tests.map(({ text }) => pattern.exec(text)?.[0]).find((line) => line !== undefined);
  const loadsIt =
    helper !== undefined && tests.every(({ text }) => (text.match(/^require(?:_relative)? /gm)?.length ?? 0) <= 1);
  const path = relativePath(folderOf(target.path), source.path).replace(/^\.\//, '').replace(/\.rb$/, '');
  return [
    ...(helper === undefined ? (framework === 'minitest' ? [`require 'minitest/autorun'`] : []) : [helper]),
    ...(loadsIt ? [] : [`require_relative '${path}'`]),
  ];
}

function callOf({ kind, name, holders }: StubRequest['tested'], { arguments: given, instance }: StubNames): string {
  const list = given
    .map(({ name: each, parameter }) => {
      if (parameter.kind === 'rest') return `*${each}`;
      return parameter.kind === 'named' ? `${parameter.name ?? each}: ${each}` : each;
    })
    .join(', ');
  const argumentsText = list === '' ? '' : `(${list})`;
  const type = holders.join('::');
  if (kind === 'constructor') return `${type}.new${argumentsText}`;
  if (kind === 'free') return `${name}(${list})`;
  return `${kind === 'static' ? type : instance}.${name}${argumentsText}`;
}
